"""What an interview says of a round: the answers to how much, who invested and when.

Which words of a question ask for which property is data (data/labels/told.yaml).
"""

import re

from crawlers.fields import funding_amount, funding_round, investors, weighed
from crawlers.fields.funding_story import Round
from crawlers.fields.sheet import Sheet
from schema.evidence import Origin, Reading, Span

ENOUGH = 3  # weight at which a question asks for a property
_ANSWER = re.compile(r"\s*(?:答|A|[\u4e00-\u9fff·]{2,5})\s?[:：]\s?")


def fill(sheet: Sheet, rounds: list[Round], who: Reading | None) -> None:
    """Add to the page's own round the sum, the name and the investors that answers say, where it lacks them.

    Where no sentence tells of a round, the answers may, of the company `who`.
    """
    main = next((one for one in rounds if not one.past), None)
    if main is not None:
        _answered(sheet, main)
    elif who is not None and not rounds:
        _answered(sheet, main := Round(who.spans[0][0] if who.spans else 0, who=who))
        if main.amount or main.round or main.lead or main.follow:
            rounds.append(main)


def _answered(sheet: Sheet, one: Round) -> None:
    text = sheet.view.text
    for start, end in weighed.asked(sheet):
        cut = text.index("\n", start, end)
        lead = _ANSWER.match(text, cut + 1, end)
        answer = lead.end() if lead else cut + 1, end
        if one.amount is None and _asks(text, (start, cut), "amount"):
            one.amount = _amount(text, answer)
            one.round = one.round or _round(text, answer)
        if one.round is None and _asks(text, (start, cut), "round"):
            one.round = _round(text, answer)
        if not (one.lead or one.follow) and _asks(text, (start, cut), "investors"):
            one.lead, one.follow = _backers(text, answer)


def _asks(text: str, question: Span, prop: str) -> bool:
    at = question[1], question[1]
    return weighed.weight(text, question, at, weighed.signals("funding", prop)) >= ENOUGH


def _amount(text: str, answer: Span) -> Reading | None:
    for money, start, end in funding_amount.find(text[slice(*answer)]):
        place = answer[0] + start, answer[0] + end
        return Reading(funding_amount.as_json(money), text[slice(*place)], Origin.BODY, (place,))
    return None


def _round(text: str, answer: Span) -> Reading | None:
    for start, end in funding_round.find(text[slice(*answer)]):
        place = answer[0] + start, answer[0] + end
        return Reading(funding_round.normal(text[slice(*place)]), text[slice(*place)], Origin.BODY, (place,))
    return None


def _backers(text: str, answer: Span) -> tuple[list[Reading], list[Reading]]:
    """Return the leaders and the others of an answer: a sentence that says who leads, else a list of names."""
    lead, follow = investors.told(text, answer)
    if not lead and not follow:
        found = investors.split(text, answer)
        follow = found if sum(investors.ends_as_one(text[slice(*each)]) for each in found) * 2 >= len(found) else []
    return _readings(text, lead), _readings(text, follow)


def _readings(text: str, places: list[Span]) -> list[Reading]:
    return [Reading(text[slice(*place)].strip(), text[slice(*place)], Origin.BODY, (place,)) for place in places]

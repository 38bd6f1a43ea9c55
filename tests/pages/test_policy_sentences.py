"""Pages of the kind policy: clauses on coming into force, pages that are called 政策详情, columns on validity."""

import pytest
from kindpages import told

KIND = "policy"
TITLE = "邯郸市人民政府关于印发邯郸市数字经济发展规划的通知"
HEAD = (
    "邯政字〔2021〕29号",
    "各县（市、区）人民政府：",
    "现将《规划》印发给你们，请认真贯彻落实。全市各级各部门要高度重视，结合实际抓好落实，确保各项任务落到实处。",
)


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("本规划自印发之日起施行。", {"effective_date": "2021-11-15"}),
        (
            "本办法自2021年12月1日起施行，有效期至2026年11月30日。",
            {"effective_date": "2021-12-01", "expiry_date": "2026-11-30"},
        ),
        (
            "本办法从2021年12月1日起正式实施，有效期截至2026年11月30日。",
            {"effective_date": "2021-12-01", "expiry_date": "2026-11-30"},
        ),
        (
            "本办法于2021年12月1日起执行，执行期至2026年11月30日。",
            {"effective_date": "2021-12-01", "expiry_date": "2026-11-30"},
        ),
        ("本规定自二〇二一年十二月一日起施行。", {"effective_date": "2021-12-01"}),
        ("本办法有效期自2021年12月1日至2026年11月30日。", {"expiry_date": "2026-11-30"}),
        ("本办法自2021年12月1日零时起施行。", {"effective_date": "2021-12-01"}),
        (
            "本政策自2021年12月1日起试行，试行期至2023年11月30日。",
            {"effective_date": "2021-12-01", "expiry_date": "2023-11-30"},
        ),
        ("本措施自下发之日起施行。", {"effective_date": "2021-11-15"}),
    ],
)
def test_a_clause_says_when_a_document_holds(clause: str, expected: dict[str, str]) -> None:
    found = told(KIND, TITLE, *HEAD, clause, "邯郸市人民政府", "2021年11月15日")
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("label", "value", "state"),
    [
        ("效力状态", "现行有效", "in_force"),
        ("时效", "已失效", "expired"),
        ("是否有效", "是", "in_force"),
        ("有效性", "已废止", "repealed"),
        ("政策时效性", "失效", "expired"),
    ],
)
def test_the_title_of_a_page_called_otherwise_is_its_one_heading(label: str, value: str, state: str) -> None:
    said = (("发文字号", "邯政字〔2021〕29号"), ("发文部门", "邯郸市人民政府"), (label, value))
    pairs = "".join(f"<div><label>{name}</label><span>{text}</span></div>" for name, text in said)
    found = told(KIND, "政策详情", f"<h3 class='policy-name'>{TITLE}</h3><div>{pairs}</div>", *HEAD)
    assert (found["title"], found["validity"], found["doc_number"]) == (TITLE, state, "邯政字〔2021〕29号")

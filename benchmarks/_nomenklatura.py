"""Score pairs of names by nomenklatura's logic-v2: a JSON list of pairs in, a JSON list of scores out.

Runs in an environment of its own (`make rivals`), since nomenklatura wants ICU and other versions than the project.
"""

import json
import sys

from followthemoney import model
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig


def main() -> None:
    """Read standard input, write standard output."""
    config = ScoringConfig.defaults()
    scores = []
    for number, names in enumerate(json.load(sys.stdin)):
        # It remembers what it made of an entity by its id: each needs one of its own.
        one, other = (
            model.get_proxy({"id": f"{number}-{n}", "schema": "Organization", "properties": {"name": [name]}})
            for n, name in enumerate(names)
        )
        scores.append(LogicV2.compare(one, other, config).score)
    sys.stdout.write(json.dumps(scores) + "\n")


if __name__ == "__main__":
    main()

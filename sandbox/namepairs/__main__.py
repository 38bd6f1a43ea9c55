"""Print invented pairs as CSV: `python -m sandbox.namepairs COUNT [SEED]`, what `resolution.pairs.fit` learns from."""

import csv
import sys

from sandbox.namepairs import pairs

out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(("left", "right", "kind", "label"))
out.writerows(pairs(*map(int, sys.argv[1:3])))

"""A site for every fault that the web has in store: each host of `*.trap.sandbox.test` has one, and is else sound.

`traps()` tells how a crawl of each has to end; the crawler's manual has the same table.
"""

from sandbox.trap.faults import Trap, traps
from sandbox.trap.server import serve_traps

__all__ = ["Trap", "serve_traps", "traps"]

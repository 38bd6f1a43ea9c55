"""Which names of a list lie near each other: each is looked up among all, and every two come once."""

from collections.abc import Iterator, Sequence

from resolution.linking.index import Entity, Index


def neighbours(
    names: Sequence[str], kinds: Sequence[str], *, nearest: int, least: float = 0.0, across: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield pairs of places in `names`, the place whose name was looked up first; each pair once.

    A name's neighbours are the `nearest` whose score in the index is at least `least`, in either direction; with
    `across` also those of another known kind.
    """
    index = Index(Entity(str(n), (name,), kind) for n, (name, kind) in enumerate(zip(names, kinds, strict=True)))
    seen: set[tuple[int, int]] = set()
    for number, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        for candidate in index.link(name, kind="" if across else kind, limit=nearest):
            near = int(candidate.entity.key)
            pair = min(number, near), max(number, near)
            if near != number and candidate.score >= least and pair not in seen:
                seen.add(pair)
                yield number, near

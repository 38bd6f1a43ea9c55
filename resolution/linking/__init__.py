"""Which known entity a name means: candidates by rare characters, ranked by how the name lies in theirs."""

from resolution.linking.index import Candidate, Entity, Index
from resolution.linking.linker import Linked, link
from resolution.linking.store import index_of

__all__ = ["Candidate", "Entity", "Index", "Linked", "index_of", "link"]

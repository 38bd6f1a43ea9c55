"""Which known entity a name means: candidates by rare characters, ranked by how the name lies in theirs."""

from resolution.linking.index import Candidate, Entity, Index

__all__ = ["Candidate", "Entity", "Index"]

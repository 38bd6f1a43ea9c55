"""The index of the entity store: every active entity with all names that live mentions give it."""

from collections import defaultdict

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from resolution.linking.index import Entity as Known
from resolution.linking.index import Index
from resolution.names.normal import plain
from schema.tables import Assignment, Entity, Mention


def index_of(engine: Engine) -> Index:
    """Return the index of all active entities, ready for `link`; an entity's own name comes first."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    with Session(engine) as session:
        entities = session.exec(select(Entity).where(col(Entity.is_active)).order_by(Entity.id)).all()
        for entity in entities:
            names[entity.id][plain(entity.name)] = None
        said = (
            select(Assignment.entity_id, Mention.name)
            .join(Mention, col(Mention.id) == Assignment.mention_id)
            .where(col(Assignment.to_run).is_(None))
            .order_by(Assignment.entity_id, Mention.name)
        )
        for entity_id, name in session.exec(said):
            if entity_id in names:
                names[entity_id][plain(name)] = None
        return Index(Known(entity.id, tuple(names[entity.id]), entity.kind) for entity in entities)

"""The people who use the platform."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from schema.tables.columns import LEDGER, moment


class Role(StrEnum):
    """What a user may do; each role may do what the ones before it may."""

    READER = "reader"
    CURATOR = "curator"
    LEAD = "lead"
    ENGINEER = "engineer"


class User(SQLModel, table=True):
    """A curator, an engineer or a reader."""

    __tablename__ = "account"  # `user` is a reserved word of PostgreSQL
    __table_args__ = LEDGER

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    role: str = Role.READER
    password_hash: str | None = None
    created_at: datetime = moment()

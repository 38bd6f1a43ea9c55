"""The tables, by room of the house: what was fetched, what it says, who is who, what was published."""

from schema.tables.identity import Assignment, Candidate, Entity, Judgement, Redirect, ResolveRun, Verdict
from schema.tables.people import Role, User
from schema.tables.records import Claim, Document, Mention, Record, RecordState, Tie
from schema.tables.releases import Change, Check, Release
from schema.tables.web import (
    Alert,
    Channel,
    CrawlRun,
    Fetch,
    FrontierEntry,
    FrontierState,
    Lease,
    Mode,
    Outcome,
    Source,
)

__all__ = [
    "Alert",
    "Assignment",
    "Candidate",
    "Change",
    "Channel",
    "Check",
    "Claim",
    "CrawlRun",
    "Document",
    "Entity",
    "Fetch",
    "FrontierEntry",
    "FrontierState",
    "Judgement",
    "Lease",
    "Mention",
    "Mode",
    "Outcome",
    "Record",
    "RecordState",
    "Redirect",
    "Release",
    "ResolveRun",
    "Role",
    "Source",
    "Tie",
    "User",
    "Verdict",
]

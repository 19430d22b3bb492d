"""The tables as SQLAlchemy Core knows them; ``migrations/`` makes them, a test compares the two.

Every table of an event carries the event's id first in its key, and every query names it.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False, unique=True),
    Column("password_hash", String, nullable=False),
    Column("created_at", Double, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("place", String, nullable=False),
    Column("starts_at", Double),
    Column("timezone", String, nullable=False),
    Column("languages", String, nullable=False),
    Column("epoch", String, nullable=False),
    Column("join_code", String, nullable=False, unique=True),
    Column("initials_only", Boolean, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("closed_at", Double),
)

memberships = Table(
    "memberships",
    metadata,
    Column("event", String, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("account", String, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("role", String, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
    Column("actor", String, nullable=False),
    Column("command_id", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("type", String, nullable=False),
    Column("fact", Text, nullable=False),
    UniqueConstraint("event_id", "actor", "command_id", "place"),
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("email_key", String, nullable=False, index=True),
    Column("profile", Text, nullable=False),
)

attendees = Table(
    "attendees",
    metadata,
    Column("event", String, primary_key=True),
    Column("attendee", String, primary_key=True),
    Column("person", String, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("code", String, nullable=False),
    Column("source_key", String, nullable=False),
    UniqueConstraint("event", "code"),
)

notes = Table(
    "notes",
    metadata,
    Column("event", String, primary_key=True),
    Column("author", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("event", String, primary_key=True),
    Column("message", String, primary_key=True),
    Column("text", Text, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("event", String, primary_key=True),
    Column("one", String, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("other", String, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("met_at", Double, nullable=False),
    Column("mutual", Boolean, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("event", String, primary_key=True),
    Column("attendee", String, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("token_hash", String, unique=True),
    Column("bound_at", Double),
)

pending_claims = Table(
    "pending_claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("event", String, nullable=False),
    Column("attendee", String, nullable=False),
    Column("secret_hash", String, nullable=False, unique=True),
    Column("status", String, nullable=False),
    Column("asked_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Index(None, "event", "attendee"),
)

logins = Table(
    "logins",
    metadata,
    Column("secret_hash", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("event", String, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Index(None, "event", "subject"),
)

links = Table(
    "links",
    metadata,
    Column("secret_hash", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("event", String, nullable=False),
    Column("expires_at", Double, nullable=False),
    Index(None, "event", "subject"),
)

mappings = Table(
    "mappings",
    metadata,
    Column("signature", String, primary_key=True),
    Column("mapping", Text, nullable=False),
)

tag_merges = Table(
    "tag_merges",
    metadata,
    Column("alias", String, primary_key=True),
    Column("target", String, nullable=False),
)

prompt_decks = Table(
    "prompt_decks",
    metadata,
    Column("event", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("deck", Text, nullable=False),
)

lessons = Table(
    "lessons",
    metadata,
    Column("person_key", String, primary_key=True),
    Column("event", String, primary_key=True),
    Column("given_sum", Double, nullable=False),
    Column("given_count", Integer, nullable=False),
    Column("received_sum", Double, nullable=False),
    Column("received_count", Integer, nullable=False),
    Column("learned_at", Double, nullable=False),
)

"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first release."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "claims",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("attendee", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("bound_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("event", "attendee", name=op.f("pk_claims")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_claims_token_hash")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", sa.Double(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("join_code", sa.String(), nullable=False),
        sa.Column("initials_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("join_code", name=op.f("uq_events_join_code")),
    )
    op.create_table(
        "journal",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "version", name=op.f("pk_journal")),
        sa.UniqueConstraint(
            "event_id",
            "actor",
            "command_id",
            "place",
            name=op.f("uq_journal_event_id_actor_command_id_place"),
        ),
    )
    op.create_table(
        "links",
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_event_subject"), "links", ["event", "subject"], unique=False)
    op.create_table(
        "logins",
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_logins")),
    )
    op.create_index(op.f("ix_logins_event_subject"), "logins", ["event", "subject"], unique=False)
    op.create_table(
        "mappings",
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_mappings")),
    )
    op.create_table(
        "messages",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "message", name=op.f("pk_messages")),
    )
    op.create_table(
        "notes",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "author", "about", "round", name=op.f("pk_notes")),
    )
    op.create_table(
        "pending_claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("attendee", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_claims")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_pending_claims_secret_hash")),
    )
    op.create_index(
        op.f("ix_pending_claims_event_attendee"), "pending_claims", ["event", "attendee"], unique=False
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_email_key"), "people", ["email_key"], unique=False)
    op.create_table(
        "attendees",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("attendee", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_attendees_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "attendee", name=op.f("pk_attendees")),
        sa.UniqueConstraint("event", "code", name=op.f("uq_attendees_event_code")),
        sa.UniqueConstraint("person", name=op.f("uq_attendees_person")),
    )
    op.create_table(
        "memberships",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_memberships_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event"], ["events.id"], name=op.f("fk_memberships_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event", "account", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_account"), "memberships", ["account"], unique=False)
    op.create_table(
        "results",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("met_at", sa.Double(), nullable=False),
        sa.Column("mutual", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["people.id"], name=op.f("fk_results_one"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["people.id"], name=op.f("fk_results_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "one", "other", "round", name=op.f("pk_results")),
    )
    op.create_index(op.f("ix_results_one"), "results", ["one"], unique=False)
    op.create_index(op.f("ix_results_other"), "results", ["other"], unique=False)

"""Tags that mean the same, questions of an event, and what evenings taught."""

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    """Make the tables that matching by affinity needs."""
    op.create_table(
        "tag_merges",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_tag_merges")),
    )
    op.create_table(
        "prompt_decks",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("deck", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event", "language", name=op.f("pk_prompt_decks")),
    )
    op.create_table(
        "lessons",
        sa.Column("person_key", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("given_sum", sa.Double(), nullable=False),
        sa.Column("given_count", sa.Integer(), nullable=False),
        sa.Column("received_sum", sa.Double(), nullable=False),
        sa.Column("received_count", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("person_key", "event", name=op.f("pk_lessons")),
    )

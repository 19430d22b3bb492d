"""What the status of a registration says: comes, or stays out and why."""

from typing import Final

from event_server.importing.vocabulary import header_key

COMING: Final = frozenset(
    {
        *("attending", "checked in", "approved", "paid", "going", "yes", "si", "confirmed", "complete"),
        *("completed", "valid", "registered", "active", "present", "accepted", "attended", "true"),
        *("confermato", "confermata", "pagato", "pagata", "iscritto", "iscritta", "approvato", "approvata"),
        *("partecipa", "partecipera", "presente", "accettato", "accettata", "bezahlt", "ok", "x"),
    },
)

REASONS: Final[dict[str, frozenset[str]]] = {
    "refunded": frozenset({"refunded", "rimborsato", "rimborsata", "erstattet"}),
    "declined": frozenset(
        {
            *("not attending", "declined", "not going", "no", "rejected", "rifiutato", "rifiutata"),
            *("non partecipa", "non viene", "abgelehnt"),
        },
    ),
    "cancelled": frozenset(
        {
            *("cancelled", "canceled", "deleted", "void", "voided", "annullato", "annullata", "cancellato"),
            *("cancellata", "eliminato", "eliminata", "storniert"),
        },
    ),
    "transferred": frozenset({"transferred", "trasferito", "trasferita"}),
    "pending": frozenset(
        {
            *("pending", "pending approval", "unpaid", "not paid", "awaiting payment", "in attesa"),
            *("in sospeso", "non pagato", "non pagata", "in attesa di pagamento", "ausstehend"),
        },
    ),
    "waitlist": frozenset(
        {"waitlist", "waitlisted", "on waitlist", "waiting list", "lista d attesa", "in lista d attesa"},
    ),
    "invited": frozenset({"invited", "invitato", "invitata", "maybe", "forse"}),
    "expired": frozenset({"expired", "overdue", "scaduto", "scaduta", "abgelaufen"}),
}
"""Why a row is skipped: the code, and the words that say so."""


def is_known(status: str) -> bool:
    """Return whether ``status`` is a word of some vendor for a status."""
    return header_key(status) in COMING or skip_reason(status) is not None


def skip_reason(status: str) -> str | None:
    """Return the code of ``REASONS`` for which a row with ``status`` is skipped, or ``None``."""
    word = header_key(status)
    return next((code for code, words in REASONS.items() if word in words), None)

"""The words that headers of lists are made of, as data: English, Italian and some German.

All entries are in the form that ``header_key`` gives: small letters, no accents, ``#`` read as "number".
"""

import unicodedata
from typing import Final

from event_server.importing.fields import Field

WORDS: Final[dict[Field, tuple[str, ...]]] = {
    Field.NAME: (
        *("name", "full name", "attendee name", "guest name", "participant name", "ticket full name"),
        *("your name", "what is your name", "participant", "attendee", "guest", "display name", "nome"),
        *("nome completo", "nome e cognome", "nome cognome", "nominativo", "partecipante", "invitato"),
        *("nome partecipante", "nome del partecipante", "come ti chiami", "il tuo nome", "teilnehmername"),
        *("name des teilnehmers", "vollstandiger name", "attendee name full name"),
    ),
    Field.FIRST_NAME: (
        *("first name", "given name", "forename", "firstname", "ticket first name", "nome di battesimo"),
        *("nome proprio", "vorname", "attendee name given name", "attendee first name", "prenom"),
    ),
    Field.LAST_NAME: (
        *("last name", "surname", "family name", "lastname", "second name", "ticket last name", "cognome"),
        *(
            "nachname",
            "attendee name family name",
            "attendee last name",
            "attendee surname",
            "nom de famille",
        ),
    ),
    Field.EMAIL: (
        *("email", "e mail", "email address", "e mail address", "attendee email", "attendee e mail", "mail"),
        *(
            "your email",
            "work email",
            "ticket email",
            "indirizzo email",
            "indirizzo e mail",
            "posta elettronica",
        ),
        *("indirizzo di posta elettronica", "la tua email", "email partecipante", "email del partecipante"),
        *("e mail adresse", "teilnehmer e mail", "e mail des teilnehmers"),
    ),
    Field.PHONE: (
        *("phone", "phone number", "cell phone", "mobile", "mobile phone", "mobile number", "telephone"),
        *("ticket phone", "work phone", "telefono", "numero di telefono", "cellulare", "numero di cellulare"),
        *("recapito telefonico", "telefonnummer", "telefon", "handy"),
    ),
    Field.HEADLINE: (
        *(
            "headline",
            "job title",
            "ticket job title",
            "job",
            "role",
            "your role",
            "position title",
            "occupation",
        ),
        *("profession", "bio", "title", "professione", "ruolo", "ruolo professionale", "qualifica", "titolo"),
        *("mansione", "lavoro", "posizione lavorativa", "beruf", "berufsbezeichnung"),
    ),
    Field.ORGANISATION: (
        *("organisation", "organization", "company", "company name", "employer", "ticket company name"),
        *("attendee company", "company organization", "company organisation", "workplace", "azienda", "ente"),
        *("nome azienda", "organizzazione", "societa", "impresa", "associazione", "ragione sociale"),
        *(
            "azienda o organizzazione",
            "azienda organizzazione",
            "azienda ente",
            "ditta",
            "firma",
            "unternehmen",
        ),
    ),
    Field.SECTOR: (
        "sector",
        "industry",
        "field of work",
        "settore",
        "ambito",
        "settore di attivita",
        "branche",
    ),
    Field.SENIORITY: ("seniority", "seniority level", "level of experience", "livello di esperienza"),
    Field.INTERESTS: (
        *("interests", "your interests", "topics", "topics of interest", "hobbies", "passions", "interessi"),
        *("i tuoi interessi", "temi", "temi di interesse", "argomenti", "passioni", "hobby", "interessen"),
    ),
    Field.OFFERS: (
        "offers",
        "offer",
        "i offer",
        "i can help with",
        "skills to share",
        "offro",
        "offre",
        "offerte",
    ),
    Field.NEEDS: (
        "needs",
        "need",
        "i need",
        "looking for",
        "cerco",
        "cerca",
        "bisogni",
        "sto cercando",
        "ricerco",
    ),
    Field.LANGUAGES: (
        *(
            "languages",
            "language",
            "spoken languages",
            "languages spoken",
            "lingue",
            "lingua",
            "lingue parlate",
        ),
        *("lingue conosciute", "sprachen", "sprache"),
    ),
    Field.PRONOUNS: ("pronouns", "your pronouns", "pronomi", "i tuoi pronomi", "pronomen"),
    Field.ACCESS_NEEDS: (
        *("access needs", "accessibility", "accessibility needs", "accessibility requirements"),
        *("accessibilita", "esigenze di accessibilita", "esigenze di accesso", "barrierefreiheit"),
    ),
    Field.STATUS: (
        *(
            "status",
            "attendee status",
            "order status",
            "approval status",
            "rsvp",
            "rsvp status",
            "void status",
        ),
        *("ticket status", "registration status", "response", "stato", "stato partecipante", "conferma"),
        *("stato del partecipante", "stato ordine", "stato iscrizione", "stato dell ordine"),
    ),
    Field.ORDER: (
        *(
            "order number",
            "order",
            "order id",
            "order code",
            "order reference",
            "numero ordine",
            "codice ordine",
        ),
        *("numero d ordine", "n ordine", "id ordine", "bestellnummer"),
    ),
    Field.POSITION: ("attendee number", "position id", "position number", "id posizione", "positions id"),
    Field.GUEST: (
        *("guest id", "api id", "user id", "attendee id", "ticket reference", "barcode number", "barcode"),
        *("response id", "registration id", "id", "id partecipante", "codice partecipante"),
    ),
}
"""Whole headers, exact or with a typing error."""

QUESTIONS: Final[dict[Field, tuple[str, ...]]] = {
    Field.HEADLINE: (
        *("what do you do", "what you do in one line", "di cosa ti occupi", "cosa fai nella vita"),
        *("che lavoro fai", "presentati in una riga", "descriviti in una frase"),
    ),
    Field.ORGANISATION: ("where do you work", "dove lavori", "per chi lavori"),
    Field.SECTOR: ("which industry", "in che settore", "in quale settore", "di quale settore"),
    Field.INTERESTS: (
        *("what are you interested in", "what are your interests", "what would you like to talk about"),
        *(
            "quali sono i tuoi interessi",
            "di cosa vuoi parlare",
            "di cosa ti piace parlare",
            "cosa ti interessa",
        ),
        *("cosa ti appassiona", "quali temi"),
    ),
    Field.OFFERS: (
        *("what can you offer", "what can you help with", "how can you help", "what could you help"),
        *(
            "what do you offer",
            "cosa puoi offrire",
            "cosa offri",
            "in cosa puoi aiutare",
            "come puoi aiutare",
        ),
        *("in cosa puoi essere utile", "cosa sai fare", "su cosa puoi dare una mano", "puoi dare una mano"),
    ),
    Field.NEEDS: (
        *(
            "what are you looking for",
            "what do you need",
            "who are you looking for",
            "what would you like help",
        ),
        *("who would you like to meet", "cosa cerchi", "chi cerchi", "cosa stai cercando", "cosa ti serve"),
        *(
            "di cosa hai bisogno",
            "in cosa vorresti aiuto",
            "cosa vorresti trovare",
            "chi vorresti incontrare",
        ),
    ),
    Field.LANGUAGES: (
        *("which languages do you speak", "what languages do you speak", "che lingue parli"),
        *("quali lingue parli", "in che lingua"),
    ),
    Field.ACCESS_NEEDS: (
        *("any accessibility needs", "do you have any access needs", "hai esigenze di accessibilita"),
        *("hai bisogno di assistenza", "necessita di accessibilita"),
    ),
}
"""Phrases that a question holds, whatever stands around them; never a single word."""

KNOWN_USELESS: Final = frozenset(
    {
        *(
            "timestamp",
            "informazioni cronologiche",
            "zeitstempel",
            "submitted at",
            "created at",
            "order date",
        ),
        *(
            "order time",
            "order type",
            "quantity",
            "price",
            "price tier",
            "ticket type",
            "ticket name",
            "group",
        ),
        *("currency", "total paid", "fees paid", "checked in", "checked in at", "event name", "event slug"),
        *(
            "custom source",
            "qr code url",
            "coupon code",
            "eth address",
            "solana address",
            "voucher",
            "product",
        ),
        *("survey response rating", "survey response feedback", "ticket type id", "variation", "tax rate"),
        *("tax value", "address", "zip code", "city", "country", "state", "invoice address name", "guests"),
        *("rsvped on", "joined group on", "url of member profile", "notes", "event host", "attendance"),
        *("registration date", "tags", "ticket", "payment provider", "consenso", "privacy", "data ordine"),
    },
)
"""Headers of which it is known that the evening needs nothing from them."""

USELESS_BEGINNINGS: Final = (
    *("home ", "billing ", "shipping ", "utm ", "amount", "eventbrite ", "ticket price", "seat ", "tax "),
    *("invoice ", "fees ", "zip ", "order "),
)


def header_key(header: str) -> str:
    """Return ``header`` for comparison: small letters, without accents and punctuation."""
    apart = unicodedata.normalize("NFKD", header.replace("#", " number ").casefold())
    plain = "".join(char for char in apart if not unicodedata.category(char).startswith("M"))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())

"""The one list of example people: obviously made up, with something to offer and something they look for."""

from __future__ import annotations

import random

from event_server.domain.affinity import GOALS, VALUES, VALUES_LIMIT
from event_server.domain.profile import Profile

# fmt: off
FIRST_NAMES = (
    "Ada", "Bo", "Cleo", "Dario", "Elio", "Fay", "Gaia", "Hugo", "Iris", "Jan", "Kira", "Leo",
    "Mina", "Nico", "Olga", "Pio", "Rita", "Sol", "Tea", "Ugo", "Vera", "Wanda", "Xeno", "Yara",
    "Zoe", "Alma", "Berto", "Carla", "Dina", "Ezio", "Flora", "Gino", "Hana", "Ivo", "Lia", "Max",
    "Nora", "Otto", "Pia", "Remo", "Sara", "Tito", "Uma",
)
LAST_NAMES = (
    "Prova", "Esempio", "Finta", "Modello", "Campione", "Bozza", "Provetta", "Finto", "Provetti",
    "Saggio", "Schizzo", "Traccia",
)
# fmt: on
ORGANISATIONS = (
    "Officina Finta",
    "Orti Prova",
    "Studio Modello",
    "Bottega Esempio",
    "Cooperativa Bozza",
    "Libreria Campione",
    "Vivaio Schizzo",
    "Radio Traccia",
    "Scuola Saggio",
)

WISHES = ("un furgone in prestito", "consigli legali", "un forno comune", "una rampa per la sala")
"""What some look for and nobody offers: the dashboard shows that they may be called out."""

# (headline, organisation by index or -1, sector, interest, offer, need)
_SUBJECTS: tuple[tuple[str, int, str, str, str, str], ...] = (
    ("Orti di quartiere", 1, "agricoltura", "orti urbani", "potatura", "bandi"),
    ("Ripara biciclette", 0, "mobilità", "mobilità lenta", "riparare biciclette", "percorsi sicuri"),
    ("Cucina di recupero", 4, "ristorazione", "cibo", "cucina di recupero", "spazi per il venerdì"),
    ("Fotografa botteghe", 2, "fotografia", "mestieri", "fotografia", "storie di bottega"),
    ("Tiene conti semplici", -1, "contabilità", "cooperative", "conti", "nuovi soci"),
    ("Anima un doposcuola", 4, "scuola", "scuola", "doposcuola", "libri per ragazzi"),
    ("Suona dal vivo", -1, "musica", "musica", "suono dal vivo", "spazi piccoli"),
    ("Traduce e interpreta", 5, "lingue", "lingue", "traduzioni", "storie di città"),
    ("Scrive bandi europei", 2, "progettazione", "cooperative", "bandi", "traduzioni"),
    ("Disegna percorsi sicuri", 2, "urbanistica", "mobilità lenta", "percorsi sicuri", "fotografia"),
    ("Apre una sala piccola", 3, "musica", "musica", "spazi piccoli", "suono dal vivo"),
    ("Presta libri per ragazzi", 5, "biblioteche", "scuola", "libri per ragazzi", "doposcuola"),
    ("Racconta la città", 5, "turismo", "mestieri", "storie di città", "riparare biciclette"),
    ("Gestisce un vivaio", 1, "agricoltura", "orti urbani", "piante", "conti"),
    ("Cura un mercato del venerdì", 3, "commercio", "cibo", "spazi per il venerdì", "piante"),
    ("Racconta botteghe", 3, "artigianato", "mestieri", "storie di bottega", "potatura"),
    ("Fonda una cooperativa", 4, "cooperazione", "cooperative", "nuovi soci", "cucina di recupero"),
)
_SOME = 0.4
_MANY = 0.7


def example_people(count: int, *, seed: int = 0) -> list[Profile]:
    """Return ``count`` profiles, all with different names; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    names = _names(count)
    return [_person(name, number, chance) for number, name in enumerate(names)]


def _names(count: int) -> list[str]:
    firsts, lasts = len(FIRST_NAMES), len(LAST_NAMES)
    names = []
    for number in range(count):
        turn, first = divmod(number, firsts)
        last = LAST_NAMES[(first + turn) % lasts]
        # After all combinations a second surname keeps names apart.
        more = f"-{LAST_NAMES[turn // lasts]}" if turn >= lasts else ""
        names.append(f"{FIRST_NAMES[first]} {last}{more}")
    return names


def _person(name: str, number: int, chance: random.Random) -> Profile:
    turn, subject = divmod(number, len(_SUBJECTS))
    headline, organisation, sector, interest, offer, need = _SUBJECTS[subject]
    other = chance.choice(_SUBJECTS)
    # All organisations grow alike: of one with more people than tables, some would find no seat apart.
    works = organisation >= 0 and chance.random() < _MANY
    handle = name.lower().replace(" ", ".").replace("-", ".")
    return Profile(
        name=name,
        email=f"{handle}@esempio.invalid",
        headline=headline,
        sector=sector,
        seniority=1 + number // 3 % 5,
        organisation=ORGANISATIONS[(organisation + turn) % len(ORGANISATIONS)] if works else "",
        interests=tuple(dict.fromkeys((interest, other[3]))),
        offers=tuple(dict.fromkeys((offer, other[4]))) if chance.random() < _SOME else (offer,),
        importance={interest: 3},
        needs=(need, chance.choice(WISHES)) if chance.random() < _SOME else (need,),
        languages=("it", "en") if chance.random() < _SOME else ("it",),
        values=_some_of(VALUES, VALUES_LIMIT, chance),
        goals=_some_of(GOALS, 2, chance),
        learning=chance.random() < _MANY,
        share_email=True,
    )


def _some_of(words: tuple[str, ...], most: int, chance: random.Random) -> tuple[str, ...]:
    """Return one to ``most`` of ``words``, in their order."""
    chosen = chance.sample(words, chance.randint(1, most))
    return tuple(word for word in words if word in chosen)

"""The part of an evening's form that says what counts when two people are matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from event_server.domain.affinity import PRESETS, preset_of
from event_server.domain.messages import Refused, Weights

if TYPE_CHECKING:
    from event_server.domain.messages import Rules
    from event_server.web.forms import Form

COMPONENTS: Final = Weights.__struct_fields__
MIX: Final = ("mix_sectors", "mix_seniority")
OWN: Final = "own"
"""The choice beside the presets: the sliders as they stand."""


@dataclass(frozen=True, slots=True)
class MatchForm:
    """The fields as they are shown.

    Attributes:
        weights: Component -> what its slider says.
        preset: Name of a preset, or ``own``.
        presets: Name -> component -> weight, for moving the sliders.
        mix: Rule -> whether tables are to mix it.
        learn_tonight: Answers move tonight's pairings too.
        spread: More people with a contact go before more contacts in total.
    """

    weights: dict[str, str]
    preset: str
    presets: dict[str, dict[str, int]]
    mix: dict[str, bool]
    learn_tonight: bool
    spread: bool


def match_shown(rules: Rules) -> MatchForm:
    """Return the fields filled with what holds."""
    return MatchForm(
        weights={name: str(getattr(rules.weights, name)) for name in COMPONENTS},
        preset=preset_of(rules.weights) or OWN,
        presets=_presets(),
        mix={name: getattr(rules, name) for name in MIX},
        learn_tonight=rules.learn_tonight,
        spread=rules.spread,
    )


def match_typed(form: Form) -> MatchForm:
    """Return the fields as they were sent, for showing them again beside a refusal."""
    return MatchForm(
        weights={name: form.text(f"weight_{name}") for name in COMPONENTS},
        preset=form.text("preset") or OWN,
        presets=_presets(),
        mix={name: form.flag(name) for name in MIX},
        learn_tonight=form.flag("learn_tonight"),
        spread=form.text("spread") != "total",
    )


def read_match(form: Form) -> dict[str, Any]:
    """Return what was chosen, as changes of rules.

    Raises:
        Refused: ``number_invalid``, or ``form_unreadable`` for a preset that there is none of.
    """
    preset = form.text("preset")
    if preset not in {*PRESETS, OWN}:
        raise Refused("form_unreadable")
    typed = Weights(**{name: form.integer(f"weight_{name}") for name in COMPONENTS})
    return {
        "weights": PRESETS.get(preset, typed),
        **{name: form.flag(name) for name in MIX},
        "learn_tonight": form.flag("learn_tonight"),
        "spread": form.text("spread") != "total",
    }


def _presets() -> dict[str, dict[str, int]]:
    return {name: msgspec.structs.asdict(weights) for name, weights in PRESETS.items()}

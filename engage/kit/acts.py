"""What a resident can do here, so that a page can say "do this next" and link to the real thing.

The frame registers the acts (it alone knows every front door); a block stores the key, never an address.
"""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from engage.kit.decisions import Words


@dataclass(frozen=True, slots=True)
class Act:
    """`name` is the URL name it leads to; `label` is imperative: "Suggest an idea"."""

    key: str
    label: Words
    name: str

    @property
    def url(self) -> str:
        """The address, or nothing while no view answers to the name."""
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return ""


_acts: dict[str, Act] = {}


def register_act(key: str, label: Words, name: str) -> None:
    _acts[key] = Act(key, label, name)


def act_for(key: str) -> Act | None:
    return _acts.get(key)


def act_choices() -> list[tuple[str, Words]]:
    """For a choice field; given as a callable, so that migrations never freeze the list."""
    return [(act.key, act.label) for act in _acts.values()]

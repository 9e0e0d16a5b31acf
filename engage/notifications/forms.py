"""How somebody wants to hear, and what they watch: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.notifications.enums import Channel
from engage.notifications.kinds import all_kinds
from engage.notifications.models import Preference
from engage.notifications.queries import WatchPage
from engage.places.models import Place

PREFIX = "kind_"


def _clock(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time of day, like 21:30.")},
        **kwargs,
    )


class PreferencesForm(forms.Form):
    """One choice for each kind of news that the account may get, the quiet hours, and the switch for all emails."""

    mail_on = forms.BooleanField(
        label=_("Send me emails"),
        required=False,
        help_text=_("Untick to stop all emails about news. Your choices below stay as they are."),
    )
    quiet_from = _clock(label=_("Quiet from"))
    quiet_until = _clock(label=_("Quiet until"))

    def __init__(self, data: Any = None, *, account: Account, preference: Preference) -> None:
        initial = {
            "mail_on": preference.mail_on,
            "quiet_from": preference.quiet_from,
            "quiet_until": preference.quiet_until,
        }
        self.kinds = [kind for kind in all_kinds() if not kind.needs or account.has_perm(kind.needs)]
        for kind in self.kinds:
            initial[PREFIX + kind.key] = preference.channels.get(kind.key, kind.default)
        super().__init__(data, initial=initial)
        for kind in self.kinds:
            self.fields[PREFIX + kind.key] = forms.ChoiceField(
                label=str(kind.label),
                choices=Channel.choices,
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), _("Choose how to hear of this.")
                ),
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the kinds, by group, in the order in which they were registered."""
        groups: dict[str, list[forms.BoundField]] = {}
        for kind in self.kinds:
            groups.setdefault(str(kind.group), []).append(self[PREFIX + kind.key])
        return list(groups.items())

    def choices(self) -> dict[str, Any]:
        """The arguments of `save_preferences` that this form gives."""
        asked = self.cleaned_data
        channels = {kind.key: asked[PREFIX + kind.key] for kind in self.kinds}
        return {name: asked[name] for name in ("mail_on", "quiet_from", "quiet_until")} | {
            "channels": channels
        }


class WatchForm(forms.Form):
    """Places and themes to hear about, by number."""

    themes = forms.TypedMultipleChoiceField(
        label=_("Themes"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("invalid_list", "invalid_choice"), _("Choose themes from the list.")),
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Places"),
        help_text=_("A place includes every place within it."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("invalid_list", "invalid_choice"), _("Choose places from the list.")),
    )

    def __init__(self, data: Any = None, *, page: WatchPage) -> None:
        initial = {"places": sorted(page.watched_places), "themes": sorted(page.watched_themes)}
        super().__init__(data, initial=initial)
        self.fields["themes"].choices = [(theme.pk, theme.name) for theme in page.themes]  # type: ignore[attr-defined]
        self.fields["places"].choices = list(_named(page.places))  # type: ignore[attr-defined]


def _named(places: Iterable[Place]) -> Iterable[tuple[int, str]]:
    """Two places of one name and different kinds are told apart."""
    for place in places:
        yield place.pk, f"{place.name} ({place.get_kind_display()})"

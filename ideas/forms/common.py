"""What forms share: sentences, and what the second of two people at once is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Refused
from engage.kit.text import excerpt

TOO_LONG = _("This is %(show_value)d characters long and there is room for %(limit_value)d. Make it shorter.")


class SeenVersion(forms.Form):
    """For a thing with a `version`, which is what its writer saw when they began.

    Whoever saves second is shown, at every box that differs, what the first one saved; what they typed stays. The next
    press is meant: it has seen that.
    """

    data: Any
    instance: Any
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    compared: Sequence[str] = ()
    now_says: Any = _("It now says: “%(theirs)s”.")
    now_empty: Any = _("It now says nothing here.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version

    def compare(self, refused: Refused, *, version: int) -> Refused:
        """What to raise in place of a refusal because of the version, which is `version` by now."""
        if refused.denied.field != "version":
            return refused
        self.data = self.data.copy()
        self.data["version"] = str(version)
        for name in self.compared:
            theirs, mine = self.shown(name, self[name].initial), self.shown(name, self.cleaned_data[name])
            if theirs != mine:
                self.add_error(name, (self.now_says if theirs else self.now_empty) % {"theirs": theirs})
        return Refused(replace(refused.denied, field=""))  # said at the top: its box is hidden

    def shown(self, name: str, value: Any) -> str:
        """A value as its box shows it: of several things their names, of a page its words."""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(sorted(str(each) for each in value or ()))
        if hasattr(value, "stream_block"):
            return excerpt(strip_tags(str(value)), LONGEST_COMPARED)
        shown = field.widget.format_value(field.prepare_value(value))
        return str(shown or "").replace("\r\n", "\n").strip()


LONGEST_COMPARED = 1000

"""The words of a ballot in another of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.ballots import actions
from budgets.ballots.actions.translate import LIMITS, field_of
from budgets.ballots.models import Ballot, Project
from budgets.ballots.queries.words import translated, words_to_translate
from budgets.ballots.rules.languages import language as language_of
from engage.accounts.models import Account


class TranslateForm(forms.Form):
    """For the ballot, each pot and each project the words that they have, beside what they say now."""

    def __init__(self, *args: Any, ballot: Ballot, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.language = ballot, language_of(language)
        self.things = words_to_translate(ballot)
        known = translated(ballot, language)
        labels = {
            "title": _("Title"),
            "summary": _("In short"),
            "description": _("Description"),
            "assessment": _("Officer’s assessment"),
            "instructions": _("On the printed paper"),
        }
        for thing, words in self.things.items():
            for name, text in words.items():
                field = forms.CharField(
                    label=labels[name],
                    required=False,
                    max_length=LIMITS[name],
                    initial=known.get(thing, {}).get(name, ""),
                    help_text=text,
                )
                field.widget = self._widget(name)
                self.fields[field_of(name, thing)] = field

    def _widget(self, name: str) -> forms.Widget:
        marks = {"lang": self.language.code, "dir": self.language.dir}
        if name == "title":
            return forms.TextInput(attrs={**marks, "maxlength": LIMITS[name]})
        return forms.Textarea(attrs={**marks, "rows": 2 if name == "summary" else 4})

    def groups(self) -> Iterator[dict[str, Any]]:
        """For the template: each thing with its fields."""
        for thing, words in self.things.items():
            name = f"{thing.key} {thing}" if isinstance(thing, Project) else str(thing)
            yield {"name": name, "fields": [self[field_of(each, thing)] for each in words]}

    def do(self, ballot: Ballot, *, by: Account) -> None:
        words = {
            thing: {name: self.cleaned_data.get(field_of(name, thing), "") for name in said}
            for thing, said in self.things.items()
        }
        actions.put_into_language(
            ballot=ballot, language=self.language.code, words=words, by=by, at=timezone.now()
        )

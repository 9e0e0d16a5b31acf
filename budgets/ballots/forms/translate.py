"""The words of a ballot in another of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.ballots import actions
from budgets.ballots.actions.translate import LIMITS
from budgets.ballots.models import Ballot
from budgets.ballots.rules.languages import language as language_of
from engage.accounts.models import Account


class TranslateForm(forms.Form):
    """For the ballot and each project a title, a summary and a description, beside what it says now."""

    def __init__(self, *args: Any, ballot: Ballot, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.language = ballot, language_of(language)
        known = {each.project_id: each for each in ballot.translations.filter(language=language)}
        self.things: list[tuple[int | None, str, dict[str, str]]] = [
            (None, str(ballot), {"title": ballot.title, "summary": ballot.summary}),
            *(
                (each.pk, f"{each.key} {each.title}", {name: getattr(each, name) for name in LIMITS})
                for each in ballot.projects.all()
            ),
        ]
        labels = {"title": _("Title"), "summary": _("In short"), "description": _("Description")}
        for number, _name, words in self.things:
            for name, text in words.items():
                field = forms.CharField(
                    label=labels[name],
                    required=False,
                    max_length=LIMITS[name],
                    initial=getattr(known.get(number), name, ""),
                    help_text=text,
                )
                field.widget = self._widget(name)
                self.fields[_field(name, number)] = field

    def _widget(self, name: str) -> forms.Widget:
        marks = {"lang": self.language.code, "dir": self.language.dir}
        if name == "title":
            return forms.TextInput(attrs={**marks, "maxlength": LIMITS[name]})
        return forms.Textarea(attrs={**marks, "rows": 2 if name == "summary" else 4})

    def groups(self) -> Iterator[dict[str, Any]]:
        """For the template: each thing with its fields."""
        for number, name, words in self.things:
            yield {"name": name, "fields": [self[_field(each, number)] for each in words]}

    def do(self, ballot: Ballot, *, by: Account) -> None:
        words = {
            number: {name: self.cleaned_data.get(_field(name, number), "") for name in said}
            for number, _name, said in self.things
        }
        actions.put_into_language(
            ballot=ballot, language=self.language.code, words=words, by=by, at=timezone.now()
        )


def _field(name: str, number: int | None) -> str:
    return f"{name}_{number or 'ballot'}"

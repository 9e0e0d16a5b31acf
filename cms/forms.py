"""Shape of input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.enums import SearchKind


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search this site"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Search for 200 characters or fewer: a few words are enough.")},
    )
    kind = forms.ChoiceField(choices=SearchKind.choices, required=False)

    def clean_kind(self) -> SearchKind:
        return SearchKind(self.cleaned_data["kind"] or SearchKind.ALL)

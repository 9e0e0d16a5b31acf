"""Shape of input only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.enums import SearchKind


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search this site"),
        required=False,
        max_length=200,
        error_messages={
            "max_length": _("Search for 200 characters or fewer: a few words are enough."),
            "null_characters_not_allowed": _(
                "There is a character in your search that is not for reading. Type the words again."
            ),
        },
    )
    kind = forms.ChoiceField(
        choices=SearchKind.choices,
        required=False,
        error_messages={"invalid_choice": _("We have no results of that kind. Search everything instead.")},
    )

    def clean_kind(self) -> SearchKind:
        return SearchKind(self.cleaned_data["kind"] or SearchKind.ALL)

"""Words in another of the ballot's languages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots.forms.translate import TranslateForm
from budgets.ballots.models import Ballot
from budgets.ballots.rules.languages import language
from budgets.ballots.staff.common import OnBallot


class Translate(OnBallot):
    template_name = "ballots/staff/translate.html"
    form_class = TranslateForm
    submit_label = gettext_lazy("Save these words")
    done = gettext_lazy("The words are saved.")
    back = "projects"

    def get_thing(self) -> Ballot:
        ballot: Ballot = super().get_thing()
        if self.kwargs["language"] not in ballot.languages[1:]:
            raise Http404
        return ballot

    def get_page_title(self) -> str:
        return _("Words in %(language)s") % {"language": language(self.kwargs["language"]).name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"language": self.kwargs["language"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": list(context["form"].groups())}

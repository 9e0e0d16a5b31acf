"""The author's way to ask for another look at the council's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.decisions import require
from engage.kit.forms import do, error_list
from engage.kit.guards import signed_in
from engage.kit.unsent import keeping_words, words_kept
from ideas import actions, display, queries
from ideas.forms import AppealAnswerForm
from ideas.permissions import answer_appeal_until, may_appeal_answer, wrote_thing
from ideas.views.common import account_of, closed_meanwhile, crumbs_of, idea_or_404, see_other


@keeping_words
@signed_in
def appeal(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Once, within the time: what was overlooked."""
    found, now = idea_or_404(idea_id), timezone.now()
    assessments = queries.assessments_of(found)
    answers = display.answers(assessments)
    if request.method != "POST" or not answers or not wrote_thing(request.user, found):
        require(may_appeal_answer(request.user, found, assessments, at=now))
    form = AppealAnswerForm(request.POST or None, initial={**words_kept(request)})
    if form.is_valid():
        words = form.cleaned_data["words"]
        if do(form, actions.appeal_answer, idea=found, words=words, by=account_of(request), at=now):
            messages.success(
                request, _("Thank you. Somebody else will look at your idea again and answer you.")
            )
            return see_other(f"{found.get_absolute_url()}#answer")
    context = {
        "idea": found,
        "answer": answers[0],
        "until": answer_appeal_until(assessments[0]),
        "form": form,
        "errors": error_list(form),
        "too_late": closed_meanwhile(form),
        "crumbs": crumbs_of(found, _("Ask for another look")),
    }
    return render(request, "ideas/appeal_answer.html", context, status=422 if form.errors else 200)

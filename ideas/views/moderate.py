"""Taking away what breaks the rules."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from engage.kit.decisions import require
from engage.kit.forms import do, error_list
from engage.kit.guards import needs
from ideas import actions, display
from ideas.forms import ReasonForm
from ideas.models import Comment
from ideas.permissions import may_remove_comment
from ideas.views.common import account_of, crumbs_of, see_other


@needs("ideas.remove_comment")
def remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    """A moderator takes a comment away and says why."""
    said = get_object_or_404(Comment.objects.select_related("idea", "author"), pk=comment_id)
    require(may_remove_comment(request.user, said))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if do(
            form,
            actions.remove_comment,
            comment=said,
            reason=reason,
            by=account_of(request),
            at=timezone.now(),
        ):
            messages.success(request, _("The comment was removed. Its place shows your reason."))
            return see_other(f"{said.idea.get_absolute_url()}#comments")
    context = {
        "comment": said,
        "row": display.comment_rows([said])[0],
        "form": form,
        "errors": error_list(form),
        "crumbs": crumbs_of(said.idea, _("Remove a comment")),
    }
    return render(request, "ideas/remove_comment.html", context, status=422 if form.errors else 200)

"""What the back-office pages of one ballot share."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from budgets.ballots.models import Ballot
from budgets.ballots.permissions import may_prepare, may_see
from engage.accounts.models import Account
from engage.kit.decisions import Words, require
from engage.kit.staff import VerbOn


def at(name: str, *args: Any) -> str:
    return reverse(f"staff_ballots:{name}", args=args)


@method_decorator([sensitive_post_parameters(), sensitive_variables()], name="dispatch")
class OnBallot(VerbOn):
    """One verb on one ballot. Forms that ask for the ballot get it. No report of an error has what was sent here."""

    template_name = "ballots/staff/verb.html"
    model: type[Model] = Ballot
    may = staticmethod(may_prepare)
    takes_ballot = True
    back = "inspect"

    @property
    def ballot(self) -> Ballot:
        found: Ballot = self.thing
        return found

    @property
    def account(self) -> Account:
        """Who does it; nobody gets here without one."""
        return cast(Account, self.request.user)

    def desk_url(self) -> str:
        return at("inspect", self.ballot.pk)

    def get_success_url(self) -> str:
        return at(self.back, self.ballot.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"ballot": self.ballot} if self.takes_ballot else {}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ballot": self.ballot}


class SeeBallot(WagtailAdminTemplateMixin, View):
    """A page about one ballot that changes nothing."""

    may = staticmethod(may_see)
    page_title: Words = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.may(request.user))
        self.ballot = get_object_or_404(Ballot.objects.select_related("place"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.ballot)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": at("inspect", self.ballot.pk), "label": str(self.ballot)},
            {"url": "", "label": self.get_page_title()},
        ]

"""Payment runs: chosen from what is signed for, approved, taken to the bank and recorded as paid by three people."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from budgets.grants import actions, queries
from budgets.grants.display import run_steps
from budgets.grants.enums import RunStatus
from budgets.grants.forms.pay import (
    ApproveRunForm,
    CancelRunForm,
    MakeRunForm,
    PayRunForm,
    RefundPaymentForm,
)
from budgets.grants.models import Payment, PaymentRun
from budgets.grants.permissions import (
    may_approve_run,
    may_book_refunds,
    may_cancel_run,
    may_make_runs,
    may_pay_run,
    may_see_runs,
)
from budgets.staff import DeskIndex
from engage.accounts.models import Account
from engage.kit.columns import MoneyColumn
from engage.kit.decisions import Refused, require
from engage.kit.staff import AddByVerb, OnlyThese, VerbOn, VerbViewSet

register_permission_policy(PaymentRun, OnlyThese(PaymentRun, view="view_paymentrun", add="make_run"))
register_permission_policy(Payment, OnlyThese(Payment))


def run_url(run: PaymentRun | int) -> str:
    return reverse("staff_paymentruns:inspect", args=[run if isinstance(run, int) else run.pk])


class RunIndex(DeskIndex):
    def get_base_queryset(self) -> QuerySet[PaymentRun]:
        return queries.runs().annotate(payments_count=Count("payments"))


class RunDesk(generic.InspectView):
    """One run with its payments, and a button for each step that its reader may take now."""

    template_name = "grants/staff/run.html"
    page_title = ""
    header_more_buttons = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("staff_paymentruns:index"), "label": _("Payment runs")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object)}]

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = _page_or_404(self.object.pk)
        return super().get_context_data(**kwargs) | {
            "page": page,
            "steps": run_steps(page),
            "buttons": self.buttons(page.run),
            "may_take_out": page.run.status == RunStatus.DRAFT and may_make_runs(self.request.user),
            "may_refund": page.run.status == RunStatus.PAID and may_book_refunds(self.request.user),
        }

    def buttons(self, run: PaymentRun) -> list[dict[str, Any]]:
        who = self.request.user
        steps = [
            ("approve", _("Approve"), may_approve_run(who, run)),
            ("export", _("Take out the bank file"), may_pay_run(who, run)),
            ("pay", _("Record as paid"), may_pay_run(who, run) if run.exported_at else False),
            ("cancel", _("Cancel this run"), may_cancel_run(who, run)),
        ]
        return [
            {
                "text": words,
                "url": reverse(f"staff_paymentruns:{name}", args=[run.pk]),
                "quiet": name == "cancel",
            }
            for name, words, may in steps
            if may
        ]


class AddRun(AddByVerb):
    """All that is signed for: what may be paid now, ticked at first, and what waits, with its reason."""

    template_name = "grants/staff/make_run.html"
    submit_button_label = gettext_lazy("Make up the run")
    page_title = gettext_lazy("Make up a payment run")

    def get_success_url(self) -> str:
        return run_url(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        to_pay, form = queries.to_pay(), context["form"]
        ticked = set(form.data.getlist("awards")) if form.is_bound else None
        rows = [(each, ticked is None or str(each.ask.award_id) in ticked) for each in to_pay.ready]
        return context | {
            "rows": rows,
            "total_pence": sum(each.facts.committed_pence for each in to_pay.ready),
            "waiting": to_pay.waiting,
        }


class RunVerb(VerbOn):
    """One step of a run, under the run's payments."""

    template_name = "grants/staff/run_verb.html"
    model = PaymentRun
    may = staticmethod(may_see_runs)
    may_run: Any = None

    def desk_url(self) -> str:
        return run_url(self.thing)

    def get_thing(self) -> PaymentRun:
        run = get_object_or_404(queries.runs(), pk=self.kwargs["pk"])
        require(self.may_run(self.request.user, run))
        return run

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = _page_or_404(self.thing.pk)
        return super().get_context_data(**kwargs) | {"page": page, "steps": run_steps(page)}


class Approve(RunVerb):
    form_class = ApproveRunForm
    may_run = staticmethod(may_approve_run)
    submit_label = gettext_lazy("Approve this run")
    done = gettext_lazy("%(thing)s is approved. A third person takes out the bank file.")

    def get_initial(self) -> dict[str, Any]:
        return {"payments": self.thing.payments.count(), "total_pence": self.thing.total_pence}


class Export(RunVerb):
    """Answers with the file itself, which no browser or proxy may keep."""

    form_class = Form
    may_run = staticmethod(may_pay_run)
    template_name = "grants/staff/export_run.html"
    submit_label = gettext_lazy("Take out the bank file")

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            text = actions.export_run(run=self.thing, by=cast(Account, self.request.user), at=timezone.now())
        except Refused as refused:
            return self.refused(form, refused)
        name = f"payment-run-{self.thing.pk}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(text, content_type="text/csv; charset=ascii", headers=headers)


class Pay(RunVerb):
    form_class = PayRunForm
    may_run = staticmethod(may_pay_run)
    submit_label = gettext_lazy("Record as paid")
    done = gettext_lazy("%(thing)s is recorded as paid. The groups are told, and everyone can see it.")


class Cancel(RunVerb):
    form_class = CancelRunForm
    may_run = staticmethod(may_cancel_run)
    submit_label = gettext_lazy("Cancel this run")
    done = gettext_lazy("%(thing)s is cancelled. Its awards can go into another run.")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not self.thing.exported_at:
            del form.fields["not_sent"]
        return form


class Refund(VerbOn):
    """On one payment of a run in the address."""

    model = Payment
    form_class = RefundPaymentForm
    template_name = "grants/staff/refund_payment.html"
    may = staticmethod(may_book_refunds)
    submit_label = gettext_lazy("Record what came back")
    done = gettext_lazy("What came back of %(thing)s is in its budget again.")

    def desk_url(self) -> str:
        return run_url(self.thing.run_id)

    def get_thing(self) -> Payment:
        paid = Payment.objects.filter(entry__isnull=False).select_related(
            "award__organisation", "award__budget"
        )
        return get_object_or_404(paid, pk=self.kwargs["payment"], run=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"amount": self.thing.award.spent_pence or None}


def take_out(request: HttpRequest, pk: int, payment: int) -> HttpResponse:
    require(may_make_runs(request.user))
    found = get_object_or_404(Payment, pk=payment, run=pk)
    if request.method == "POST":
        try:
            actions.take_out(payment=found, by=cast(Account, request.user), at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused.denied.reason))
        else:
            messages.success(request, _("The payment is out of the run. Its award can go into another."))
    return redirect(run_url(pk))


def _page_or_404(run_id: int) -> queries.RunPage:
    page = queries.run_page(run_id)
    if page is None:
        raise Http404
    return page


class RunViewSet(VerbViewSet):
    model = PaymentRun
    form_class = MakeRunForm
    name = "paymentruns"
    icon = "list-ol"
    menu_label = gettext_lazy("Payment runs")
    index_view_class = RunIndex
    add_view_class = AddRun
    inspect_view_class = RunDesk
    inspect_view_enabled = True
    inspect_template_name = RunDesk.template_name
    create_template_name = AddRun.template_name
    search_backend_name = None
    list_filter = ["status"]
    list_per_page = 40
    list_display = [
        "__str__",
        Column("status", label=gettext_lazy("Status"), accessor="get_status_display"),
        Column("payments", label=gettext_lazy("Payments"), accessor="payments_count"),
        MoneyColumn("total_pence", label=gettext_lazy("Total"), sort_key="total_pence"),
        DateColumn("created_at", label=gettext_lazy("Made up"), sort_key="created_at"),
        Column("paid_on", label=gettext_lazy("Paid"), sort_key="paid_on"),
    ]
    ordering = ["-created_at"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/approve/", Approve.as_view(), name="approve"),
            path("<int:pk>/bank-file/", Export.as_view(), name="export"),
            path("<int:pk>/paid/", Pay.as_view(), name="pay"),
            path("<int:pk>/cancel/", Cancel.as_view(), name="cancel"),
            path("<int:pk>/take-out/<int:payment>/", take_out, name="take_out"),
            path("<int:pk>/refund/<int:payment>/", Refund.as_view(), name="refund"),
        ]

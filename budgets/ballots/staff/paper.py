"""Voting on paper, and help at the desk. Nobody enters a paper and sees whose it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import actions, queries
from budgets.ballots.display import staff as display
from budgets.ballots.enums import Phase, Proof
from budgets.ballots.forms.paper import (
    AssistedForm,
    BatchForm,
    CorrectMarkForm,
    EnterPaperForm,
    EnvelopeForm,
    OpenEnvelopesForm,
    ProofForm,
    ReconcileForm,
    TakeBackForm,
    TakeOffForm,
)
from budgets.ballots.models import Ballot, PaperBatch
from budgets.ballots.permissions import may_enter_paper
from budgets.ballots.staff.common import OnBallot, SeeBallot, at
from engage.kit.decisions import Refused, require
from engage.places.models import Place


class PaperSheet(SeeBallot):
    """The ballot paper of one place, to be printed. A draft says that it is none."""

    def get(self, request: HttpRequest, pk: int, place: int) -> HttpResponse:
        where = get_object_or_404(Place.objects.within(self.ballot.place), pk=place)
        paper = display.paper_sheet(self.ballot, where, asked=request.GET.get("language", ""))
        return render(request, "ballots/staff/sheet.html", {"ballot": self.ballot, "paper": paper})


class Batches(OnBallot):
    """Its batches, and a new one."""

    template_name = "ballots/staff/batches.html"
    form_class = BatchForm
    may = staticmethod(may_enter_paper)
    submit_label = gettext_lazy("Start a batch")

    def get_page_title(self) -> str:
        return _("Paper")

    def form_valid(self, form: BatchForm) -> HttpResponse:
        try:
            batch = form.do(self.ballot, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        return redirect(at("batch", self.ballot.pk, batch.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "batches": display.batch_rows(self.ballot),
            "places": display.sheet_places(self.ballot),
        }


class OnBatch(OnBallot):
    """One step of one batch."""

    template_name = "ballots/staff/batch.html"
    may = staticmethod(may_enter_paper)
    takes_ballot = False
    model = PaperBatch

    def get_thing(self) -> PaperBatch:
        return get_object_or_404(
            PaperBatch.objects.select_related("ballot__place", "place"),
            pk=self.kwargs["batch"],
            ballot=self.kwargs["pk"],
        )

    @property
    def ballot(self) -> Ballot:
        return self.thing.ballot  # type: ignore[no-any-return]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first, *_others, last = super().get_breadcrumbs_items()
        return [
            first,
            {"url": at("inspect", self.ballot.pk), "label": str(self.ballot)},
            {"url": at("batches", self.ballot.pk), "label": _("Paper")},
            {"url": at("batch", self.ballot.pk, self.thing.pk), "label": str(self.thing)},
            last,
        ]

    def here(self) -> str:
        return at("batch", self.ballot.pk, self.thing.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"batch": display.batch(self.thing)}


class Envelopes(OnBatch):
    """Cover by cover: each voter is marked on the roll, or the envelope stays shut."""

    form_class = EnvelopeForm
    submit_label = gettext_lazy("Mark this voter on the roll")

    def get_page_title(self) -> str:
        return _("Envelopes")

    def form_valid(self, form: EnvelopeForm) -> HttpResponse:
        try:
            admitted = form.do(self.thing, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        if admitted:
            messages.success(
                self.request, _("Admitted. Put the envelope, still shut, with the others that are.")
            )
        else:
            messages.warning(self.request, _("This person has voted already. Keep the envelope shut."))
        return redirect(self.here())


def turn_away(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    require(may_enter_paper(request.user))
    found = get_object_or_404(PaperBatch, pk=batch, ballot=pk)
    if request.method == "POST":
        actions.turn_away(batch=found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.warning(request, _("Counted as turned away. Keep the envelope shut."))
    return redirect(at("batch", pk, batch))


class StepOfBatch(OnBatch):
    """Done in one go; then one stands before the batch again."""

    template_name = "ballots/staff/on_batch.html"

    def desk_url(self) -> str:
        return self.here()


class OpenEnvelopes(StepOfBatch):
    """All that were admitted, together."""

    template_name = "ballots/staff/open_envelopes.html"
    form_class = OpenEnvelopesForm
    submit_label = gettext_lazy("Open the envelopes")
    done = gettext_lazy("“%(thing)s”: open the envelopes now, mix the papers and number them.")


class EnterPaper(OnBatch):
    template_name = "ballots/staff/enter.html"
    form_class = EnterPaperForm
    submit_label = gettext_lazy("Enter this paper")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sheet": queries.sheet_for(self.ballot, self.thing.place)}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"number": display.next_paper(self.thing, self.request.user)}

    def form_valid(self, form: EnterPaperForm) -> HttpResponse:
        try:
            paper = form.do(self.thing, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        if paper.agreed:
            messages.success(
                self.request, _("Paper %(number)d: both entries agree.") % {"number": paper.number}
            )
        elif paper.first_by_id is None:
            messages.error(
                self.request,
                _(
                    "Paper %(number)d: the two entries differ. Both are thrown away; enter it again, both of you."
                )
                % {"number": paper.number},
            )
        else:
            messages.success(
                self.request,
                _("Paper %(number)d waits for somebody else’s entry.") % {"number": paper.number},
            )
        return redirect(at("enter", self.ballot.pk, self.thing.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"pots": list(context["form"].pots())}


class CorrectMark(OnBatch):
    """The wrong voter is marked. Two people read both covers, one after the other."""

    template_name = "ballots/staff/on_batch.html"
    form_class = CorrectMarkForm
    submit_label = gettext_lazy("Correct the mark")

    def get_page_title(self) -> str:
        return _("The wrong voter is marked")

    def form_valid(self, form: CorrectMarkForm) -> HttpResponse:
        try:
            correction = form.do(self.thing, by=self.account)
        except Refused as refused:
            return self.refused(form, refused)
        if correction.second_by_id is None:
            messages.warning(self.request, _("Nothing is changed yet. Somebody else must enter the same."))
        else:
            messages.success(self.request, _("The mark is corrected."))
        return redirect(self.here())


class TakeBack(StepOfBatch):
    """A correction that nobody else entered."""

    form_class = TakeBackForm
    submit_label = gettext_lazy("Take the correction back")
    done = gettext_lazy("“%(thing)s”: the correction is taken back. Nothing has changed.")


class TakeOff(StepOfBatch):
    """A number that was entered by mistake."""

    form_class = TakeOffForm
    submit_label = gettext_lazy("Take this number off")
    done = gettext_lazy("“%(thing)s”: the number is off.")


class Reconcile(OnBatch):
    template_name = "ballots/staff/on_batch.html"
    form_class = ReconcileForm
    submit_label = gettext_lazy("Reconcile this batch")
    done = gettext_lazy("“%(thing)s” is reconciled: its votes are in the box.")

    def desk_url(self) -> str:
        return at("batches", self.ballot.pk)


class Assist(OnBallot):
    """First what the voter shows, then the paper on which the officer ticks what they say."""

    template_name = "ballots/staff/assist.html"
    may = staticmethod(may_enter_paper)
    submit_label = gettext_lazy("Cast this ballot")
    BY_OFFICERS = (Proof.ROLL, Proof.CODE)

    def get_page_title(self) -> str:
        return _("Help somebody to vote")

    @cached_property
    def verifier(self) -> queries.Verifier:
        known = [each for each in queries.verifiers_of(self.ballot) if each.key in self.BY_OFFICERS]
        asked = self.request.GET.get("by", "")
        found = next((each for each in known if each.key == asked), known[0] if known else None)
        if found is None or queries.phase_of(self.ballot, timezone.now()) != Phase.VOTING:
            raise Http404
        return found

    def get_form(self, form_class: Any = None) -> Any:
        given = self.request.POST if self.request.method == "POST" else None
        if given is not None and "ticket" in given:
            return self.paper_form(given["ticket"], given)
        return ProofForm(given, ballot=self.ballot, verifier=self.verifier)

    def paper_form(self, packed: str, given: Any = None) -> AssistedForm:
        ticket = queries.unpack(packed, ballot=self.ballot, at=timezone.now())
        sheet = queries.sheet_for(self.ballot, Place.objects.get(pk=ticket.place))
        return AssistedForm(given, sheet=sheet, initial={"ticket": packed})

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            if isinstance(form, AssistedForm):
                cast = form.do(self.ballot, by=self.account)
                return self.kept_out_of_caches(
                    cast=cast, form=ProofForm(ballot=self.ballot, verifier=self.verifier)
                )
            now = timezone.now()
            ticket = queries.verify(ballot=self.ballot, proof=self.verifier.key, claim=form.claim(), at=now)
        except Refused as refused:
            return self.refused(form, refused)
        return self.kept_out_of_caches(form=self.paper_form(queries.pack(ticket, at=now)))

    def kept_out_of_caches(self, **context: Any) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(**context))
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        on_paper = isinstance(form, AssistedForm)
        return context | {
            "pots": list(form.pots()) if on_paper else [],
            "submit_button_label": self.submit_label if on_paper else _("Go on to the ballot paper"),
            "by": self.verifier.key,
            "ways": [
                (each.key, each.label)
                for each in queries.verifiers_of(self.ballot)
                if each.key in self.BY_OFFICERS
            ],
        }

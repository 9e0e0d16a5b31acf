"""Paper, as it is entered: envelopes, then papers by two people, then the batch as a whole; and help at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from budgets.ballots import actions, queries
from budgets.ballots.enums import Invalid, Kind
from budgets.ballots.models import Ballot, Correction, Paper, PaperBatch
from budgets.ballots.rules.sheet import Option, PotOnSheet, Sheet
from engage.accounts.models import Account
from engage.kit.money import pounds
from engage.places.models import Place


class BatchForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Like “Library box, 12 November, Riverside”.")
    )
    place = forms.ModelChoiceField(
        label=_("Where its voters live"),
        queryset=Place.objects.none(),
        help_text=_("Papers of one place make one batch, because their pots are the same."),
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.within(ballot.place)  # type: ignore[attr-defined]

    def do(self, ballot: Ballot, *, by: Account) -> PaperBatch:
        return actions.start_paper_batch(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())


class EnvelopeForm(forms.Form):
    """The cover of one envelope: what the roll asks of voters online too, or a code."""

    BY_ROLL = ("number", "last_name", "postcode")
    number = forms.CharField(
        label=_("Elector number on the cover"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )
    last_name = forms.CharField(
        label=_("Last name on the cover"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    postcode = forms.CharField(
        label=_("Postcode on the cover"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Or the code on the cover"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    signed = forms.BooleanField(
        label=_("The cover is signed: its voter lives in the place of this batch and is old enough"),
        required=False,
        help_text=_("Needed with a code that was made for no elector of the roll."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given = [bool(said.get(name)) for name in self.BY_ROLL]
        if any(given) if said.get("code") else not all(given):
            raise forms.ValidationError(
                _("Enter the elector number with the last name and the postcode, or else the code alone.")
            )
        return said

    def do(self, batch: PaperBatch, *, by: Account) -> bool:
        now = timezone.now()
        ticket = queries.ticket_for_paper(ballot=batch.ballot, **self.cleaned_data, place=batch.place, at=now)
        return actions.admit_envelope(batch=batch, ticket=ticket, by=by, at=now)


# --- what is on a paper -----------------------------------------------------------------------------------


class OpenEnvelopesForm(forms.Form):
    why_few = forms.CharField(
        label=_("Why there are no more envelopes, if there are very few"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Once voting has ended. Like “nobody else there voted on paper”. It is kept with the batch."
        ),
    )

    def do(self, batch: PaperBatch, *, by: Account) -> PaperBatch:
        return actions.open_envelopes(batch=batch, **self.cleaned_data, by=by, at=timezone.now())


class PaperFields(forms.Form):
    """The ballot paper as fields, by its kind: a tick for each project, its points, or its place in the order."""

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for pot in sheet.pots:
            for option in pot.options:
                self.fields[_name(pot, option)] = self._field(option)

    def _field(self, option: Option) -> forms.Field:
        label = f"{option.key}  {option.title}"
        if self.sheet.kind == Kind.POINTS:
            return forms.IntegerField(label=label, required=False, min_value=0, max_value=99_999)
        if self.sheet.kind == Kind.RANKING:
            return forms.IntegerField(label=label, required=False, min_value=1, max_value=999)
        return forms.BooleanField(label=label, required=False)

    def pots(self) -> Iterator[dict[str, Any]]:
        """For the template: each pot with its fields in the paper's order."""
        for pot in self.sheet.pots:
            yield {
                "name": pot.name,
                "amount": pounds(pot.amount),
                "fields": [
                    {"field": self[_name(pot, option)], "cost": pounds(option.cost)} for option in pot.options
                ],
            }

    def document(self) -> dict[str, Any]:
        """What `cast_ballot` and `enter_paper` take."""
        return {"pots": {pot.key: self._chosen(pot) for pot in self.sheet.pots}}

    def _chosen(self, pot: PotOnSheet) -> Any:
        given = {option.key: self.cleaned_data.get(_name(pot, option)) for option in pot.options}
        marked = {key: value for key, value in given.items() if value}
        if self.sheet.kind == Kind.POINTS:
            return marked
        if self.sheet.kind == Kind.RANKING:
            return sorted(marked, key=lambda key: marked[key])
        return list(marked)

    def _check_order(self) -> None:
        for pot in self.sheet.pots:
            places = [self.cleaned_data.get(_name(pot, option)) for option in pot.options]
            taken = [place for place in places if place]
            if self.sheet.kind == Kind.RANKING and len(taken) != len(set(taken)):
                raise forms.ValidationError(
                    _now("In “%(pot)s” two projects have the same place. The paper is unclear.")
                    % {"pot": pot.name}
                )


def _name(pot: PotOnSheet, option: Option) -> str:
    return f"mark_{pot.key}_{option.key}"


class EnterPaperForm(PaperFields):
    """One paper by one of its two people. Neither sees what the other entered."""

    field_order = ["number"]
    number = forms.IntegerField(
        label=_("Number of the paper"),
        min_value=1,
        help_text=_("Write it on the paper first: 1, 2, 3 and so on within the batch."),
        widget=forms.NumberInput(attrs={"autofocus": True}),
    )
    invalid = forms.ChoiceField(
        label=_("Does it count?"),
        choices=[("", _("Yes")), *((each.value, each.label) for each in Invalid)],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("invalid"):
            self._check_order()
        return said

    def do(self, batch: PaperBatch, *, by: Account) -> Paper:
        said = self.cleaned_data
        return actions.enter_paper(
            batch=batch,
            number=said["number"],
            document=None if said["invalid"] else self.document(),
            invalid=said["invalid"],
            by=by,
            at=timezone.now(),
        )


class CorrectMarkForm(forms.Form):
    """Two covers: of who was marked by mistake, and of the envelope that was in hand."""

    COVERS = (("wrong", _("Marked by mistake")), ("right", _("Whose envelope it was")))
    nobody = forms.BooleanField(
        label=_("Mark nobody instead: this envelope goes to those that stay shut"),
        required=False,
        help_text=_("Only while no envelope of this batch is opened."),
    )
    reason = forms.CharField(
        label=_("How it came"),
        max_length=300,
        required=False,
        help_text=_(
            "Like “the covers of two neighbours were mixed up”. Whoever enters it first says so. It is recorded;"
            " leave out names and numbers."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for which, words in self.COVERS:
            for name, given in EnvelopeForm.base_fields.items():
                field = deepcopy(given)
                field.label = format_lazy("{which}: {label}", which=words, label=given.label)
                field.widget.attrs.pop("autofocus", None)
                self.fields[f"{which}_{name}"] = field
        del self.fields["wrong_signed"]
        self.order_fields([*(name for name in self.fields if "_" in name), "nobody", "reason"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        found = {which: self._cover(which) for which, _words in self.COVERS}
        if said.get("nobody") and any(found["right"].values()):
            raise forms.ValidationError(_now("Say whose envelope it was, or mark nobody instead: not both."))
        asked = ["wrong"] if said.get("nobody") else ["wrong", "right"]
        for which in asked:
            cover = EnvelopeForm(found[which])
            for error in cover.non_field_errors():
                raise forms.ValidationError(f"{dict(self.COVERS)[which]}: {error}")
        return said

    def _cover(self, which: str) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"{which}_{name}", "") for name in EnvelopeForm.base_fields}

    def do(self, batch: PaperBatch, *, by: Account) -> Correction:
        now = timezone.now()
        tickets = {
            which: queries.ticket_for_paper(
                ballot=batch.ballot, **self._cover(which) | more, place=batch.place, at=now
            )
            for which, more in (("wrong", {"signed": True}), ("right", {}))
            if which == "wrong" or not self.cleaned_data["nobody"]
        }
        return actions.correct_mark(
            batch=batch,
            wrong=tickets["wrong"],
            right=tickets.get("right"),
            reason=self.cleaned_data["reason"],
            by=by,
            at=now,
        )


class TakeOffForm(forms.Form):
    number = forms.IntegerField(label=_("Number that is no paper"), min_value=1)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Like “there are only 11 papers”. It is recorded.")
    )

    def do(self, batch: PaperBatch, *, by: Account) -> None:
        actions.take_off_paper(batch=batch, **self.cleaned_data, by=by, at=timezone.now())


class TakeBackForm(forms.Form):
    """Nothing to fill in."""

    def do(self, batch: PaperBatch, *, by: Account) -> None:
        actions.take_back_correction(batch=batch, by=by, at=timezone.now())


class ReconcileForm(forms.Form):
    difference = forms.CharField(
        label=_("Why there are fewer papers than voters, if there are"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Like “two envelopes were empty”. It is kept with the batch."),
    )

    def do(self, batch: PaperBatch, *, by: Account) -> PaperBatch:
        return actions.reconcile_batch(batch=batch, **self.cleaned_data, by=by, at=timezone.now())


# --- help -------------------------------------------------------------------------------------------------


class ProofForm(forms.Form):
    """What the voter beside you shows, by one of the ballot's verifiers that needs no device of theirs."""

    def __init__(self, *args: Any, ballot: Ballot, verifier: queries.Verifier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in verifier.asks:
            self.fields[ask.name] = self._field(ballot, ask)

    def _field(self, ballot: Ballot, ask: queries.Ask) -> forms.Field:
        if ask.kind == "place":
            return forms.ModelChoiceField(
                label=ask.label_for(ballot), queryset=Place.objects.within(ballot.place), required=False
            )
        if ask.kind == "tick":
            # An elector’s code needs no word; where it does, the verifier says so beside this field.
            return forms.BooleanField(label=ask.label_for(ballot), required=False)
        return forms.CharField(
            label=ask.label_for(ballot), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )

    def claim(self) -> dict[str, str]:
        found = {
            name: value.pk if isinstance(value, Place) else value for name, value in self.cleaned_data.items()
        }
        return {name: str(value) for name, value in found.items() if value}


class AssistedForm(PaperFields):
    """The voter says, the officer ticks. `ticket` never leaves this page."""

    ticket = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self._check_order()
        return said

    def do(self, ballot: Ballot, *, by: Account) -> actions.Cast:
        now = timezone.now()
        ticket = queries.unpack(self.cleaned_data["ticket"], ballot=ballot, at=now)
        return actions.cast_ballot(
            ballot=ballot, ticket=ticket, document=self.document(), at=now, helped_by=by
        )

"""What officers enter about who may vote: the electoral roll as a file, and voting codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgets.ballots import actions
from budgets.ballots.enums import Hand
from budgets.ballots.models import Ballot, Code
from budgets.ballots.rules.electors import read_electors
from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused
from engage.kit.tables import BadFile
from engage.places.models import Place

MOST_BYTES = 50 * 1024 * 1024


class RollForm(forms.Form):
    file = forms.FileField(
        label=_("The electoral roll, as a CSV file in UTF-8"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_(
            "With the columns number, last_name, postcode and place, and perhaps votes_from."
            " All of it is taken, in place of the one before, or nothing."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 50 MB."))
        return file

    def do(self, ballot: Ballot, *, by: Account) -> int:
        try:
            lines = _lines(ballot, self.cleaned_data["file"].read())
        except BadFile as bad:
            first, *others = str(bad).splitlines()
            for sentence in others:
                self.add_error("file", sentence)
            raise Refused(Denied(first, status=422, field="file")) from None
        return actions.load_electors(ballot=ballot, lines=lines, by=by, at=timezone.now())


def _lines(ballot: Ballot, content: bytes) -> list[actions.Line]:
    """The file's lines with their places: one of this ballot, by code, or by a name that no other place has."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(str(_("The file is not in UTF-8. Save it again as “CSV UTF-8”."))) from None
    places = {place.pk: place for place in Place.objects.within(ballot.place)}
    known: dict[str, set[int]] = {}
    for place in places.values():
        for name in filter(None, (place.gss_code, place.name)):
            known.setdefault(name.casefold(), set()).add(place.pk)
    return [
        actions.Line(row.number, row.last_name, row.postcode, places[row.place], row.votes_from)
        for row in read_electors(text, known)
    ]


class CodesForm(forms.Form):
    """A batch of codes. What is made is shown once, to be printed. Where there is a roll, they are for its electors."""

    hand = forms.ChoiceField(
        label=_("How they reach people"), choices=Hand.choices, widget=forms.RadioSelect, initial=Hand.POST
    )
    number = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=5_000,
        help_text=_("For whoever gets one. Make more than 5,000 in several batches."),
    )
    electors = forms.CharField(
        label=_("For these electors"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Their numbers on the roll, one on each line. Such a code is that person: they vote once,"
            " by code, by the roll or on paper."
        ),
    )
    place = forms.ModelChoiceField(
        label=_("Where the holders live"),
        queryset=Place.objects.none(),
        required=False,
        help_text=_(
            "On paper such a code counts in batches of that place only. Without a place its holders say where they"
            " live themselves: online when they vote, on paper by signing it on the cover."
        ),
    )
    note = forms.CharField(label=_("What for"), max_length=200, required=False)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.within(ballot.place)  # type: ignore[attr-defined]
        has_roll = ballot.checks_the_roll or ballot.electors.exists()
        for name in ("number", "place") if has_roll else ("electors",):
            del self.fields[name]

    def clean_electors(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["electors"].splitlines() if line.strip()]

    def do(self, ballot: Ballot, *, by: Account) -> list[actions.Issued]:
        return actions.issue_codes(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())


class RevokeForm(forms.Form):
    serial = forms.CharField(
        label=_("Number of the letter"), max_length=20, help_text=_("It stands under the code, like 3-00041.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Like “the letter was lost”."))

    def do(self, ballot: Ballot, *, by: Account) -> Code:
        return actions.revoke_code(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())


class ReissueForm(RevokeForm):
    def do(self, ballot: Ballot, *, by: Account) -> actions.Issued:  # type: ignore[override]
        return actions.reissue_code(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())

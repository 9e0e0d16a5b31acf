"""What people say about themselves (nothing of it is needed to take part), and what moderators say of blocks."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from engage.kit.decisions import Denied, Refused
from engage.kit.forms import day_input
from engage.kit.text import is_visible
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.residents.actions import (
    OBJECTION_LIMIT,
    answer_objection,
    block_resident,
    join,
    lift_block,
)
from engage.residents.models import Block, Resident


class PublicName(forms.CharField):
    """One line of at most 80 characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Public name"),
            required=False,
            max_length=Resident._meta.get_field("name").max_length,
            help_text=_(
                "Shown beside your ideas and comments. It need not be your full name."
                " Leave it empty to be shown as “A resident”."
            ),
            **kwargs,
        )
        self.widget.attrs["autocomplete"] = "nickname"

    def to_python(self, value: Any) -> str:
        name = " ".join(str(super().to_python(value) or "").split())
        if name and not is_visible(name):
            raise ValidationError(_("Nobody could see this name. Write it in letters, or leave it empty."))
        return name


class JoinForm(forms.Form):
    """What we ask beside the email address when somebody joins. allauth's forms for joining build on it."""

    name = PublicName()
    field_order = ("email", "name", "password1")

    def signup(self, request: HttpRequest, user: Account) -> None:
        join(account=user, name=self.cleaned_data.get("name", ""), at=timezone.now())


class ProfileForm(forms.Form):
    name = PublicName()
    home = forms.ModelChoiceField(
        label=_("Home place"),
        queryset=Place.objects.exclude(kind=PlaceKind.COUNCIL),
        required=False,
        empty_label=_("I would rather not say"),
        help_text=_("So that we can show you what is happening near you. Others do not see it."),
    )


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick the box if you want to delete your account.")},
    )


class ObjectForm(forms.Form):
    """For a resident who is blocked."""

    words = forms.CharField(
        label=_("Why is it wrong?"),
        max_length=OBJECTION_LIMIT,
        help_text=_("Say what we should know. Somebody who did not block you reads this and answers."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why you think the block is wrong.")},
    )


class BlockForm(WagtailAdminModelForm):
    """For moderators: who, why, and until when."""

    number = forms.IntegerField(
        label=_("Number of the resident"),
        min_value=1,
        help_text=_("You find it beside the name in the moderation queue."),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=day_input(),
        help_text=_("They can post again on the day after. After a year at the latest."),
        error_messages={"required": _("Choose the last day. A block without an end does not exist here.")},
    )

    class Meta:
        model = Block
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": _("The person you block reads this. Nobody else does.")}

    field_order = ["number", "reason", "ends_on"]

    def do(self, *, by: Account) -> Block:
        given = self.cleaned_data
        resident = Resident.objects.filter(pk=given["number"]).first()
        if resident is None:
            raise Refused(Denied(_("No resident has this number. Check it."), status=422, field="number"))
        day_after = datetime.combine(given["ends_on"] + timedelta(days=1), time())
        return block_resident(
            resident=resident,
            reason=given["reason"],
            ends_at=timezone.make_aware(day_after),
            by=by,
            at=timezone.now(),
        )


class EndBlockForm(WagtailAdminModelForm):
    """For moderators: end a block before its time, or answer the objection."""

    STAYS, ENDS = "stays", "ends"

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(ENDS, _("The block ends now")), (STAYS, _("The block stays as it is"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=OBJECTION_LIMIT,
        help_text=_("Needed when the person has objected. They read it on the page of their account."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Block
        fields: list[str] = []

    def do(self, *, by: Account) -> Block:
        ends, at = self.cleaned_data["decision"] == self.ENDS, timezone.now()
        if self.instance.waits_for_answer:
            answer = self.cleaned_data["answer"]
            return answer_objection(block=self.instance, upheld=ends, answer=answer, by=by, at=at)
        if not ends:
            sentence = _("Nothing was changed: nobody has objected, and the block stays as it is.")
            raise Refused(Denied(sentence, status=422, field="decision"))
        return lift_block(block=self.instance, by=by, at=at)

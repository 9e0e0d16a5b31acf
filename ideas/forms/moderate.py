"""Telling moderators, moderating, and objecting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from engage.accounts.models import Account
from engage.kit.decisions import Refused
from engage.places.models import Place
from ideas.actions import (
    APPEAL_LIMIT,
    FLAG_WORDS_LIMIT,
    REMOVAL_LIMIT,
    decide_removal_appeal,
    remove_comment,
    restore,
    save_reason,
)
from ideas.enums import RAISED_BY_PEOPLE, FlagSource
from ideas.forms.common import TOO_LONG, SeenVersion
from ideas.models import Appeal, Call, Comment, ReasonTemplate, Removal
from ideas.queries import QueueFilter

RULES = [(source.value, source.label) for source in FlagSource if source in RAISED_BY_PEOPLE]


class FlagForm(forms.Form):
    """For a resident who tells moderators about an idea or a comment."""

    source = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=RULES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    words = forms.CharField(
        label=_("Tell us more, if you like"),
        required=False,
        max_length=FLAG_WORDS_LIMIT,
        help_text=_("Only moderators read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class ReasonFields(forms.Form):
    """Why something is taken away: the rule it broke, and the reason in words. One given often fills the words in."""

    why = forms.ChoiceField(
        label=_("Which rule does it break?"),
        choices=RULES,
        initial=FlagSource.OTHER,
        help_text=_("Counted in the yearly figures."),
    )
    template = forms.ModelChoiceField(
        label=_("A reason you give often"),
        queryset=ReasonTemplate.objects.all(),
        required=False,
        empty_label=_("None, I write my own"),
        help_text=_("Its words are used where you write none below."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REMOVAL_LIMIT,
        help_text=_("Everyone can read this in its place."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Give the reason, or choose one. Everyone can read it."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get(self.add_prefix("template")):
            self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        template: ReasonTemplate | None = cleaned.get("template")
        cleaned["reason"] = cleaned.get("reason") or (template.text if template else "")
        return cleaned


class ReasonForm(ReasonFields):
    """For whoever takes something away on the public page."""


class RemoveCommentForm(ReasonFields, WagtailAdminModelForm):
    """For moderators, from their list of comments."""

    class Meta:
        model = Comment
        fields: list[str] = []

    def do(self, *, by: Account) -> Comment:
        given = self.cleaned_data
        return remove_comment(
            comment=self.instance, reason=given["reason"], why=given["why"], by=by, at=timezone.now()
        )


class QueueForm(forms.Form):
    """What the queue is narrowed to."""

    source = forms.ChoiceField(
        label=_("Why it is here"), required=False, choices=[("", _("Anything")), *FlagSource.choices]
    )
    held = forms.ChoiceField(
        label=_("Shown now"),
        required=False,
        choices=[("", _("Either")), ("no", _("Public")), ("yes", _("Held back"))],
    )
    place = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, empty_label=_("Everywhere")
    )
    call = forms.ModelChoiceField(
        label=_("Call for ideas"), queryset=Call.objects.none(), required=False, empty_label=_("Any or none")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name, queryset in {"place": Place.objects.all(), "call": Call.objects.all()}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset

    def asked(self) -> QueueFilter:
        """Everything, when what was asked is not understood."""
        if not self.is_valid():
            return QueueFilter()
        given = self.cleaned_data
        held = {"yes": True, "no": False}.get(given["held"])
        return QueueFilter(source=given["source"], held=held, place=given["place"], call=given["call"])


class AppealForm(forms.Form):
    """For the author of something that was removed."""

    words = forms.CharField(
        label=_("Why should it be put back?"),
        max_length=APPEAL_LIMIT,
        help_text=_("You can appeal once. Somebody who did not remove it reads this and decides."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why it should be put back."), "max_length": TOO_LONG},
    )


class DecideAppealForm(WagtailAdminModelForm):
    """For a moderator other than the one who removed it."""

    UPHELD, STAYS = "upheld", "stays"

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(UPHELD, _("The author is right: put it back")), (STAYS, _("It stays removed"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=APPEAL_LIMIT,
        help_text=_("The author reads this. Say why, in plain words."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Appeal
        fields: list[str] = []

    def do(self, *, by: Account) -> Appeal:
        return decide_removal_appeal(
            appeal=self.instance,
            upheld=self.cleaned_data["decision"] == self.UPHELD,
            answer=self.cleaned_data["answer"],
            by=by,
            at=timezone.now(),
        )


class RestoreForm(WagtailAdminModelForm):
    """For a moderator who puts something back without being asked."""

    sure = forms.BooleanField(
        label=_("Put it back, with its supports and comments"),
        error_messages={"required": _("Tick the box if you want to put it back.")},
    )

    class Meta:
        model = Removal
        fields: list[str] = []

    def do(self, *, by: Account) -> Removal:
        restore(removal=self.instance, by=by, at=timezone.now())
        return self.instance


class ReasonTemplateForm(SeenVersion, WagtailAdminModelForm):
    compared = ("title", "text")

    class Meta:
        model = ReasonTemplate
        fields: Sequence[str] = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("What moderators choose from."),
            "text": _(
                "What everyone reads. Write it to the author, kindly: which rule, and what they can do."
            ),
        }

    def do(self, *, by: Account) -> ReasonTemplate:
        given = self.cleaned_data
        try:
            return save_reason(reason=self.instance, version=given["version"], by=by, at=timezone.now())
        except Refused as refused:
            known = ReasonTemplate.objects.filter(pk=self.instance.pk).first()
            raise self.compare(refused, version=known.version if known else 0) from None

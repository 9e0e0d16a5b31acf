"""What people say about themselves. Nothing here is needed to take part."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.places.enums import PlaceKind
from engage.places.models import Place
from engage.residents.actions import join
from engage.residents.models import Resident


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
        return " ".join(str(super().to_python(value) or "").split())


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

"""Naming passkeys and security keys in plain words. Apart from forms.py, because allauth reads them at other times."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

NAME_OF_KEY = _("Name of this key")


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(label=NAME_OF_KEY, required=False)
    passwordless = forms.BooleanField(
        label=_("Let me sign in with this key alone"),
        required=False,
        help_text=_(
            "It then has to check that it is you, by fingerprint, face or PIN. That makes it a passkey."
        ),
    )


class JoinWithKeyForm(SignupWebAuthnForm):
    name = forms.CharField(label=NAME_OF_KEY, required=False)


class RenameKeyForm(EditWebAuthnForm):
    name = forms.CharField(label=NAME_OF_KEY, max_length=80)

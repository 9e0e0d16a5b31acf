"""Joining and signing in take one form each: with a password, or without one by a code sent to the mailbox."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext_lazy as _


class JoinByEmailForm(SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "We send a code here to check that it is yours. It is never shown."
        )
        if password := self.fields.get("password1"):
            password.help_text = _(
                "Leave this empty to sign in with a code that we email you."
                " If you choose one, use 10 characters or more, such as three words put together."
            )


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email")
        password = self.fields["password"]
        password.required = False
        password.help_text = _("Leave this empty and we will email you a code to sign in with.")
        remember = self.fields["remember"]
        remember.label = _("Keep me signed in for two weeks")
        remember.help_text = _("Leave this unticked on a computer that other people use.")

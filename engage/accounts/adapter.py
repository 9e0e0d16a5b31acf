"""Where allauth asks us: how mail is worded, and how second-factor secrets are kept."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the council team that looks after this site."),
        "email_password_mismatch": _(
            "That email address and password do not go together. Check both,"
            " or leave the password empty and we will send you a code."
        ),
        "email_taken": _("There is already an account with this email address. Sign in instead."),
        "incorrect_code": _("That is not the code we sent. Check it and type it again."),
        "incorrect_password": _("That is not your password. Check it and type it again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, or leave the password empty and we will send you a code."
        ),
        "rate_limited": _("That was too often in a short time. Wait a minute and try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {"site_name": settings.WAGTAIL_SITE_NAME, **context})


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps and recovery codes encrypted, so a copied database opens no account.

    Keys come from SECRET_KEY; one that is being replaced stays readable while it is in SECRET_KEY_FALLBACKS.
    """

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"engage second factor " + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def has_second_factor(account: AbstractBaseUser) -> bool:
    """Whether signing in takes more than the password or mailbox: an authenticator app, a passkey or a key."""
    return SecondFactorAdapter().is_mfa_enabled(
        account, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )

"""Sentences that forms share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TOO_LONG = _("This is %(show_value)d characters long and there is room for %(limit_value)d. Make it shorter.")

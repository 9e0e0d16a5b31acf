"""What the rules about files share: how much is unpacked, and what is said when one is not taken."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied

MAX_UNPACKED = 100 * 1024 * 1024

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00",
)

WHAT_WE_TAKE = _(
    "We cannot take this kind of file. Send a PDF, a Word or Excel file (.docx, .xlsx),"
    " an OpenDocument file (.odt, .ods), or a picture (JPEG, PNG, GIF, WebP)."
)
LOCKED = _("This file has a password, so we cannot look into it. Save it without one and send it again.")
UNREADABLE = _("We cannot look into this file; it may be broken. Save it as a new PDF and send that.")
TOO_MUCH = _("This file unpacks to far more than it seems. Save it as a new PDF and send that.")


def no(reason: str | Promise, status: int = 422) -> Denied:
    """A refusal beside the box for the file."""
    return Denied(reason, status=status, field="file")

"""What an error report leaves out: Django's list of secrets, and the numbers of bank accounts wherever they stand."""

from __future__ import annotations

import re
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

_NAMES = re.compile(r"sort_?code|account_?number|^number$|iban", re.IGNORECASE)
# A sort code, parted or not, or an account number: other numbers of six or eight digits are starred out with them.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{8}|\d{2}[- ]?\d{2}[- ]?\d{2})(?!\d)")


class ReportFilter(SafeExceptionReporterFilter):
    """Stars out settings and headers as Django does; and by name and by form what may be a bank number.

    So a view or verb that forgot to say what it holds tells no more than one that did. On a developer's machine too.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        found = super().get_post_parameters(request)
        secret = [name for name in found if _NAMES.search(name)]
        return self._cleanse_multivaluedict(found, secret) if secret else found  # type: ignore[attr-defined]

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        found = super().get_traceback_frame_variables(request, tb_frame)  # type: ignore[misc]
        return [(name, self._without_numbers(name, value)) for name, value in found]

    def _without_numbers(self, name: str, value: Any) -> Any:
        if _NAMES.search(name):
            return self.cleansed_substitute
        try:
            shown = repr(value)
        except Exception as error:  # a report about one failure must not fail of another
            return f"{type(error).__name__} while showing this"
        return _NUMBERS.sub("********", shown) if _NUMBERS.search(shown) else value

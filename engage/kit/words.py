"""Words that somebody must give, and that must fit."""

from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused, Words
from engage.kit.text import in_reading_order, is_visible


def words_of(text: str, limit: int, field: str, missing: Words) -> str:
    """The text as it is kept; `Refused` with the sentence `missing` without any, or when it is over `limit` long."""
    words = in_reading_order(text).replace("\r\n", "\n").strip()
    if not is_visible(words):
        raise Refused(Denied(missing, status=422, field=field))
    if len(words) > limit:
        raise Refused(
            Denied(
                _("This is %(length)s characters long and there is room for %(limit)s. Make it shorter.")
                % {"length": len(words), "limit": limit},
                status=422,
                field=field,
            )
        )
    return words

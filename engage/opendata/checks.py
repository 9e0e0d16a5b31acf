"""Says when grants are recorded but cannot be published in the 360Giving standard."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from budgets.models import Award
from engage.opendata.queries import publisher


@checks.register(checks.Tags.database)
def grants_have_a_publisher(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Asked when a database is named, as `migrate` does; before the first migration there is nothing to ask."""
    if "default" not in (databases or ()):
        return []
    try:
        missing = not publisher().is_known and Award.objects.exists()
    except DatabaseError:
        return []
    if not missing:
        return []
    sentence = (
        "Grants are recorded, but the council’s organisation identifier or its 360Giving prefix is missing, so"
        " /data/360giving.json publishes none of them. Enter both in the back office: Settings, Open data."
    )
    return [checks.Warning(sentence, id="opendata.W001")]

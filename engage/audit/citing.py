"""Naming where facts came from: what every import command asks and writes down in the same way."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from engage.audit.models import Source

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"
OPEN_GOVERNMENT_LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
OPEN_GOVERNMENT_ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0"
)


def add_source_options(parser: ArgumentParser, *, default_name: str = "") -> None:
    """The options --source, --attribution, --licence, --licence-url and --source-url."""
    group = parser.add_argument_group("where the data came from (shown on every page that uses it)")
    group.add_argument(
        "--source", default=default_name, help="name of the data set, for example “Trafford wards 2023”"
    )
    group.add_argument(
        "--attribution",
        default=OPEN_GOVERNMENT_ATTRIBUTION,
        help="the words its licence asks for (default: %(default)s)",
    )
    group.add_argument(
        "--licence", default=OPEN_GOVERNMENT_LICENCE, help="name of the licence (default: %(default)s)"
    )
    group.add_argument("--licence-url", default=OPEN_GOVERNMENT_LICENCE_URL, help="address of the licence")
    group.add_argument("--source-url", default="", help="address where the data set is published")


def cite_from(options: dict[str, Any], *, name: str = "", url: str = "") -> Source | None:
    """The source those options name, written down; None when neither they nor the caller name one."""
    name = options["source"] or name
    if not name:
        return None
    return cite(
        name=name,
        attribution=options["attribution"],
        licence_name=options["licence"],
        licence_url=options["licence_url"],
        url=options["source_url"] or url,
    )


def cite(*, name: str, attribution: str, licence_name: str, licence_url: str = "", url: str = "") -> Source:
    """The source of that name, made or brought up to date."""
    facts = {"attribution": attribution, "licence_name": licence_name, "licence_url": licence_url, "url": url}
    source, made = Source.objects.get_or_create(name=name, defaults=facts)
    if not made and any(getattr(source, field) != value for field, value in facts.items()):
        for field, value in facts.items():
            setattr(source, field, value)
        source.save(update_fields=[*facts])
    return source

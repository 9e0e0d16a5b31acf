"""Every public address, for search engines: one list for each kind of thing."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from budgets.models import Award
from engage.councillors.models import Councillor
from engage.places.models import Place
from ideas.models import Call, Idea


class Doors(Sitemap):
    def items(self) -> list[str]:
        doors = [
            "budgets:budgets",
            "budgets:awards",
            "ideas:ideas",
            "ideas:calls",
            "councillors:councillors",
            "grants:scheme",
            "ballots:ballots",
        ]
        return [*doors, "opendata:front", "opendata:books"]

    def location(self, item: str) -> str:
        return reverse(item)


class Rows(Sitemap):
    """Rows that know their own address."""

    limit = 5000

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__()
        self.rows = rows

    def items(self) -> QuerySet[Any]:
        return self.rows.order_by("pk")


class Places(Sitemap):
    def items(self) -> Iterable[Place]:
        """Those with a budget: the others have no page of money."""
        return Place.objects.filter(budgets__isnull=False).distinct().order_by("pk").only("slug")

    def location(self, item: Place) -> str:
        return reverse("budgets:place", args=[item.slug])


def sitemaps() -> dict[str, Any]:
    return {
        "pages": PageSitemap,
        "doors": Doors,
        "places": Places,
        "councillors": Rows(Councillor.objects.only("slug")),
        "ideas": Rows(Idea.objects.public().only("title")),
        "calls": Rows(Call.objects.filter(announced_at__lte=Now()).only("slug")),
        "awards": Rows(Award.objects.only("pk")),
    }

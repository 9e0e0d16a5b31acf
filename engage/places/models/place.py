"""An area of the council, in a tree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.audit.models import Source
from engage.places.enums import PlaceKind


class PlaceQuerySet(models.QuerySet["Place"]):
    def within(self, place: Place) -> PlaceQuerySet:
        """The place itself and everything below it."""
        return self.filter(path__startswith=place.path)


class Place(models.Model):
    """`path` is `/1/5/9/`: the ids from the root to here, kept by the verbs, so that a subtree is one prefix.

    Where it lies is in its `boundary` (see Boundary); a place may have none.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind.choices)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    gss_code = models.CharField(_("GSS code"), max_length=9, null=True, blank=True, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(max_length=200, editable=False, default="")

    electors = models.PositiveIntegerField(_("electors"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    counted_source = models.ForeignKey(
        Source,
        verbose_name=_("source of the count"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["path"], name="place_path", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["kind"], name="place_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind=PlaceKind.COUNCIL),
                name="place_one_council",
                violation_error_message=_("There is already a council. Edit that one instead."),
            ),
            models.CheckConstraint(
                condition=models.Q(electors=None, population=None) | models.Q(counted_on__isnull=False),
                name="place_counts_are_dated",
                violation_error_message=_("Say on which date the electors or the population were counted."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

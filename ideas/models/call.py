"""An invitation to suggest ideas, in dated phases."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from engage.kit.blocks import BodyStream
from engage.kit.fields import BodyField
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.enums import Feeds


class CallQuerySet(models.QuerySet["Call"]):
    def public(self, at: datetime) -> CallQuerySet:
        """Those that have been announced."""
        return self.filter(announced_at__lte=at)


class Call(ClusterableModel):
    """What is allowed when is said by its phases and the time that is asked about; nothing of that is stored here.

    Until `announced_at` only staff see it. `ballot_pot_pence` is the money of the ballot that its ideas go to.
    `version` grows with every save, so that two officers who write at once notice each other.
    """

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    explanation = models.TextField(
        _("explanation"), help_text=_("One or two sentences, shown wherever the call is named.")
    )
    places = models.ManyToManyField(
        Place, verbose_name=_("places"), blank=True, related_name="+", help_text=_("None means everywhere.")
    )
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="+", help_text=_("None means all of them.")
    )
    body = BodyField(BodyStream(), verbose_name=_("explanation page"), blank=True)
    ideas_each = models.PositiveSmallIntegerField(
        _("ideas from each person"), null=True, blank=True, help_text=_("Empty means as many as they like.")
    )
    supports_each = models.PositiveSmallIntegerField(
        _("supports from each person"),
        null=True,
        blank=True,
        help_text=_("Empty means as many as they like."),
    )
    feeds = models.CharField(_("money"), max_length=10, choices=Feeds.choices, default=Feeds.NOTHING)
    ballot_pot_pence = models.BigIntegerField(_("money of the ballot"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    announced_at = models.DateTimeField(
        _("announced"),
        null=True,
        blank=True,
        help_text=_("From this moment everyone can see the call. Empty: it is a draft for staff."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for ideas")
        verbose_name_plural = _("calls for ideas")
        ordering = [models.F("announced_at").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ballot_pot_pence=None) | Q(feeds=Feeds.BALLOT, ballot_pot_pence__gt=0),
                name="call_pot_is_of_a_ballot",
                violation_error_message=_("Only a call that leads to a ballot has money for one."),
            ),
            models.CheckConstraint(
                condition=(Q(ideas_each=None) | Q(ideas_each__gt=0))
                & (Q(supports_each=None) | Q(supports_each__gt=0)),
                name="call_limits_leave_something",
                violation_error_message=_("A limit is at least 1. Leave it empty for no limit."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:call", args=[self.slug])

    def is_public(self, at: datetime) -> bool:
        return self.announced_at is not None and self.announced_at <= at

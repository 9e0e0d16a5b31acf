"""What a resident suggests."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from engage.kit.models import Theme
from engage.places.models import Place
from engage.residents.models import Resident
from ideas.enums import PUBLIC_STATUSES, Channel, IdeaStatus
from ideas.models.call import Call

# What text search looks in. A query that uses this same expression is answered from the index.
WORDS = SearchVector("title", weight="A", config="english") + SearchVector(
    "description", weight="B", config="english"
)


class IdeaQuerySet(models.QuerySet["Idea"]):
    def public(self) -> IdeaQuerySet:
        return self.filter(status__in=PUBLIC_STATUSES, held_at=None)


class Idea(index.Indexed, models.Model):
    """`supports_count` and `comments_count` are changed in the same transaction as the rows they count, and so are
    `for_count`, `neutral_count` and `against_count`: how many comments say what their author thinks of it.

    A pin is optional; where there is one, it decides the place. "No single place" is the council's own place.
    `sent_from` is the number of the draft it was, so that a draft sent twice is one idea. `version` grows with every
    edit by the author, so that two edits at once are noticed. An idea with `held_at` waits for a moderator: only its
    author and moderators see it. `merged_into` stays when a joined idea is removed, for when it is put back.
    """

    call = models.ForeignKey(
        Call, verbose_name=_("call"), null=True, blank=True, on_delete=models.PROTECT, related_name="ideas"
    )
    author = models.ForeignKey(
        Resident, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    title = models.CharField(_("title"), max_length=100)
    description = models.TextField(_("description"), max_length=4000)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="ideas")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    rough_cost_pence = models.BigIntegerField(_("rough cost"), null=True, blank=True)
    channel = models.CharField(_("came"), max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=IdeaStatus.choices, default=IdeaStatus.OPEN, db_index=True
    )
    supports_count = models.PositiveIntegerField(_("supports"), default=0, editable=False)
    comments_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    for_count = models.PositiveIntegerField(_("comments for it"), default=0, editable=False)
    neutral_count = models.PositiveIntegerField(
        _("comments neither for nor against it"), default=0, editable=False
    )
    against_count = models.PositiveIntegerField(_("comments against it"), default=0, editable=False)
    suggested_at = models.DateTimeField(_("suggested"), db_index=True)
    sent_from = models.UUIDField(null=True, unique=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    held_at = models.DateTimeField(_("waits for a moderator since"), null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_ideas",
        editable=False,
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("description"),
        index.AutocompleteField("title"),
        index.FilterField("status"),
        index.FilterField("held_at"),
    ]

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-suggested_at", "-id"]
        permissions = [
            ("change_idea_status", _("Can change the status of ideas")),
            ("enter_for_resident", _("Can enter ideas for residents")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="idea_pin_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(rough_cost_pence=None) | Q(rough_cost_pence__gte=0),
                name="idea_cost_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(status=IdeaStatus.MERGED, merged_into__isnull=False)
                | Q(status=IdeaStatus.REMOVED)
                | (~Q(status=IdeaStatus.MERGED) & Q(merged_into=None)),
                name="idea_merged_leads_on",
            ),
            models.CheckConstraint(condition=Q(supports_count__gte=0), name="idea_supports_not_negative"),
            models.CheckConstraint(condition=Q(comments_count__gte=0), name="idea_comments_not_negative"),
            models.CheckConstraint(
                condition=Q(comments_count__gte=F("for_count") + F("neutral_count") + F("against_count")),
                name="idea_stances_are_of_comments",
            ),
        ]
        indexes = [
            models.Index(fields=["-supports_count", "-id"], name="idea_most_supported"),
            GinIndex(WORDS, name="idea_words"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="idea_title_nearly"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slugify(self.title) or "idea"

    def get_absolute_url(self) -> str:
        return reverse("ideas:idea", args=[self.pk, self.slug])

    @property
    def words_url(self) -> str:
        """Where it can be read. The address of a joined idea itself leads on."""
        if self.status == IdeaStatus.MERGED:
            return reverse("ideas:as_it_was", args=[self.pk])
        return self.get_absolute_url()

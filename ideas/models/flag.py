"""What a moderator should look at, the reasons they give, and the author's way to object."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.enums import RAISED_BY_RULES, AppealKind, FlagOutcome, FlagSource
from ideas.models.assessment import Assessment
from ideas.models.comment import Comment
from ideas.models.idea import Idea


class FlagQuerySet(models.QuerySet["Flag"]):
    def waiting(self) -> FlagQuerySet:
        """Those that no moderator has settled, unless the words they are about were taken back by their author."""
        return self.filter(settled_at=None, comment__taken_back_at=None)


class Flag(models.Model):
    """Raised by a resident, or by a rule when something was posted. About an idea, or about one comment on it.

    A person flags a thing once, whatever becomes of it. Who it was is forgotten when they leave.
    """

    # It holds no pages or pictures; looking for some would take several statements each time.
    wagtail_reference_index_ignore = True

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="flags")
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, on_delete=models.CASCADE, related_name="flags"
    )
    source = models.CharField(_("why it is here"), max_length=12, choices=FlagSource.choices)
    words = models.CharField(_("what was said"), max_length=500, blank=True)
    raised_by = models.ForeignKey(
        Resident, verbose_name=_("raised by"), null=True, on_delete=models.SET_NULL, related_name="flags"
    )
    raised_at = models.DateTimeField(_("raised"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=FlagOutcome.choices, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["raised_at", "id"]
        permissions = [("moderate", _("Can moderate ideas and comments"))]
        indexes = [
            models.Index(fields=["raised_at", "id"], condition=Q(settled_at=None), name="flag_waiting")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "comment", "raised_by"],
                condition=Q(raised_by__isnull=False),
                nulls_distinct=False,
                name="flag_by_a_person_once",
            ),
            models.UniqueConstraint(
                fields=["idea", "comment", "source"],
                condition=Q(settled_at=None, source__in=sorted(RAISED_BY_RULES)),
                nulls_distinct=False,
                name="flag_by_a_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="flag_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_source_display())


class ReasonTemplate(models.Model):
    """A reason that moderators and officers give often. `version` grows with every change."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    text = models.CharField(_("reason"), max_length=300)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Appeal(models.Model):
    """The author objects, once, to what was removed or to the answer that was given; somebody else decides."""

    # It holds no pages or pictures; looking for some would take several statements each time.
    wagtail_reference_index_ignore = True

    kind = models.CharField(_("against"), max_length=10, choices=AppealKind.choices)
    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="appeals")
    comment = models.OneToOneField(
        Comment, verbose_name=_("comment"), null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    assessment = models.OneToOneField(
        Assessment, verbose_name=_("assessment"), null=True, on_delete=models.CASCADE, related_name="appeal"
    )
    author = models.ForeignKey(Resident, null=True, on_delete=models.SET_NULL, related_name="appeals")
    words = models.TextField(_("objection"), max_length=2000)
    made_at = models.DateTimeField(_("made"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    upheld = models.BooleanField(_("the author was right"), null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(kind=AppealKind.REMOVED_IDEA), name="appeal_for_an_idea_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=AppealKind.REMOVED_IDEA, comment=None, assessment=None)
                | Q(kind=AppealKind.REMOVED_COMMENT, comment__isnull=False, assessment=None)
                | Q(kind=AppealKind.ANSWER, comment=None, assessment__isnull=False),
                name="appeal_against_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, upheld=None)
                | (Q(decided_at__isnull=False, upheld__isnull=False) & ~Q(answer="")),
                name="appeal_decided_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.idea_id}"

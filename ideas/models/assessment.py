"""What the council's people find out about an idea before it is answered."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ideas.enums import Feasibility, PolicyFit, Verdict
from ideas.models.idea import Idea


class Team(models.Model):
    """People who share a list of ideas to assess."""

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    name = models.CharField(_("name"), max_length=80, unique=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("members"), blank=True, related_name="idea_teams"
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """The facts and the public answer. One a second time, after an appeal: it then `reassesses` the first.

    `version` grows with every change, so that two officers who write at once notice each other.
    """

    wagtail_reference_index_ignore = True

    idea = models.ForeignKey(
        Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="assessments"
    )
    reassesses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reassessment"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assessments",
    )
    team = models.ForeignKey(
        Team,
        verbose_name=_("team"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assessments",
    )
    assigned_at = models.DateTimeField(_("assigned"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    cost_low_pence = models.BigIntegerField(_("lowest cost"), null=True, blank=True)
    cost_high_pence = models.BigIntegerField(_("highest cost"), null=True, blank=True)
    feasibility = models.CharField(
        _("can it be done?"), max_length=10, choices=Feasibility.choices, blank=True
    )
    policy_fit = models.CharField(
        _("does it fit the council's plans?"), max_length=10, choices=PolicyFit.choices, blank=True
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices, blank=True)
    answer = models.TextField(_("public answer"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["assigned_at", "id"]
        permissions = [
            ("assign_assessment", _("Can assign ideas to be assessed")),
            ("assess_idea", _("Can assess ideas and answer them")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(reassesses=None), name="assessed_once_and_once_again"
            ),
            models.CheckConstraint(
                condition=Q(cost_low_pence=None, cost_high_pence=None)
                | Q(cost_low_pence__gte=0, cost_high_pence__gte=F("cost_low_pence")),
                name="assessment_cost_is_a_range",
                violation_error_message=_("The highest cost must not be below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(verdict="") & ~Q(answer="") & ~Q(reason="")),
                name="answered_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="reassessed_by_another",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("answered_by_id", "reassesses_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "NEW.reassesses_id IS NOT NULL AND NEW.answered_by_id IS NOT NULL"
                ),
                func="""
                    IF EXISTS (
                        SELECT FROM ideas_assessment first
                        WHERE first.id = NEW.reassesses_id AND first.answered_by_id = NEW.answered_by_id
                    ) THEN
                        RAISE EXCEPTION 'Whoever answered an idea does not decide about the appeal against it'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'reassessed_by_another';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.get_verdict_display()}"


class Note(models.Model):
    """For the people who assess, and nobody else."""

    wagtail_reference_index_ignore = True

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=4000)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

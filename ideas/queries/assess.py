"""What officers look at: the ideas that wait for an answer, and what was found out about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from engage.accounts.models import Account
from engage.audit.models import Record
from ideas.enums import OPEN_STATUSES
from ideas.models import Assessment, Idea, Note


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """What one person should answer: the most urgent, how many in all, and how many are late."""

    urgent: list[Assessment]
    count: int
    late: int


def assessments_of(idea: Idea) -> list[Assessment]:
    """The assessment, and the one after an appeal when there is one, with the appeal."""
    found = idea.assessments.select_related("appeal", "officer", "team", "answered_by", "changed_by")
    return list(found.order_by("assigned_at", "pk"))


def current_assessment(idea: Idea) -> Assessment | None:
    """The latest: the one that is still to be answered, or whose answer stands."""
    return idea.assessments.select_related("reassesses", "officer", "team").order_by("-pk").first()


def notes_of(idea: Idea) -> list[Note]:
    return list(idea.notes.select_related("written_by").order_by("-written_at", "-pk"))


def to_assess() -> QuerySet[Idea]:
    """Public ideas without an answer, and those whose author asked for another look.

    `waiting` is the assessment that is to be answered; an idea of which nobody was asked has no such attribute.
    `waits_since` is when somebody was, else when the idea was suggested.
    """
    to_answer = FilteredRelation("assessments", condition=Q(assessments__answered_at=None))
    answered = Assessment.objects.filter(idea=OuterRef("pk"), answered_at__isnull=False)
    found: Any = Idea.objects.public().annotate(
        waiting=to_answer, waits_since=Coalesce("waiting__assigned_at", "suggested_at")
    )
    without_answer = Q(status__in=OPEN_STATUSES) & ~Exists(answered)
    return found.filter(Q(waiting__isnull=False) | without_answer).select_related(
        "place", "waiting__officer", "waiting__team"
    )


def waiting_for(account: Account, *, today: date, most: int = 5) -> ToAnswer:
    """What this person should answer, alone or with a team."""
    mine = Assessment.objects.filter(answered_at=None, idea__in=Idea.objects.public().values("pk")).filter(
        Q(officer=account) | Q(officer=None, team__in=account.idea_teams.values("pk"))
    )
    urgent = mine.select_related("idea__place", "team").order_by(
        F("due_on").asc(nulls_last=True), "assigned_at"
    )
    counts = mine.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return ToAnswer(urgent=list(urgent[:most]), count=counts["all"], late=counts["late"])


def records_of(idea: Idea, *, most: int = 100) -> list[Record]:
    """Who did what to an idea, the latest first."""
    found = Record.objects.filter(subject_type="ideas.idea", subject_id=idea.pk).select_related("actor")
    return list(found[:most])


def people_to_assign() -> QuerySet[Account]:
    """Who may be given an idea to assess: those whose role allows it."""
    asked = Permission.objects.filter(content_type__app_label="ideas", codename="assess_idea").values("pk")
    held = Q(is_superuser=True) | Q(groups__permissions__in=asked) | Q(user_permissions__in=asked)
    found = Account.objects.filter(held, is_active=True).distinct()
    return found.order_by("first_name", "last_name", "email")

"""From being asked to look at an idea to the council's answer, and the second look after an appeal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from ideas.actions.common import lock, words_of
from ideas.actions.status import set_status
from ideas.enums import AppealKind, IdeaStatus, Verdict
from ideas.events import (
    IDEA_ANSWER_APPEALED,
    IDEA_ANSWERED,
    IDEA_ASSESSED,
    IDEA_ASSIGNED,
    IDEA_NOTED,
    TEAM_SAVED,
)
from ideas.models import Appeal, Assessment, Idea, Note, Team
from ideas.permissions import can_be_assessed, may_answer_again, may_appeal_answer, may_assess, may_assign
from ideas.queries import assessments_of, current_assessment
from ideas.rules.statuses import VERDICT_STATUSES, Who, may_follow

ANSWER_LIMIT = 4000
WHY_LIMIT = 2000
NOTE_LIMIT = 4000
OBJECTION_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out. Costs are whole pence, both or neither; the two judgements may still be open."""

    cost_low_pence: int | None = None
    cost_high_pence: int | None = None
    feasibility: str = ""
    policy_fit: str = ""


# --- who looks at it --------------------------------------------------------------------------------------


@transaction.atomic
def assign_ideas(
    *,
    ideas: Iterable[Idea],
    by: Account,
    at: datetime,
    officer: Account | None = None,
    team: Team | None = None,
    due_on: date | None = None,
) -> list[Assessment]:
    """Ask a person, a team, or a person of a team to look at these ideas. All or none.

    An idea that gathers support is being looked at from then on.
    """
    require(may_assign(by))
    if officer is None and team is None:
        raise Refused(Denied(_("Choose a person, a team, or both."), status=422, field="officer"))
    if officer is not None and not may_assess(officer):
        raise Refused(
            Denied(
                _("%(name)s may not assess ideas. Choose somebody else.") % {"name": officer},
                status=422,
                field="officer",
            )
        )
    chosen = sorted(ideas, key=lambda idea: idea.pk)
    if not chosen:
        raise Refused(Denied(_("Choose at least one idea."), status=422, field="ideas"))
    return [_assign(idea, officer, team, due_on, by=by, at=at) for idea in chosen]


def _assign(
    idea: Idea, officer: Account | None, team: Team | None, due_on: date | None, *, by: Account, at: datetime
) -> Assessment:
    locked = lock(idea)
    assessment = _to_write(locked, at=at)
    if officer is not None:
        _not_their_own(officer, assessment)
    assessment.officer, assessment.team, assessment.due_on, assessment.assigned_at = officer, team, due_on, at
    _save(assessment, by=by, at=at)
    if locked.status == IdeaStatus.OPEN:
        why = _("People at the council are finding out what it takes.")
        set_status(idea, locked, IdeaStatus.ASSESSING, why, actor=by, at=at)
    record(
        IDEA_ASSIGNED,
        subject=locked,
        actor=by,
        at=at,
        assessment=assessment.pk,
        officer=officer.pk if officer else None,
        team=team.pk if team else None,
    )
    return assessment


@transaction.atomic
def save_team(
    *, name: str, members: Iterable[Account], by: Account, at: datetime, team: Team | None = None
) -> Team:
    """Add a team, or make `team` be as said."""
    require(may_assign(by))
    team = Team.objects.select_for_update().get(pk=team.pk) if team else Team()
    team.name = words_of(name, 80, "name", gettext_lazy("Give the team a name."))
    team.save()
    team.members.set(members)
    record(TEAM_SAVED, subject=team, actor=by, at=at)
    return team


# --- what they find out -----------------------------------------------------------------------------------


@transaction.atomic
def save_assessment(
    *, idea: Idea, findings: Findings, by: Account, at: datetime, version: int | None = None, **draft: str
) -> Assessment:
    """Keep what was found out so far, and a `draft` of the answer (`verdict`, `answer`, `reason`). Not public yet.

    `version` is the one that `by` saw (0 when there was none); refused when somebody has changed it since.
    """
    require(may_assess(by))
    assessment = _to_write(lock(idea), at=at, by=by)
    _not_behind(assessment, version)
    _write(assessment, findings, draft)
    _save(assessment, by=by, at=at)
    record(IDEA_ASSESSED, subject=idea, actor=by, at=at, assessment=assessment.pk)
    return assessment


@transaction.atomic
def write_note(*, idea: Idea, text: str, by: Account, at: datetime) -> Note:
    """For those who assess, never for the public."""
    require(may_assess(by))
    words = words_of(text, NOTE_LIMIT, "text", gettext_lazy("Write the note before you keep it."))
    note = Note.objects.create(idea=idea, text=words, written_at=at, written_by=by)
    record(IDEA_NOTED, subject=idea, actor=by, at=at, note=note.pk)
    return note


# --- what the council answers -----------------------------------------------------------------------------


@transaction.atomic
def answer_idea(
    *,
    idea: Idea,
    verdict: Verdict | str,
    answer: str,
    reason: str,
    findings: Findings,
    by: Account,
    at: datetime,
    version: int | None = None,
) -> Assessment:
    """Publish the council's answer with its reason; the idea moves to the status that goes with it.

    After an appeal it is the second answer: by somebody else, and it says whether the author was right.
    """
    require(may_assess(by))
    locked = lock(idea)
    assessment = _to_write(locked, at=at, by=by)
    require(may_answer_again(by, assessment))
    _not_behind(assessment, version)
    if verdict not in Verdict.values:
        raise Refused(Denied(_("Choose what the council answers."), status=422, field="verdict"))
    if not findings.feasibility or not findings.policy_fit:
        field = "policy_fit" if findings.feasibility else "feasibility"
        raise Refused(Denied(_("Say this before you answer. Everyone can read it."), status=422, field=field))
    words = {
        "answer": words_of(
            answer, ANSWER_LIMIT, "answer", gettext_lazy("Write the answer. Everyone can read it.")
        ),
        "reason": words_of(
            reason, WHY_LIMIT, "reason", gettext_lazy("Give the reason. Everyone can read it.")
        ),
    }
    _write(assessment, findings, {"verdict": str(verdict), **words})
    assessment.answered_at, assessment.answered_by = at, by
    _save(assessment, by=by, at=at)
    after = VERDICT_STATUSES[verdict]
    if locked.status != after and not _stays(assessment):
        require(may_follow(locked.status, after, {Who.OFFICER}))
        set_status(idea, locked, after, words["reason"], actor=by, at=at)
    if assessment.reassesses is not None:
        _settle(assessment, by=by, at=at)
    record(IDEA_ANSWERED, subject=locked, actor=by, at=at, assessment=assessment.pk, verdict=str(verdict))
    return assessment


@transaction.atomic
def appeal_answer(*, idea: Idea, words: str, by: Account, at: datetime) -> Appeal:
    """The author asks for another look, once. The answer stands until somebody else, of the same team, has answered."""
    locked = lock(idea)
    assessments = assessments_of(locked)
    require(may_appeal_answer(by, locked, assessments, at=at))
    first = assessments[0]
    objection = words_of(
        words,
        OBJECTION_LIMIT,
        "words",
        gettext_lazy("Say what you think was overlooked, so that somebody can look."),
    )
    appeal = Appeal.objects.create(
        kind=AppealKind.ANSWER,
        idea=locked,
        assessment=first,
        author=locked.author,
        words=objection,
        made_at=at,
    )
    facts = {
        name: getattr(first, name)
        for name in ("cost_low_pence", "cost_high_pence", "feasibility", "policy_fit")
    }
    Assessment.objects.create(idea=locked, reassesses=first, team=first.team, assigned_at=at, **facts)
    record(IDEA_ANSWER_APPEALED, subject=locked, actor=by, at=at, appeal=appeal.pk)
    return appeal


def _settle(second: Assessment, *, by: Account, at: datetime) -> None:
    first = second.reassesses
    assert first is not None
    Appeal.objects.filter(assessment=first, decided_at=None).update(
        decided_at=at, decided_by=by, upheld=second.verdict != first.verdict, answer=second.reason
    )


def _stays(second: Assessment) -> bool:
    """The second answer is as the first, so the idea stays where it has got to since."""
    return second.reassesses is not None and second.reassesses.verdict == second.verdict


# --- what they share --------------------------------------------------------------------------------------


def _to_write(locked: Idea, *, at: datetime, by: Account | None = None) -> Assessment:
    """The assessment that is to be answered; whoever writes without having been asked has taken it on."""
    current = current_assessment(locked)
    require(can_be_assessed(locked, current))
    return current or Assessment(idea=locked, officer=by, assigned_at=at, version=0)


def _write(assessment: Assessment, findings: Findings, words: dict[str, str]) -> None:
    low, high = findings.cost_low_pence, findings.cost_high_pence
    if (low is None) != (high is None):
        field = "cost_low" if low is None else "cost_high"
        raise Refused(
            Denied(
                _("Give both amounts, or leave both empty. They may be the same."), status=422, field=field
            )
        )
    if low is not None and high is not None and high < low:
        raise Refused(
            Denied(_("The highest cost must not be below the lowest."), status=422, field="cost_high")
        )
    for name, value in (asdict(findings) | words).items():
        setattr(assessment, name, value)


def _save(assessment: Assessment, *, by: Account, at: datetime) -> None:
    assessment.version += 1
    assessment.changed_at, assessment.changed_by = at, by
    assessment.save()


def _not_their_own(officer: Account, assessment: Assessment) -> None:
    if may_answer_again(officer, assessment):
        return
    sentence = _("%(name)s gave the first answer, so somebody else must look again. Choose another person.")
    raise Refused(Denied(sentence % {"name": officer}, status=409, field="officer"))


def _not_behind(assessment: Assessment, version: int | None) -> None:
    if version is None or version == assessment.version:
        return
    raise Refused(
        Denied(
            _(
                "%(name)s changed this assessment while you were writing. Nothing you typed is lost: it is still below."
                " What they wrote is shown beside it. Put the two together, then save again."
            )
            % {"name": assessment.changed_by or _("Somebody else")},
            status=409,
        )
    )

"""Setting a ballot up, and opening it: from then on it is frozen."""

from __future__ import annotations

import secrets as entropy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.ballots import events
from budgets.ballots.actions.common import BALLOT_REFUSALS, hold, require_phase
from budgets.ballots.enums import Kind, Phase, Words
from budgets.ballots.models import Ballot, BallotVersion, Erratum, Pot, Project, Secrets
from budgets.ballots.permissions import may_prepare, may_run
from budgets.ballots.queries import checklist, draft_document, shown
from budgets.ballots.rules.frozen import canonical, commitment, fingerprint
from budgets.models import Budget, Organisation
from budgets.permissions import given_by_hand
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.models import Theme
from engage.kit.refusals import writing
from engage.kit.words import words_of
from engage.places.models import Place
from ideas.models import Idea

LIMITS = {Words.TITLE: 120, Words.SUMMARY: 300, Words.DESCRIPTION: 4000, Words.ASSESSMENT: 4000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a ballot is, apart from its money and projects. `rule` is a whole line: see `rules/counting.py`."""

    title: str
    place: Place
    summary: str = ""
    minimum_age: int = 16
    proofs: list[str] = field(default_factory=list)
    on_paper: bool = False
    kind: str = Kind.APPROVAL
    most: int | None = None
    points: int | None = None
    points_most: int | None = None
    rule: str = ""
    seed_source: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    turnout_shown: bool = False
    languages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PotDetails:
    name: str
    place: Place
    amount_pence: int
    budget: Budget | None = None
    key: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetails:
    """`key` is given when left out: P1, P2 and so on; `image` is a Wagtail image."""

    title: str
    cost_pence: int
    place: Place
    key: str = ""
    summary: str = ""
    description: str = ""
    assessment: str = ""
    theme: Theme | None = None
    idea: Idea | None = None
    exclusive: str = ""
    image: Any = None
    alt: str = ""
    organisation: Organisation | None = None
    promised_on: date | None = None
    order: int = 0


def set_up_ballot(*, details: Details, by: Account, at: datetime) -> Ballot:
    """A new ballot, with its secret drawn and sealed."""
    with writing(BALLOT_REFUSALS):
        require(may_prepare(by))
        ballot = Ballot.objects.create(**_fields(details), set_up_at=at, set_up_by=by)
        secret = entropy.token_hex(32)
        Secrets.objects.create(ballot=ballot, secret=secret, secret_sha256=commitment(secret))
        record(events.BALLOT_SET_UP, subject=ballot, actor=by, at=at)
    return ballot


def change_ballot(
    *, ballot: Ballot, details: Details, revision: int | None = None, by: Account, at: datetime
) -> Ballot:
    """Refused (409) when somebody changed it since `revision` was read."""
    with writing(BALLOT_REFUSALS):
        held = _draft(ballot, by, at, revision)
        for name, value in _fields(details).items():
            setattr(held, name, value)
        _touch(held, by, at)
    return held


def remove_ballot(*, ballot: Ballot, by: Account, at: datetime) -> None:
    """A draft that will not be needed."""
    with writing(BALLOT_REFUSALS):
        held = _draft(ballot, by, at)
        record(events.BALLOT_REMOVED, subject=held, actor=by, at=at, title=held.title)
        held.projects.all().delete()
        held.delete()


def add_pot(*, ballot: Ballot, details: PotDetails, by: Account, at: datetime) -> Pot:
    with writing(BALLOT_REFUSALS):
        held = _draft(ballot, by, at)
        taken = set(held.pots.values_list("key", flat=True))
        _require_payable(details)
        facts = _values(details) | {"key": details.key or _free(slugify(details.name)[:34] or "pot", taken)}
        pot = Pot.objects.create(ballot=held, **facts)
        _touch(held, by, at)
    return pot


def change_pot(*, pot: Pot, details: PotDetails, by: Account, at: datetime) -> Pot:
    with writing(BALLOT_REFUSALS):
        held = _draft(pot.ballot, by, at)
        _require_payable(details)
        for name, value in _values(details).items():
            if name != "key" or value:
                setattr(pot, name, value)
        pot.save()
        _touch(held, by, at)
    return pot


def remove_pot(*, pot: Pot, by: Account, at: datetime) -> None:
    """With its projects."""
    with writing(BALLOT_REFUSALS):
        held = _draft(pot.ballot, by, at)
        pot.projects.all().delete()
        pot.delete()
        _touch(held, by, at)


def add_project(*, pot: Pot, details: ProjectDetails, by: Account, at: datetime) -> Project:
    with writing(BALLOT_REFUSALS):
        held = _draft(pot.ballot, by, at)
        taken = set(held.projects.values_list("key", flat=True))
        number = next(n for n in range(1, len(taken) + 2) if f"P{n}" not in taken)
        facts = _values(details) | {"key": details.key or f"P{number}", "order": details.order or number}
        project = Project.objects.create(ballot=held, pot=pot, **facts)
        _touch(held, by, at)
    return project


def add_idea(*, pot: Pot, idea: Idea, cost_pence: int, by: Account, at: datetime) -> Project:
    """A project with an idea's title, words, theme and place; each can be changed until the ballot opens."""
    details = ProjectDetails(
        title=idea.title[:120],
        cost_pence=cost_pence,
        place=idea.place,
        description=idea.description,
        theme=idea.theme,
        idea=idea,
    )
    return add_project(pot=pot, details=details, by=by, at=at)


def change_project(
    *, project: Project, pot: Pot, details: ProjectDetails, by: Account, at: datetime
) -> Project:
    with writing(BALLOT_REFUSALS):
        held = _draft(project.ballot, by, at)
        project.pot = pot
        for name, value in _values(details).items():
            if name not in {"key", "order"} or value:
                setattr(project, name, value)
        project.save()
        _touch(held, by, at)
    return project


def remove_project(*, project: Project, by: Account, at: datetime) -> None:
    with writing(BALLOT_REFUSALS):
        held = _draft(project.ballot, by, at)
        project.delete()
        _touch(held, by, at)


def open_ballot(*, ballot: Ballot, by: Account, at: datetime) -> BallotVersion:
    """Freeze it: voting starts and ends by the clock from now on. Refused while the checklist misses something.

    The seed of ties is drawn and sealed here, when nothing it could favour changes any more.
    """
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        require_phase(held, {Phase.DRAFT}, at)
        # Whoever opens another ballot on the same money waits, and then sees that this one has its part.
        list(Budget.objects.select_for_update().filter(pk__in=held.pots.values("budget")).order_by("pk"))
        missing = [item.sentence for item in checklist(held, at) if item.must]
        if missing:
            raise Refused(Denied(" ".join(missing), status=422))
        seed = entropy.token_hex(32)
        Secrets.objects.filter(ballot=held).update(seed=seed)
        promise = commitment(seed)
        content = canonical(draft_document(held, promise))
        version = BallotVersion.objects.create(
            ballot=held,
            document=content,
            sha256=fingerprint(content),
            commitment=promise,
            opened_at=at,
            opened_by=by,
        )
        record(events.BALLOT_OPENED, subject=held, actor=by, at=at, sha256=version.sha256)
    return version


def publish_erratum(
    *,
    ballot: Ballot,
    project: str,
    what: str,
    after: str,
    reason: str,
    language: str = "",
    by: Account,
    at: datetime,
) -> Erratum:
    """Put words of a project right, in one language, with the reason beside them. Its money and the rules cannot be.

    Until voting ends; a title, by which people know what they vote on, only until voting starts.
    """
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        now = require_phase(held, {Phase.ANNOUNCED, Phase.VOTING}, at)
        if what == Words.TITLE and now != Phase.ANNOUNCED:
            raise Refused(
                Denied(
                    _("People are voting by this title. Put it right in the description instead."),
                    status=409,
                    field="what",
                )
            )
        projects = {each["key"]: each for each in shown(held).document["projects"]}
        if project not in projects or what not in LIMITS:
            raise Refused(Denied(_("Only the words of a project can be put right."), status=422))
        before = projects[project]
        if language:
            before = before["words"].get(language, {})
            if language not in held.languages[1:] or what not in before:
                raise Refused(
                    Denied(_("This ballot has no such words in this language."), status=422, field="language")
                )
        words = words_of(after, LIMITS[Words(what)], "after", gettext_lazy("Write what it should say."))
        why = words_of(reason, 1000, "reason", gettext_lazy("Give the reason. Everybody reads it."))
        erratum = Erratum.objects.create(
            version=held.version,
            project=project,
            field=what,
            language=language,
            before=before[what],
            after=words,
            reason=why,
            by=by,
            at=at,
        )
        record(events.ERRATUM_PUBLISHED, subject=held, actor=by, at=at, project=project, field=what)
    return erratum


# --- steps ------------------------------------------------------------------------------------------------


def _draft(ballot: Ballot, by: Account, at: datetime, revision: int | None = None) -> Ballot:
    require(may_prepare(by))
    held = hold(ballot)
    if revision is not None and revision != held.revision:
        raise Refused(
            Denied(_("Somebody changed this ballot since you opened it. Look at it again."), status=409)
        )
    return held


def _require_payable(details: PotDetails) -> None:
    """Winners become awards of that budget, so it must be one from which awards are recorded by hand."""
    if details.budget is not None:
        require(given_by_hand(details.budget))


def _touch(held: Ballot, by: Account, at: datetime) -> None:
    held.revision += 1
    held.save()
    record(events.BALLOT_CHANGED, subject=held, actor=by, at=at)


def _fields(details: Details) -> dict[str, Any]:
    return {name: getattr(details, name) for name in Details.__dataclass_fields__} | {
        "title": words_of(details.title, 120, "title", gettext_lazy("Give the ballot a title."))
    }


def _values(details: PotDetails | ProjectDetails) -> dict[str, Any]:
    return {name: getattr(details, name) for name in details.__dataclass_fields__}


def _free(stem: str, taken: set[str]) -> str:
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)

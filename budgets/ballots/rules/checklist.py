"""What is missing before a ballot can be opened, and what to think about first. Pure: facts in, words out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.ballots.enums import Kind, Proof
from budgets.ballots.rules.counting import reads
from budgets.count import UnknownRule, parse
from engage.kit.money import pounds


@dataclass(frozen=True, slots=True)
class PotFacts:
    """`remaining` of the `budget` that pays, in pence; None when none is named. `held` of it is for other open ballots.

    `refused` says why that budget cannot pay at all.
    """

    key: str
    name: str
    amount: int
    remaining: int | None
    budget: str = ""
    held: int = 0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    key: str
    title: str
    pot: str
    cost: int
    exclusive: str
    described: bool
    assessed: bool
    has_organisation: bool


@dataclass(frozen=True, slots=True)
class BallotFacts:
    """`untranslated`: language → how many titles, summaries and so on are missing in it."""

    kind: Kind
    rule: str
    most: int | None
    points: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    proofs: Collection[str]
    on_paper: bool
    pots: tuple[PotFacts, ...]
    projects: tuple[ProjectFacts, ...]
    electors: int = 0
    codes: int = 0
    known_proofs: Collection[str] = ()
    lacking: Mapping[str, str] = field(default_factory=dict)
    untranslated: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """`must`: it cannot be opened like this. `where` is the part to mend: "details", "voters", "money", "projects"."""

    sentence: str
    where: str
    must: bool = True


def checklist(facts: BallotFacts, *, at: datetime) -> list[Item]:
    """Empty when nothing is missing and there is nothing to think about."""
    return [
        *_dates(facts, at),
        *_limits(facts),
        *_rule(facts),
        *_voters(facts),
        *_money(facts),
        *_projects(facts),
    ]


def _dates(facts: BallotFacts, at: datetime) -> list[Item]:
    if facts.opens_at is None or facts.closes_at is None:
        return [Item(_("Say when voting starts and when it ends."), "details")]
    if facts.closes_at <= at:
        return [Item(_("Voting would have ended already. Choose a later day."), "details")]
    return []


def _limits(facts: BallotFacts) -> list[Item]:
    if facts.kind == Kind.PICK and not facts.most:
        return [Item(_("Say how many projects people can choose."), "details")]
    if facts.kind == Kind.POINTS and not facts.points:
        return [Item(_("Say how many points people can share out."), "details")]
    return []


def _rule(facts: BallotFacts) -> list[Item]:
    wrong = fault(facts.rule, facts.kind)
    return [Item(wrong, "details")] if wrong else []


def fault(line: str, kind: Kind) -> str:
    """Why ballots of this kind cannot be counted by this rule; empty when they can."""
    if not line:
        return _("Choose how the ballots are counted.")
    try:
        rule = parse(line)
    except UnknownRule as error:
        return str(error)
    found = [
        (
            not reads(rule, kind),
            _("This count looks at something that this kind of ballot does not have. Choose another."),
        ),
        ("lot" not in rule.ties, _("The count must say that ties are drawn by lot at the end.")),
        (
            bool(rule.seed),
            _("The rule must say “lot” alone: the lot is drawn by the seed that opening seals, by no other."),
        ),
        (
            not rule.threshold,
            _("The rule must ask for a vote at least, or what nobody wants is funded: threshold=votes>=1."),
        ),
    ]
    return next((sentence for is_so, sentence in found if is_so), "")


def _voters(facts: BallotFacts) -> list[Item]:
    found = []
    if not set(facts.proofs) & set(facts.known_proofs):
        found.append(Item(_("Say how people show that they may vote. Until then nobody may."), "voters"))
    if strange := set(facts.proofs) - set(facts.known_proofs):
        found.append(
            Item(_("“%(proof)s” is not a way to show that one may vote.") % {"proof": min(strange)}, "voters")
        )
    found += [Item(facts.lacking[proof], "voters") for proof in facts.proofs if proof in facts.lacking]
    if Proof.ROLL in facts.proofs and not facts.electors:
        found.append(Item(_("Load the electoral roll: it is empty."), "voters"))
    if Proof.CODE in facts.proofs and not facts.codes:
        found.append(Item(_("No voting codes have been made yet."), "voters", must=False))
    if facts.on_paper and not {Proof.ROLL, Proof.CODE} & set(facts.proofs):
        found.append(
            Item(_("Voting on paper needs the electoral roll or codes, to tell who has voted."), "voters")
        )
    if {Proof.EMAIL, Proof.PHONE, Proof.ACCOUNT} & set(facts.proofs):
        found.append(
            Item(
                _(
                    "An email address, a telephone or an account is not a person: somebody can have several"
                    " and vote with each."
                    " For money that binds, use the electoral roll or codes."
                ),
                "voters",
                must=False,
            )
        )
    if Proof.ROLL in facts.proofs:
        found.append(
            Item(
                _(
                    "Whoever has the electoral register can vote for somebody on it, or change their vote."
                    " Codes by post are safer."
                ),
                "voters",
                must=False,
            )
        )
    if (
        len(set(facts.proofs) - {Proof.ROLL, Proof.CODE}) + bool({Proof.ROLL, Proof.CODE} & set(facts.proofs))
        > 1
    ):
        found.append(
            Item(
                _(
                    "These ways do not know of each other: the same person could vote once in each."
                    " Only the electoral roll and codes made from it go together."
                ),
                "voters",
                must=facts.on_paper,  # voting on paper stops voting online, whatever somebody would show there
            )
        )
    return found


def _money(facts: BallotFacts) -> list[Item]:
    if not facts.pots:
        return [Item(_("Say how much money there is: add a pot."), "money")]
    found = []
    for pot in facts.pots:
        if pot.remaining is None:
            found.append(
                Item(
                    _("“%(pot)s” does not say which budget pays for it.") % {"pot": pot.name},
                    "money",
                    must=False,
                )
            )
        elif pot.refused:
            found.append(
                Item(
                    _("“%(pot)s” cannot be paid from its budget. %(why)s")
                    % {"pot": pot.name, "why": pot.refused},
                    "money",
                )
            )
    budgets: dict[str, list[PotFacts]] = {}
    for pot in facts.pots:
        budgets.setdefault(pot.budget or pot.key, []).append(pot)
    return found + [item for pots in budgets.values() for item in _one_budget(pots)]


def _one_budget(pots: list[PotFacts]) -> list[Item]:
    """All pots that one budget pays for, held against what it has left when other open ballots have theirs."""
    if pots[0].remaining is None:
        return []
    needed, held = sum(pot.amount for pot in pots), pots[0].held
    if needed <= pots[0].remaining - held:
        return []
    words = (
        _("%(pots)s is %(amount)s, but its budget has only %(left)s left.")
        if len(pots) == 1
        else _("%(pots)s are %(amount)s together, but their budget has only %(left)s left.")
    )
    if held:
        words += " " + _("Of this, %(held)s is for other ballots that are open.")
    said = {
        "pots": ", ".join(f"“{pot.name}”" for pot in pots),
        "amount": pounds(needed),
        "left": pounds(pots[0].remaining),
        "held": pounds(held),
    }
    return [Item(words % said, "money")]


def _projects(facts: BallotFacts) -> list[Item]:
    pots = {pot.key: pot for pot in facts.pots}
    found = [
        Item(_("“%(pot)s” needs two projects to choose from.") % {"pot": pot.name}, "projects")
        for pot in facts.pots
        if sum(project.pot == pot.key for project in facts.projects) < 2
    ]
    for project in facts.projects:
        found += _one_project(project, pots.get(project.pot))
    found += [item for name, missing in facts.untranslated.items() for item in _words(name, missing)]
    groups = [(project.pot, project.exclusive) for project in facts.projects if project.exclusive]
    for group in dict.fromkeys(groups):
        if groups.count(group) == 1:
            found.append(
                Item(
                    _("“%(group)s” is a choice between one project. Give it another, or take it off.")
                    % {"group": group[1]},
                    "projects",
                )
            )
    return found


def _words(language: str, missing: Mapping[str, int]) -> list[Item]:
    """Nobody finds a project without its title; all else is read in the first language where it is missing."""
    found = []
    if number := missing.get("title"):
        said = ngettext(
            "%(number)d title is missing in %(language)s. Write it, or take the language off.",
            "%(number)d titles are missing in %(language)s. Write them, or take the language off.",
            number,
        )
        found.append(Item(said % {"number": number, "language": language}, "projects"))
    names = {
        "summary": _("summaries"),
        "description": _("descriptions"),
        "assessment": _("officer’s assessments"),
    }
    texts = [f"{name} ({missing[key]})" for key, name in names.items() if missing.get(key)]
    if texts:
        said = _("Missing in %(language)s, and read in the first language instead: %(texts)s.")
        said %= {"language": language, "texts": ", ".join(texts)}
        found.append(Item(said, "projects", must=False))
    if missing.get("instructions"):
        said = _(
            "In %(language)s the printed paper does not say how to vote on it: that stands there in English."
        )
        found.append(Item(said % {"language": language}, "projects", must=False))
    return found


def _one_project(project: ProjectFacts, pot: PotFacts | None) -> list[Item]:
    """What is paid for by a budget must say who carries it out: it becomes an award when it wins."""
    paid = pot is not None and pot.remaining is not None
    dear = _("“%(project)s” costs %(cost)s, more than all of “%(pot)s”. It could never be funded.")
    free = _("“%(project)s” costs nothing. A vote shares out money: give it its cost, or take it off.")
    nobody = _("“%(project)s” does not say who carries it out. If it wins, nobody can be promised its money.")
    said = [
        (dear, pot is not None and project.cost > pot.amount, True),
        (free, not project.cost, True),
        (nobody, not project.has_organisation, paid),
        (_("“%(project)s” has no description."), not project.described, True),
        (_("“%(project)s” has no officer’s assessment."), not project.assessed, False),
    ]
    names = {"project": project.title, "cost": pounds(project.cost), "pot": pot.name if pot else ""}
    return [Item(sentence % names, "projects", must) for sentence, is_so, must in said if is_so]

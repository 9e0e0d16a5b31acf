"""After the vote: the box is opened, counted, decided about, published, and winners become awards."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from random import SystemRandom
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Count as Tally
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.actions import commit_award
from budgets.ballots import events
from budgets.ballots.actions.common import (
    BALLOT_REFUSALS,
    copy_in,
    delete_all,
    hold,
    require_phase,
)
from budgets.ballots.actions.reckon import reckon
from budgets.ballots.enums import Channel, Level, Phase
from budgets.ballots.models import (
    Ballot,
    Code,
    Count,
    Departure,
    Elector,
    Leaf,
    Log,
    Milestone,
    OpenedVote,
    Pot,
    Project,
    Publication,
    Receipt,
    SealedVote,
    Secrets,
    Won,
)
from budgets.ballots.permissions import may_run
from budgets.ballots.queries import frozen_document, secret_of
from budgets.ballots.queries.counts import file_facts, winners_of
from budgets.ballots.rules import counting
from budgets.ballots.rules.envelope import Broken, unseal
from budgets.ballots.rules.frozen import Seed, commitment, fingerprint, lot
from budgets.ballots.rules.merkle import root
from budgets.ballots.rules.sheet import PotOnSheet, Sheet
from budgets.count import document, write
from budgets.models import Award
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import writing
from engage.kit.words import words_of

_BATCH = 5_000
PUBLIC_VALUE = re.compile(r"[0-9A-Za-z .,:/+-]{1,200}")


def close_ballot(*, ballot: Ballot, by: Account, at: datetime) -> Log:
    """Open the box, once voting has ended and all paper is reconciled. What leads from people to votes is destroyed.

    Votes, receipts and the roll are written anew in random order; the sealed votes, the electors, the codes and the
    secret go.
    """
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        require_phase(held, {Phase.ENDED}, at)
        _require_paper_is_done(held)
        opened = _opened(held)
        commitments = list(Receipt.objects.filter(ballot=held).values_list("commitment", flat=True))
        _require_adds_up(held, len(commitments))
        _require_every_pot_adds_up(held, opened)
        for rows in (opened, commitments):
            SystemRandom().shuffle(rows)
        copy_in(OpenedVote, ("id", "ballot_id", "pot", "marks"), _votes(held, opened))
        lines = ((held.pk, number, each) for number, each in enumerate(commitments))
        copy_in(Leaf, ("ballot_id", "number", "commitment"), lines)
        head = root([bytes.fromhex(each) for each in commitments]).hex()
        log = Log.objects.create(ballot=held, size=len(commitments), root=head)
        voters = reckon(held)  # they are deleted below, and how many could vote must stay known
        _mix_roll(held)
        held.closed_at = at
        held.save(update_fields=["closed_at"])
        for model in (SealedVote, Receipt, Elector, Code):
            delete_all(model, held)
        Secrets.objects.filter(ballot=held).update(secret="")
        record(
            events.BALLOT_CLOSED,
            subject=held,
            actor=by,
            at=at,
            papers=log.size,
            root=head,
            electors=voters.electors,
            codes=voters.codes,
            codes_revoked=voters.codes_revoked,
        )
    return log


def count_ballot(*, ballot: Ballot, public_value: str = "", by: Account, at: datetime) -> list[Count]:
    """Count every pot by the frozen rule, ties by the seed that was sealed before the first vote.

    Where the frozen ballot names a public value, which nobody could know while people voted, the seed is made of both.
    """
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        require_phase(held, {Phase.CLOSED}, at)
        frozen = frozen_document(held)
        value, where = _public(public_value, frozen.get("tie_seed_source", ""))
        seed = Seed(_seed(held, frozen["tie_seed_sha256"]), value, where)
        sheet = Sheet.of(frozen)
        pots = {pot.key: pot for pot in held.pots.all()}
        counts = [_count(held, pots[pot.key], sheet, pot, frozen["rule"], seed, by, at) for pot in sheet.pots]
        record(events.BALLOT_COUNTED, subject=held, actor=by, at=at, public_value=value, source=where)
    return counts


def publish_count(*, ballot: Ballot, level: Level, reason: str, by: Account, at: datetime) -> Publication:
    """Make the counts public, with all ballots or with totals and the log only, and say why."""
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        require_phase(held, {Phase.COUNTED}, at)
        why = words_of(reason, 1000, "reason", gettext_lazy("Say why this much is published, and not more."))
        publication = Publication.objects.create(
            ballot=held, level=Level(level), reason=why, published_at=at, published_by=by
        )
        record(events.COUNT_PUBLISHED, subject=held, actor=by, at=at, level=str(level))
    return publication


def award_winners(*, ballot: Ballot, by: Account, at: datetime) -> list[Award]:
    """Promise the winners their money, from the budgets that their pots name. Those awarded already are left alone.

    Refused as a whole when a winner does not say who carries it out, or a budget has not enough left.
    """
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        held = hold(ballot)
        require_phase(held, {Phase.PUBLISHED}, at)
        waiting = [
            project
            for pot in held.pots.select_related("budget")
            if pot.budget_id
            for project in winners_of(pot)
            if not Won.objects.filter(project=project).exists()
        ]
        awards = [_award(held, project, by, at) for project in waiting]
    return awards


def promise_milestone(
    *, won: Won, title: str, promised_on: date, why_moved: str = "", by: Account, at: datetime
) -> Milestone:
    """Promise a day for a step of a winning project, or move the day of a step that was promised, with the reason."""
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        words = words_of(title, 120, "title", gettext_lazy("Say what will be done."))
        milestone, _new = Milestone.objects.select_for_update().get_or_create(
            won=won,
            title=words,
            defaults={"promised_on": promised_on, "first_promised_on": promised_on},
        )
        if milestone.done_on is not None:
            raise Refused(Denied(_("This is done already."), status=409))
        milestone.promised_on, milestone.why_moved = promised_on, why_moved.strip()
        milestone.save()
        record(
            events.MILESTONE_PROMISED,
            subject=won.project.ballot,
            actor=by,
            at=at,
            milestone=milestone.pk,
            on=promised_on.isoformat(),
        )
    return milestone


def reach_milestone(*, milestone: Milestone, on: date, by: Account, at: datetime) -> Milestone:
    """It is done, since that day."""
    with writing(BALLOT_REFUSALS):
        require(may_run(by))
        if on > localdate(at):
            raise Refused(Denied(_("Enter a day up to today."), status=422, field="on"))
        milestone.done_on = on
        milestone.save(update_fields=["done_on"])
        record(
            events.MILESTONE_REACHED,
            subject=milestone.won.project.ballot,
            actor=by,
            at=at,
            milestone=milestone.pk,
        )
    return milestone


# --- steps ------------------------------------------------------------------------------------------------


def _require_paper_is_done(held: Ballot) -> None:
    waiting = list(held.paper_batches.filter(reconciled_at=None).values_list("name", flat=True))
    if waiting:
        raise Refused(
            Denied(
                _("Reconcile these batches of paper first: %(names)s.") % {"names": ", ".join(waiting)},
                status=409,
            )
        )
    corrections = held.corrections.filter(second_by=None).values_list("batch__name", flat=True)
    if names := ", ".join(corrections):
        raise Refused(
            Denied(
                _(
                    "In these batches a correction of a mark waits for somebody else. Enter it again, or take it back:"
                    " %(names)s."
                )
                % {"names": names},
                status=409,
            )
        )


# Pot and marks of each vote; rows of the database would take three times as much.
type Opened = list[tuple[str, list[Any]]]


def _opened(held: Ballot) -> Opened:
    secret = secret_of(held)
    if any(model.objects.filter(ballot=held).exists() for model in (OpenedVote, Leaf, Log)):
        raise Refused(
            Denied(_("Somebody put votes into this ballot by another way. Ask the operator."), status=409)
        )
    try:
        return [
            (pot, unseal(secret, lies=handle, sealed=bytes(sealed)))
            for pot, handle, sealed in SealedVote.objects.filter(ballot=held)
            .values_list("pot", "handle", "sealed")
            .iterator(chunk_size=_BATCH)
        ]
    except Broken:
        raise Refused(
            Denied(_("A vote was changed by another way than voting. Ask the operator."), status=409)
        ) from None


def _votes(held: Ballot, opened: Opened) -> Iterator[tuple[Any, ...]]:
    return ((uuid4(), held.pk, pot, json.dumps(marks)) for pot, marks in opened)


def _mix_roll(held: Ballot) -> None:
    """By its random keys and in this one transaction, so that no row tells any more when its voter came."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM ballots_rollentry WHERE ballot_id = %s RETURNING *)"
            " INSERT INTO ballots_rollentry SELECT * FROM taken ORDER BY id",
            [held.pk],
        )


def _public(value: str, source: str) -> tuple[str, str]:
    """Both on one line, as the file holds them. Anybody must be able to type the value: the seed is made of it.

    Whether there is one was said before the vote, so that nobody chooses after it how the lot falls.
    """
    value, source = " ".join(value.split()), " ".join(source.replace("#", " ").split())
    if value and not PUBLIC_VALUE.fullmatch(value):
        raise Refused(
            Denied(
                _(
                    "Write the public value with letters from A to Z, digits, spaces and .,:/+- only, up to 200."
                ),
                status=422,
                field="public_value",
            )
        )
    if value and not source:
        raise Refused(
            Denied(
                _("The frozen ballot names no public value, so its lot is drawn by the sealed seed alone."),
                status=422,
                field="public_value",
            )
        )
    if source and not value:
        raise Refused(
            Denied(
                _("Enter the public value that the frozen ballot names: %(source)s") % {"source": source},
                status=422,
                field="public_value",
            )
        )
    return value, source


def _seed(held: Ballot, promised: str) -> str:
    seed = str(Secrets.objects.get(ballot=held).seed)
    if commitment(seed) != promised:
        raise Refused(
            Denied(_("The seed of ties is not the one that was promised. Ask the operator."), status=409)
        )
    return seed


def _require_adds_up(held: Ballot, receipts: int) -> None:
    """As many papers in the box as people on the roll: online one each, on paper what was valid."""
    apart_from_paper = held.roll.exclude(channel=Channel.PAPER).count()
    on_paper = sum(batch.valid or 0 for batch in held.paper_batches.all())
    if receipts != apart_from_paper + on_paper:
        raise Refused(
            Denied(
                _(
                    "There are %(papers)d ballot papers in the box, but %(voters)d voters on the roll."
                    " Ask the operator."
                )
                % {"papers": receipts, "voters": apart_from_paper + on_paper},
                status=409,
            )
        )


def _require_every_pot_adds_up(held: Ballot, opened: Opened) -> None:
    """In each pot as many votes as voters and valid papers of its place; on paper nobody who is not on the roll."""
    batches = list(held.paper_batches.all())
    on_paper = held.roll.filter(channel=Channel.PAPER).count()
    if sum(batch.admitted for batch in batches) != on_paper:
        raise Refused(
            Denied(
                _("More or fewer voters were admitted on paper than stand on the roll. Ask the operator."),
                status=409,
            )
        )
    elsewhere = held.roll.exclude(channel=Channel.PAPER).values_list("place")
    voters = [(place, number) for place, number in elsewhere.annotate(Tally("pk"))]
    voters += [(batch.place_id, batch.valid or 0) for batch in batches]
    votes = Counter(pot for pot, _marks in opened)
    expected = {
        pot.key: sum(number for place, number in voters if place in pot.places)
        for pot in Sheet.of(frozen_document(held)).pots
    }
    wrong = [pot for pot in expected | votes if votes[pot] != expected.get(pot, 0)]
    if wrong:
        raise Refused(
            Denied(
                _("The votes for “%(pot)s” are not as many as its voters. Ask the operator.")
                % {"pot": min(wrong)},
                status=409,
            )
        )


def _count(
    held: Ballot,
    pot: Pot,
    sheet: Sheet,
    on_sheet: PotOnSheet,
    line: str,
    seed: Seed,
    by: Account,
    at: datetime,
) -> Count:
    votes = OpenedVote.objects.filter(ballot=held, pot=pot.key)
    drawn = lot(seed.mixed, [option.key for option in on_sheet.options])
    marks = votes.values_list("marks", flat=True).iterator(chunk_size=_BATCH)
    found = counting.instance(sheet, on_sheet, marks, file_facts(held, pot, line, seed))
    counted = counting.counted(found, line, drawn)
    alike = counting.alike(found)
    file = write(found, selected=frozenset(counted.winners))
    result = document(found, counted)
    return Count.objects.create(
        pot=pot,
        file=file,
        result=result.decode(),
        rule=str(counted.rule),
        seed=seed.mixed,
        votes=alike.ballots,
        blank=votes.count() - alike.ballots,
        unique=alike.unique,
        winners=list(counted.winners),
        supporters=dict(found.votes),
        compared=counting.compared(found, sheet.kind, drawn),
        input_sha256=fingerprint(file.encode()),
        output_sha256=fingerprint(result),
        counted_at=at,
        counted_by=by,
    )


def _award(held: Ballot, project: Project, by: Account, at: datetime) -> Award:
    if project.organisation is None or project.pot.budget is None:
        raise Refused(
            Denied(
                _("Nobody is named who carries out “%(project)s”, so no money can be promised.")
                % {"project": project.title},
                status=422,
            )
        )
    departed = Departure.objects.filter(project=project).first()
    award = commit_award(
        budget=project.pot.budget,
        organisation=project.organisation,
        title=project.title,
        purpose=project.description or project.title,
        amount_pence=project.cost_pence,
        decided_on=localdate(at),
        place=project.place,
        theme=project.theme,
        idea=project.idea,
        decided_by=held.title
        if departed is None
        else f"{departed.signed_name}, {departed.confirmed_name}"[:120],
        reason=_("Chosen by vote.") if departed is None else departed.reason,
        key=f"ballot-project:{project.pk}",
        by=by,
        at=at,
    )
    won = Won.objects.create(project=project, award=award)
    if project.promised_on:
        done = str(_("Finished"))
        Milestone.objects.create(
            won=won, title=done, promised_on=project.promised_on, first_promised_on=project.promised_on
        )
    record(events.PROJECT_AWARDED, subject=held, actor=by, at=at, project=project.key, award=award.pk)
    return award

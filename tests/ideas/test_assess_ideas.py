"""From being asked to look at an idea to the answer, and the second look after an appeal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import (
    Findings,
    answer_idea,
    appeal_answer,
    assign_ideas,
    save_assessment,
    save_team,
    write_note,
)
from ideas.enums import IdeaStatus
from ideas.events import IDEA_ANSWERED, IDEA_ASSIGNED
from ideas.models import Appeal, Assessment, Idea, Note
from ideas.queries import assessments_of, people_to_assign, to_assess, waiting_for
from tests.factories import AccountFactory, IdeaFactory
from tests.ideas.conftest import NOW

pytestmark = pytest.mark.slow

FOUND = Findings(4_000_00, 6_500_00, "yes", "fits")
WORDS = {"verdict": "decline", "answer": "We cannot do this.", "reason": "There is no cable near the ramps."}


@pytest.fixture
def officer(account_with):
    return account_with("assess_idea", "assign_assessment")


@pytest.fixture
def other(account_with):
    return account_with("assess_idea", "assign_assessment")


def fresh(idea: Idea) -> Idea:
    return Idea.objects.get(pk=idea.pk)


def answered(idea: Idea, officer, now, **words) -> Assessment:
    return answer_idea(idea=idea, findings=FOUND, by=officer, at=now, **(WORDS | words))


def test_assigned_ideas_are_being_looked_at(officer, other, now) -> None:
    team = save_team(name="Highways", members=[other], by=officer, at=now)
    ideas = [IdeaFactory(), IdeaFactory()]
    assign_ideas(ideas=ideas, officer=officer, due_on=date(2026, 6, 20), by=officer, at=now)
    assert {fresh(idea).status for idea in ideas} == {IdeaStatus.ASSESSING}
    assert waiting_for(officer, today=date(2026, 6, 21)).late == 2
    later = now + timedelta(days=1)
    assign_ideas(ideas=ideas[:1], team=team, by=officer, at=later)
    assert [each.idea for each in waiting_for(other, today=now.date()).urgent] == ideas[:1]
    assert waiting_for(officer, today=now.date()).count == 1
    assert Assessment.objects.count() == 2
    assert Record.objects.filter(event=IDEA_ASSIGNED).count() == 3


@pytest.mark.parametrize(
    ("given", "sentence", "field"),
    [
        ([], "Choose a person, a team, or both", "officer"),
        (["officer"], "may not assess", "officer"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused(
    officer, account_with, now, given, sentence, field
) -> None:
    idea, who = IdeaFactory(), dict.fromkeys(given, account_with())
    with pytest.raises(Refused, match=sentence) as refused:
        assign_ideas(ideas=[idea], by=officer, at=now, **who)
    assert refused.value.denied.field == field


def test_all_are_assigned_or_none(officer, now) -> None:
    ideas = [IdeaFactory(), IdeaFactory()]
    answered(ideas[1], officer, now)
    with pytest.raises(Refused, match="has been answered"):
        assign_ideas(ideas=ideas, officer=officer, by=officer, at=now)
    assert Assessment.objects.count() == 1
    assert fresh(ideas[0]).status == IdeaStatus.OPEN


@pytest.mark.parametrize(
    ("verdict", "status"), [("go_ahead", "accepted"), ("ballot", "ballot"), ("decline", "declined")]
)
def test_an_answer_moves_the_idea_with_its_reason(officer, now, verdict, status) -> None:
    idea = IdeaFactory()
    answer = answered(idea, officer, now, verdict=verdict)
    assert fresh(idea).status == status
    change = idea.status_changes.get()
    assert (change.reason, change.changed_at) == (WORDS["reason"], answer.answered_at)
    assert (answer.officer, answer.answered_by, answer.cost_high_pence) == (officer, officer, 6_500_00)
    assert Record.objects.get(event=IDEA_ANSWERED).data["verdict"] == verdict
    with pytest.raises(Refused, match="has been answered"):
        answered(idea, officer, now)


@pytest.mark.parametrize(
    ("wrong", "sentence", "field"),
    [
        ({"verdict": ""}, "Choose what the council answers", "verdict"),
        ({"answer": " "}, "Write the answer", "answer"),
        ({"reason": ""}, "Give the reason", "reason"),
        ({"findings": Findings(1, None, "yes", "fits")}, "Give both amounts", "cost_high"),
        ({"findings": Findings(2, 1, "yes", "fits")}, "must not be below", "cost_high"),
        ({"findings": Findings(1, 2, "", "fits")}, "Say this before you answer", "feasibility"),
        ({"findings": Findings(1, 2, "no", "")}, "Say this before you answer", "policy_fit"),
    ],
)
def test_an_answer_says_all_it_has_to(officer, now, wrong, sentence, field) -> None:
    idea = IdeaFactory()
    with pytest.raises(Refused, match=sentence) as refused:
        answer_idea(idea=idea, **({"findings": FOUND, "by": officer, "at": now} | WORDS | wrong))
    assert (refused.value.denied.status, refused.value.denied.field) == (422, field)
    assert fresh(idea).status == IdeaStatus.OPEN
    assert not Assessment.objects.exists()


def test_a_draft_is_kept_and_two_who_write_at_once_notice_each_other(officer, other, now) -> None:
    idea = IdeaFactory()
    mine = save_assessment(idea=idea, findings=FOUND, by=officer, at=now, version=0, **WORDS)
    assert (mine.version, mine.answered_at, fresh(idea).status) == (1, None, IdeaStatus.OPEN)
    for verb in (save_assessment, answer_idea):
        with pytest.raises(Refused, match="changed this assessment while you were writing") as refused:
            verb(idea=idea, findings=Findings(), by=other, at=now, version=0, **WORDS)
        assert refused.value.denied.status == 409
    save_assessment(idea=idea, findings=Findings(), by=other, at=now, version=1, **WORDS)
    assert Assessment.objects.get().cost_low_pence is None


def test_who_may_not_assess_is_told(account_with, now) -> None:
    idea, councillor = IdeaFactory(), account_with("answer_officially")
    for verb, given in (
        (save_assessment, {"idea": idea, "findings": FOUND}),
        (answer_idea, {"idea": idea, "findings": FOUND} | WORDS),
        (write_note, {"idea": idea, "text": "Hm."}),
        (assign_ideas, {"ideas": [idea], "officer": councillor}),
        (save_team, {"name": "Mine", "members": []}),
    ):
        with pytest.raises(Refused, match="Ask an administrator"):
            verb(**given, by=councillor, at=now)


def test_notes_are_kept_with_their_writer(officer, now) -> None:
    with pytest.raises(Refused, match="Write the note"):
        write_note(idea=IdeaFactory(), text=" ", by=officer, at=now)
    write_note(idea=IdeaFactory(), text="Ask the school first.", by=officer, at=now)
    assert (Note.objects.get().text, Note.objects.get().written_by) == ("Ask the school first.", officer)


# --- the second look --------------------------------------------------------------------------------------


def test_an_appeal_is_decided_by_somebody_else(officer, other, now) -> None:
    idea = IdeaFactory()
    author = idea.author.account
    first = answered(idea, officer, now)
    appeal = appeal_answer(
        idea=idea, words="Solar lamps need no cable.", by=author, at=now + timedelta(days=29)
    )
    assert fresh(idea).status == IdeaStatus.DECLINED
    later = now + timedelta(days=40)
    with pytest.raises(Refused, match="You gave the first answer"):
        answered(idea, officer, later, verdict="go_ahead")
    with pytest.raises(Refused, match="gave the first answer, so somebody else"):
        assign_ideas(ideas=[idea], officer=officer, by=officer, at=later)
    assign_ideas(ideas=[idea], officer=other, by=officer, at=later)
    second = answered(idea, other, later, verdict="go_ahead", reason="Solar lamps need none.")
    assert (second.reassesses, fresh(idea).status) == (first, IdeaStatus.ACCEPTED)
    appeal = Appeal.objects.get(pk=appeal.pk)
    assert (appeal.upheld, appeal.decided_by, appeal.answer) == (True, other, "Solar lamps need none.")
    assert [each.verdict for each in assessments_of(idea)] == ["decline", "go_ahead"]
    with pytest.raises(Refused, match="That can be done once"):
        appeal_answer(idea=idea, words="Still not good.", by=author, at=later)


def test_a_second_answer_like_the_first_leaves_the_idea_where_it_is(officer, other, now) -> None:
    idea = IdeaFactory()
    answered(idea, officer, now, verdict="go_ahead")
    appeal_answer(idea=idea, words="It must be bigger.", by=idea.author.account, at=now)
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.DONE)
    answered(idea, other, now, verdict="go_ahead")
    assert fresh(idea).status == IdeaStatus.DONE
    assert Appeal.objects.get().upheld is False


def test_only_the_author_appeals_in_time_and_with_words(officer, now) -> None:
    idea = IdeaFactory()
    author = idea.author.account
    with pytest.raises(Refused, match="There is no answer yet"):
        appeal_answer(idea=idea, words="Why?", by=author, at=now)
    answered(idea, officer, now)
    with pytest.raises(Refused, match="Only the author"):
        appeal_answer(idea=idea, words="Why?", by=officer, at=now)
    with pytest.raises(Refused, match="what you think was overlooked"):
        appeal_answer(idea=idea, words=" ", by=author, at=now)
    with pytest.raises(Refused, match="You could ask for another look until"):
        appeal_answer(idea=idea, words="Why?", by=author, at=now + timedelta(days=30))
    assert not Appeal.objects.exists()


def test_the_database_itself_refuses_the_same_person_twice(officer, other, now) -> None:
    idea = IdeaFactory()
    first = answered(idea, officer, now)
    again = {"idea": idea, "reassesses": first, "assigned_at": now, "answered_at": now} | WORDS
    with pytest.raises(IntegrityError, match="does not decide about the appeal"), transaction.atomic():
        Assessment.objects.create(answered_by=officer, **again)
    second = Assessment.objects.create(answered_by=other, **again)
    with pytest.raises(IntegrityError, match="does not decide about the appeal"), transaction.atomic():
        Assessment.objects.filter(pk=second.pk).update(answered_by=officer)


# --- the list ---------------------------------------------------------------------------------------------


def test_what_waits_for_an_answer(officer, other, now) -> None:
    fresh_one, given, done, appealed, hidden = (IdeaFactory() for _ in range(5))
    assign_ideas(ideas=[given], officer=other, by=officer, at=now)
    for idea in (done, appealed):
        answered(idea, officer, now)
    appeal_answer(idea=appealed, words="Look again.", by=appealed.author.account, at=now)
    Idea.objects.filter(pk=hidden.pk).update(status=IdeaStatus.REMOVED)
    found = {idea: getattr(idea, "waiting", None) for idea in to_assess()}
    assert set(found) == {fresh_one, given, appealed}
    assert found[fresh_one] is None
    assert found[given].officer == other
    assert found[appealed].reassesses_id is not None


def test_only_those_who_assess_can_be_asked(officer, other, account_with) -> None:
    account_with("view_idea")
    assert set(people_to_assign()) == {officer, other}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_is_told() -> None:
    idea = IdeaFactory()
    officers = [AccountFactory(is_superuser=True) for _ in range(6)]

    def publish(officer) -> bool:
        try:
            answer_idea(idea=fresh(idea), findings=FOUND, by=officer, at=NOW, version=0, **WORDS)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(officers)) as threads:
        assert sum(threads.map(publish, officers)) == 1
    assert Assessment.objects.get().version == 1
    assert idea.status_changes.count() == 1

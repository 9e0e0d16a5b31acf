"""Changing the status of an idea, and withdrawing one."""

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import change_status, withdraw_idea
from ideas.enums import IdeaStatus
from ideas.events import IDEA_STATUS_CHANGED
from ideas.models import Idea, StatusChange
from tests.factories import IdeaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer(account_with):
    return account_with("change_idea_status")


def test_the_history_keeps_each_status_with_its_reason(officer, now) -> None:
    idea = IdeaFactory()
    change_status(idea=idea, status="assessing", reason="We asked the electricians.", by=officer, at=now)
    change_status(idea=idea, status=IdeaStatus.ACCEPTED, reason="It fits the budget.", by=officer, at=now)
    assert Idea.objects.get().status == idea.status == IdeaStatus.ACCEPTED
    assert list(StatusChange.objects.values_list("status", "reason", "changed_at")) == [
        ("assessing", "We asked the electricians.", now),
        ("accepted", "It fits the budget.", now),
    ]
    record = Record.objects.filter(event=IDEA_STATUS_CHANGED).first()
    assert record.actor_id == officer.pk
    assert record.data == {"before": "assessing", "after": "accepted"}


@pytest.mark.parametrize(
    ("status", "reason", "sentence", "field"),
    [
        ("assessing", " ", "Give the reason", "reason"),
        ("assessing", "x" * 2001, "Make it shorter", "reason"),
        ("open", "Again", "already has the status “Gathering support”", "status"),
        ("withdrawn", "Because", "Only the author", "status"),
        ("nonsense", "Because", "Choose another status", "status"),
    ],
)
def test_what_does_not_fit_is_refused(officer, now, status, reason, sentence, field) -> None:
    idea = IdeaFactory()
    with pytest.raises(Refused, match=sentence) as refused:
        change_status(idea=idea, status=status, reason=reason, by=officer, at=now)
    assert (refused.value.denied.status, refused.value.denied.field) == (422, field)
    assert Idea.objects.get().status == IdeaStatus.OPEN
    assert not StatusChange.objects.exists()


def test_a_resident_may_not_change_a_status(account_with, now) -> None:
    with pytest.raises(Refused, match="Ask an administrator"):
        change_status(idea=IdeaFactory(), status="done", reason="Mine", by=account_with(), at=now)


def test_an_author_withdraws_their_own_idea_once(officer, now) -> None:
    idea = IdeaFactory()
    author = idea.author.account
    with pytest.raises(Refused, match="Only the person who suggested"):
        withdraw_idea(idea=idea, by=officer, at=now)
    withdraw_idea(idea=idea, by=author, at=now)
    assert Idea.objects.get().status == IdeaStatus.WITHDRAWN
    assert not Idea.objects.public().exists()
    with pytest.raises(Refused, match="already withdrawn"):
        withdraw_idea(idea=idea, by=author, at=now)
    with pytest.raises(Refused, match="The author withdrew this idea"):
        change_status(idea=idea, status="open", reason="Back", by=officer, at=now)


def test_a_decided_idea_cannot_be_withdrawn(officer, now) -> None:
    idea = IdeaFactory()
    change_status(idea=idea, status="accepted", reason="It fits.", by=officer, at=now)
    with pytest.raises(Refused, match="stays on record"):
        withdraw_idea(idea=idea, by=idea.author.account, at=now)


def test_a_moderator_removes_an_idea_and_may_bring_it_back(officer, account_with, now) -> None:
    idea, moderator = IdeaFactory(), account_with("moderate")
    with pytest.raises(Refused, match="Only a moderator may take an idea from"):
        change_status(idea=idea, status="removed", reason="It names a private person.", by=officer, at=now)
    change_status(idea=idea, status="removed", reason="It names a private person.", by=moderator, at=now)
    assert not Idea.objects.public().exists()
    with pytest.raises(Refused, match="A moderator removed this idea"):
        withdraw_idea(idea=idea, by=idea.author.account, at=now)
    change_status(idea=idea, status="open", reason="The name is gone.", by=moderator, at=now)
    assert Idea.objects.public().get() == idea


def test_only_what_may_follow_follows(officer, account_with, now) -> None:
    idea = IdeaFactory()
    change_status(idea=idea, status="accepted", reason="It fits.", by=officer, at=now)
    with pytest.raises(
        Refused, match=r"cannot become “Gathering support” at once\. Choose one of these: “Being"
    ):
        change_status(idea=idea, status="open", reason="Back.", by=officer, at=now)
    with pytest.raises(Refused, match="use “Join with another idea”"):
        change_status(idea=idea, status="merged", reason="The same.", by=officer, at=now)
    with pytest.raises(Refused, match="Only an officer may take"):
        change_status(idea=idea, status="done", reason="Done.", by=account_with("moderate"), at=now)
    assert Idea.objects.get().status == IdeaStatus.ACCEPTED

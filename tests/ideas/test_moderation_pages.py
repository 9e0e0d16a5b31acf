"""What residents see of moderation: reporting, why something was removed, appealing, and the yearly figures."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.actions import (
    appeal_removal,
    comment_on_idea,
    decide_removal_appeal,
    hold,
    keep,
    raise_flag,
    remove_comment,
    remove_idea,
)
from ideas.models import Appeal, Comment, Flag, Idea, ReasonTemplate, Removal
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(account_with):
    return account_with("moderate", "remove_comment")


@pytest.fixture
def idea():
    return IdeaFactory(title="Lights at the skate park")


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_resident_tells_moderators_about_an_idea(client, idea, resident) -> None:
    address = f"/ideas/{idea.pk}/flag/"
    assert "/account/login/" in client.get(address).url
    client.force_login(resident.account)
    assert address in words(client.get(idea.get_absolute_url()))
    assert "Advertising" in words(client.get(address))
    answer = client.post(address, {"source": "spam", "words": "It sells lamps."})
    assert answer.status_code == 303
    assert "Thank you for telling us" in words(client.get(answer.headers["Location"]))
    assert Flag.objects.get(source="spam").words == "It sells lamps."
    again = client.post(address, {"source": "spam"})
    assert again.status_code == 422
    assert "told us about this already" in words(again)


def test_a_resident_tells_moderators_about_a_comment(client, idea, resident, now) -> None:
    comment = comment_on_idea(idea=idea, author=ResidentFactory(), text="Rubbish", at=now)
    client.force_login(resident.account)
    address = f"/ideas/comments/{comment.pk}/flag/"
    assert "Rubbish" in words(client.get(address))
    wrong = client.post(address, {"words": "I typed this"})
    assert wrong.status_code == 422
    assert "Choose what is wrong" in words(wrong)
    assert "I typed this" in words(wrong)
    assert client.post(address, {"source": "abuse"}).status_code == 303
    assert Flag.objects.filter(comment=comment, raised_by=resident).exists()


def test_ones_own_cannot_be_reported(client, idea) -> None:
    client.force_login(idea.author.account)
    assert "This is your own" in words(client.get(f"/ideas/{idea.pk}/flag/"))


@pytest.mark.parametrize("of_comment", [True, False])
def test_a_report_of_what_was_hidden_meanwhile_keeps_its_words_and_shows_nothing(
    client, idea, moderator, resident, now, of_comment
) -> None:
    comment = comment_on_idea(idea=idea, author=ResidentFactory(), text="Rubbish", at=now)
    if of_comment:
        hold(idea=idea, comment=comment, by=moderator, at=now)
    else:
        hold(idea=idea, by=moderator, at=now)
    client.force_login(resident.account)
    address = f"/ideas/comments/{comment.pk}/flag/" if of_comment else f"/ideas/{idea.pk}/flag/"
    answer = client.post(address, {"source": "abuse", "words": "I typed this"})
    assert answer.status_code == 409
    page = words(answer)
    assert "Your report was not sent" in page
    assert "I typed this" in page
    assert idea.title not in page
    assert "Rubbish" not in page
    assert not Flag.objects.filter(raised_by=resident).exists()


def test_the_reason_of_a_moderator_who_was_second_stays(client, idea, moderator, account_with, now) -> None:
    comment = comment_on_idea(idea=idea, author=ResidentFactory(), text="Rubbish", at=now)
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    remove_idea(idea=idea, reason="Ads", by=moderator, at=now)
    client.force_login(account_with("moderate", "remove_comment"))
    for address in (f"/ideas/comments/{comment.pk}/remove/", f"/ideas/{idea.pk}/remove/"):
        answer = client.post(address, {"why": "spam", "reason": "It sells lamps."})
        assert answer.status_code == 422, address
        assert "has been removed already" in words(answer)
        assert "It sells lamps." in words(answer)


def test_an_appeal_that_comes_too_late_stays_to_be_copied(client, idea, moderator, now) -> None:
    remove_idea(idea=idea, reason="It sells lamps.", why="spam", by=moderator, at=now)
    client.force_login(idea.author.account)
    answer = client.post(f"/ideas/{idea.pk}/appeal/", {"words": "I sell nothing."})
    assert answer.status_code == 422
    for said in ("The time to appeal ended", "I sell nothing.", "Your words are still here"):
        assert said in words(answer)
    assert "Send my appeal" not in words(answer)
    assert not Appeal.objects.exists()


def test_a_second_appeal_keeps_its_words_beside_the_first(client, idea, moderator) -> None:
    remove_idea(idea=idea, reason="Ads", why="spam", by=moderator, at=datetime.now(UTC))
    client.force_login(idea.author.account)
    address = f"/ideas/{idea.pk}/appeal/"
    assert client.post(address, {"words": "I sell nothing."}).status_code == 303
    again = words(client.post(address, {"words": "Nothing at all."}))
    assert "I sell nothing." in again
    assert "Nothing at all." in again


def test_a_held_idea_is_seen_by_its_author_and_moderators_alone(client, idea, moderator, resident, now):
    hold(idea=idea, by=moderator, at=now)
    address = idea.get_absolute_url()
    assert client.get(address).status_code == 404
    assert "waiting for a moderator" in words(client.get(address))
    assert client.get(address.rstrip("/") + ".json").status_code == 422
    client.force_login(resident.account)
    assert client.get(address).status_code == 404
    refused = client.post(f"/ideas/{idea.pk}/support/")
    assert refused.status_code == 409
    assert "A moderator is looking at this idea" in words(refused)
    for account in (idea.author.account, moderator):
        client.force_login(account)
        page = client.get(address)
        assert page.status_code == 200
        assert "This idea is waiting for a moderator" in words(page)


def test_a_moderator_removes_an_idea_on_its_page(client, idea, moderator) -> None:
    client.force_login(moderator)
    address = f"/ideas/{idea.pk}/remove/"
    assert address in words(client.get(idea.get_absolute_url()))
    reason = ReasonTemplate.objects.create(title="Names", text="It names a private person.")
    assert client.post(address, {"why": "private"}).status_code == 422
    assert client.post(address, {"why": "private", "template": reason.pk}).status_code == 303
    assert "A moderator removed this idea" in words(client.get(idea.get_absolute_url()))
    client.logout()
    gone = client.get(idea.get_absolute_url())
    assert gone.status_code == 410
    assert "It names a private person." in words(gone)


def test_the_author_reads_why_appeals_and_reads_the_answer(client, idea, moderator, account_with) -> None:
    at = datetime.now(UTC)
    remove_idea(idea=idea, reason="It sells lamps.", why="spam", by=moderator, at=at)
    client.force_login(idea.author.account)
    address = f"/ideas/{idea.pk}/appeal/"
    assert address in words(client.get(idea.get_absolute_url()))
    page = words(client.get(address))
    assert "The reason: It sells lamps." in page
    assert "The rule: Advertising" in page
    empty = client.post(address, {"words": " "})
    assert empty.status_code == 422
    assert client.post(address, {"words": "I sell nothing."}).status_code == 303
    waiting = words(client.get(address))
    assert "is looking at your appeal" in waiting
    assert "Send my appeal" not in waiting
    decide_removal_appeal(
        appeal=Appeal.objects.get(), upheld=True, answer="We were wrong.", by=account_with("moderate"), at=at
    )
    answered = words(client.get(address))
    assert "Your idea is back" in answered
    assert "We were wrong." in answered


def test_the_author_of_a_comment_reads_their_own_words_and_nobody_else_does(
    client, idea, moderator, resident, now
) -> None:
    comment = comment_on_idea(idea=idea, author=resident, text="My angry words", at=now)
    remove_comment(comment=comment, reason="Rude", by=moderator, at=now)
    address = f"/ideas/comments/{comment.pk}/appeal/"
    for other in (moderator, ResidentFactory().account):
        client.force_login(other)
        assert client.get(address).status_code == 403
    client.force_login(resident.account)
    page = words(client.get(address))
    assert "My angry words" in page
    assert "The time to appeal ended" in page  # it was removed in June


def test_nothing_was_removed_so_there_is_nothing_to_appeal_against(client, idea) -> None:
    client.force_login(idea.author.account)
    assert client.get(f"/ideas/{idea.pk}/appeal/").status_code == 404


def test_the_yearly_figures_count_what_was_done(client, moderator, account_with, now) -> None:
    for number in range(4):
        idea = IdeaFactory(author=ResidentFactory(account=None))
        raise_flag(idea=idea, source="spam", by=ResidentFactory(), at=now)
        if number:
            keep(idea=idea, by=moderator, at=now + timedelta(hours=number))
        else:
            remove_idea(idea=idea, reason="Ads", why="spam", by=moderator, at=now + timedelta(hours=4))
    year = client.get("/ideas/moderation.json").json()["years"][0]
    assert year == {
        "year": 2026,
        "reports": 4,
        "kept": 3,
        "removed": 1,
        "put_back": 0,
        "appeals": 0,
        "appeals_upheld": 0,
        "blocks": 0,
        "median_hours": 2.5,
    }
    twin = client.get("/ideas/moderation.json").json()
    assert twin["removed_because"] == [{"year": 2026, "rule": "Advertising", "removed": 1}]
    page = words(client.get("/ideas/moderation/"))
    assert "How we moderate" in page
    assert "Advertising" in page


def test_appeals_and_what_was_put_back_are_counted(client, moderator, account_with, resident, now) -> None:
    remove_idea(idea=IdeaFactory(author=resident), reason="Ads", by=moderator, at=now)
    appeal = appeal_removal(removal=Removal.objects.get(), words="No", by=resident.account, at=now)
    decide_removal_appeal(appeal=appeal, upheld=True, answer="Sorry", by=account_with("moderate"), at=now)
    year = client.get("/ideas/moderation.json").json()["years"][0]
    assert (year["removed"], year["put_back"], year["appeals"], year["appeals_upheld"]) == (1, 1, 1, 1)


@pytest.mark.slow
def test_the_figures_take_the_same_queries_whatever_their_number_and_name_nobody(
    client, moderator, now
) -> None:
    def settle(count: int) -> None:
        for _ in range(count):
            idea = IdeaFactory(author=ResidentFactory(account=None, name="Zebedee"))
            flagger = ResidentFactory(name="Ermintrude")
            raise_flag(idea=idea, source="other", words="Dougal did it", by=flagger, at=now)
            keep(idea=idea, by=moderator, at=now)

    settle(1)
    client.get("/ideas/moderation/")
    with CaptureQueriesContext(connection) as one:
        client.get("/ideas/moderation/")
    settle(29)
    with CaptureQueriesContext(connection) as thirty:
        page = words(client.get("/ideas/moderation/"))
    assert len(one) == len(thirty)
    for name in ("Zebedee", "Ermintrude", "Dougal"):
        assert name not in page + words(client.get("/ideas/moderation.json"))


def test_a_held_comment_is_marked_for_its_author_and_not_shown_to_others(client, idea, resident, now) -> None:
    comment_on_idea(idea=idea, author=resident, text="See www.pills.example", at=now)
    assert "pills" not in words(client.get(idea.get_absolute_url()))
    client.force_login(resident.account)
    page = words(client.get(idea.get_absolute_url()))
    assert "pills" in page
    assert "moderator" in page
    assert Comment.objects.get().held_at == now
    assert Idea.objects.get().comments_count == 0

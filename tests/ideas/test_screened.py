"""What the rules of screening do to ideas and comments as they are posted."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from engage.kit.decisions import Refused
from engage.residents.actions import block_resident
from ideas.actions import comment_on_idea, recount, suggest_idea
from ideas.models import Comment, Flag, Idea
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def idea():
    return IdeaFactory(author__account=None)


def say(idea, author, at, text="Good.") -> Comment:
    return comment_on_idea(idea=idea, author=author, text=text, at=at)


def sources() -> list[str]:
    return list(Flag.objects.values_list("source", flat=True))


def test_a_first_post_is_public_and_in_the_queue_and_a_second_is_not(idea, resident, now) -> None:
    assert say(idea, resident, now).is_counted
    say(idea, resident, now + timedelta(hours=1))
    assert sources() == ["first_post"]


def test_a_first_post_with_a_link_waits_for_a_moderator(idea, resident, now) -> None:
    held = say(idea, resident, now, "Cheap pills: www.pills.example")
    assert held.held_at == now
    assert set(sources()) == {"first_post", "links"}
    assert Idea.objects.get().comments_count == 0
    assert recount() == 0


def test_an_idea_full_of_links_waits_too(resident, now) -> None:
    IdeaFactory(author=resident)
    held = suggest_idea(
        author=resident,
        title="Look",
        description="http://a.example and http://b.example",
        place=PlaceFactory(),
        at=now,
    )
    assert held.held_at == now
    assert not Idea.objects.public().filter(pk=held.pk).exists()


def test_a_link_to_this_site_holds_nothing(idea, resident, now, settings) -> None:
    settings.SITE_URL = "https://engage.example"
    assert say(idea, resident, now, "As in https://engage.example/ideas/12/").is_counted


def test_more_than_five_in_ten_minutes_are_looked_at_and_more_than_ten_refused(idea, resident, now) -> None:
    for number in range(10):
        assert say(idea, resident, now + timedelta(seconds=number), f"{number}").is_counted
    assert sources().count("rate") == 5
    late = now + timedelta(minutes=1)
    with pytest.raises(Refused, match="Please wait 10 minutes") as refused:
        say(idea, resident, late, "once more")
    assert (refused.value.denied.status, refused.value.denied.field) == (429, "text")
    assert refused.value.denied.retry_after == 9 * 60 + 1
    assert Comment.objects.count() == 10
    assert say(idea, resident, now + timedelta(minutes=10, seconds=1), "once more").is_counted


def test_people_of_the_council_and_those_without_an_account_are_not_screened(idea, account_with, now) -> None:
    officer = account_with()
    officer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    links = "http://a.example http://b.example"
    assert say(idea, officer.resident, now, links).is_counted
    assert say(idea, ResidentFactory(account=None), now, links).is_counted
    assert not Flag.objects.exists()


def test_who_is_blocked_cannot_post_and_reads_why_and_until_when(idea, resident, now, admin_user) -> None:
    block_resident(
        resident=resident, reason="Insults.", ends_at=now + timedelta(days=1), by=admin_user, at=now
    )
    with pytest.raises(Refused, match=r"You cannot post until .* Insults\. .* object"):
        say(idea, resident, now)
    with pytest.raises(Refused, match="You cannot post"):
        IdeaFactory(author=resident, at=now)
    assert say(idea, resident, now + timedelta(days=1)).is_counted  # it ends by the clock


def test_a_comment_takes_at_most_twelve_statements(
    client, idea, resident, now, django_assert_max_num_queries
) -> None:
    client.force_login(resident.account)
    with django_assert_max_num_queries(12):
        assert (
            client.post(f"/ideas/{idea.pk}/comments/", {"text": "Good.", "stance": "for"}).status_code == 303
        )
    assert sources() == ["first_post"]


def test_posting_too_fast_is_answered_with_429_and_what_was_typed(client, idea, resident, now) -> None:
    client.force_login(resident.account)
    for number in range(10):
        client.post(f"/ideas/{idea.pk}/comments/", {"text": f"{number}", "stance": "neutral"})
    answer = client.post(f"/ideas/{idea.pk}/comments/", {"text": "My long thoughts", "stance": "neutral"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 601
    assert "My long thoughts" in answer.content.decode()

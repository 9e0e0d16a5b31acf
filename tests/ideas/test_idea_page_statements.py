"""What the idea page asks of the database, however much there is to show."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions import add_photo
from engage.notifications.actions import follow
from ideas.actions import comment_on_idea, support_idea
from ideas.models import Assessment, CoAuthor, Comment, Idea, Merge, StatusChange
from ideas.queries.discuss import ORDERS, Reader, threads_of
from tests.budgets.test_add_photo import picture
from tests.factories import AwardFactory, CallFactory, IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def statements(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen]


def fill(idea: Idea, count: int, now) -> None:
    """`count` of everything that the page can show."""
    pictured: dict[str, Any] = {"file": picture()}
    for number in range(count):
        at = now + timedelta(minutes=number)
        author = ResidentFactory()
        said = comment_on_idea(idea=idea, author=author, text=f"Comment {number}", stance="for", at=at)
        for reply in range(4):
            Comment.objects.create(idea=idea, author=author, parent=said, text=f"{reply}", written_at=at)
        Comment.objects.filter(pk=said.pk).update(replies_count=4)
        StatusChange.objects.create(idea=idea, status="open", reason=f"Because {number}", changed_at=at)
        CoAuthor.objects.create(idea=idea, resident=author, invited_at=at, accepted_at=at)
        merged = IdeaFactory()
        Merge.objects.create(kept=idea, merged=merged, reason="Twins", status_before="open", merged_at=at)
        photo = add_photo(award=AwardFactory(idea=idea), alt="Lights", by=None, **pictured)
        pictured = {"image": photo.image}


@pytest.mark.slow
def test_it_asks_no_more_when_there_is_more_to_show(client, square, now) -> None:
    square()
    idea = IdeaFactory(pin=(53.05, -1.95), call=CallFactory(supports_each=5))
    me = ResidentFactory()
    support_idea(idea=Idea.objects.get(), resident=me, at=idea.suggested_at)
    follow(resident=me, topic=("idea", idea.pk), at=now)
    client.force_login(me.account)
    address = idea.get_absolute_url()
    client.get(address)
    Assessment.objects.create(idea=idea, assigned_at=now)
    fill(idea, 1, now)
    few = statements(client, address)
    fill(idea, 25, now + timedelta(hours=2))
    many = statements(client, address)
    assert len(many) == len(few)
    assert len(many) <= MOST_STATEMENTS, "\n".join(sql[:160] for sql in many)


@pytest.mark.slow
def test_two_thousand_comments_cost_as_many_statements_as_twenty(client, now) -> None:
    idea, author = IdeaFactory(), ResidentFactory()
    client.force_login(author.account)
    address = idea.get_absolute_url()

    def say(count: int) -> None:
        Comment.objects.bulk_create(
            Comment(
                idea=idea, author=author, text=f"Comment {number}", written_at=now + timedelta(seconds=number)
            )
            for number in range(count)
        )

    say(20)
    client.get(address)
    few = statements(client, address)
    say(1980)
    for query in ("", "?page=50", "?page=100&sort=oldest", "?sort=replies"):
        assert len(statements(client, address + query)) == len(few), query
    now_address = f"/ideas/{idea.pk}/comments/now/?page=7&since=2026-01-01T00:00:00Z"
    assert len(statements(client, now_address)) <= len(few)


@pytest.mark.parametrize(("sort", "index"), [("newest", "comment_newest"), ("oldest", "comment_oldest")])
@pytest.mark.slow
def test_a_page_of_comments_is_read_from_an_index(now, sort, index) -> None:
    idea, author = IdeaFactory(), ResidentFactory()
    Comment.objects.bulk_create(
        Comment(idea=idea, author=author, text="Yes", written_at=now + timedelta(seconds=number))
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_comment")
    plan = threads_of(idea, Reader()).order_by(*ORDERS[sort])[:20].explain()
    assert index in plan
    assert "Sort" not in plan

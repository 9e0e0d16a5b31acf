"""Before an election pages wait: by whatever door they would be published, unless their editor says why."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from engage.accounts.models import Account
from engage.audit.models import Record
from engage.councillors.actions import save_pre_election
from engage.councillors.models import CouncillorPage, CouncillorsPage
from engage.kit.decisions import Refused
from tests.factories import CouncillorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DURING, AFTER = datetime(2027, 4, 1, 12, tzinfo=UTC), datetime(2027, 5, 7, 12, tzinfo=UTC)
WHY = "Says how to vote."


@pytest.fixture(autouse=True)
def _near(time_machine) -> None:
    save_pre_election(name="Town elections", starts_on=date(2027, 3, 22), ends_on=date(2027, 5, 6), by=None)
    time_machine.move_to(DURING)


@pytest.fixture
def index(home: HomePage) -> NewsIndexPage:
    found: NewsIndexPage = home.add_child(instance=NewsIndexPage(title="News", slug="news"))
    return found


@pytest.fixture
def draft(index: NewsIndexPage) -> NewsPage:
    made: NewsPage = index.add_child(
        instance=NewsPage(title="A new bench", slug="bench", body=[], live=False)
    )
    made.save_revision()
    return made


def typed(**more: Any) -> dict[str, Any]:
    """What the editor's form sends; the body is one paragraph."""
    return {
        "title": "A new bench",
        "slug": "bench",
        "published_on": "2027-04-01",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": '{"blocks":[{"key":"a","text":"Look.","type":"unstyled","depth":0,"inlineStyleRanges":[],'
        '"entityRanges":[],"data":{}}],"entityMap":{}}',
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "election_reason": "",
        **more,
    }


def live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_an_editor_is_told_beside_the_field_and_may_save(editor: Client, draft: NewsPage) -> None:
    address = f"/admin/pages/{draft.pk}/edit/"
    answer = editor.post(address, typed(**{"action-publish": "1"}))
    errors = answer.context["form"].errors
    assert list(errors) == ["election_reason"], errors
    assert "Let it go live from 7 May 2027 on" in str(errors)
    assert not live(draft)
    assert editor.post(address, typed()).status_code == 302
    assert not live(draft)


def test_with_a_reason_it_goes_out_and_both_are_recorded(editor: Client, draft: NewsPage) -> None:
    answer = editor.post(
        f"/admin/pages/{draft.pk}/edit/", typed(**{"action-publish": "1", "election_reason": WHY})
    )
    assert answer.status_code == 302
    assert live(draft)
    noted = Record.objects.get(event="PAGE_OUT_BEFORE_ELECTION")
    assert (noted.subject_id, noted.data["reason"], noted.actor.email) == (draft.pk, WHY, "edith@example.org")


def test_a_new_page_is_held_back_too(editor: Client, index: NewsIndexPage) -> None:
    address = f"/admin/pages/add/cms/newspage/{index.pk}/"
    answer = editor.post(address, typed(**{"action-publish": "1"}))
    assert list(answer.context["form"].errors) == ["election_reason"]
    assert not NewsPage.objects.exists()


def test_no_other_button_goes_past_it(editor: Client, draft: NewsPage) -> None:
    """Several pages at once, and a workflow that ends in publishing, publish a revision as this does."""
    account = Account.objects.get(email="edith@example.org")
    revision = draft.get_latest_revision()
    assert revision is not None
    with pytest.raises(Refused, match="could look like advertising"):
        revision.publish(user=account)
    answer = editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}")
    assert answer.status_code == 409
    assert not live(draft)


def test_what_is_scheduled_waits_and_goes_out_by_itself_afterwards(draft: NewsPage, time_machine) -> None:
    urgent = draft.get_parent().specific.add_child(
        instance=NewsPage(title="How to vote", slug="vote", body=[], live=False, election_reason=WHY)
    )
    time_machine.move_to(datetime(2027, 3, 1, 12, tzinfo=UTC))
    for page in (draft, urgent):
        page.go_live_at = datetime(2027, 3, 30, 12, tzinfo=UTC)
        page.save_revision(approved_go_live_at=page.go_live_at)
    time_machine.move_to(DURING)
    call_command("publish_scheduled")
    assert (live(draft), live(urgent)) == (False, True)
    time_machine.move_to(AFTER)
    call_command("publish_scheduled")
    assert live(draft)
    assert Record.objects.filter(event="PAGE_OUT_BEFORE_ELECTION").count() == 1


def test_it_may_be_scheduled_for_afterwards(editor: Client, draft: NewsPage) -> None:
    later = {"action-publish": "1", "go_live_at": "2027-05-07 09:00"}
    assert editor.post(f"/admin/pages/{draft.pk}/edit/", typed(**later)).status_code == 302
    assert not live(draft)
    sooner = {"action-publish": "1", "go_live_at": "2027-05-06 09:00"}
    answer = editor.post(f"/admin/pages/{draft.pk}/edit/", typed(**sooner))
    assert list(answer.context["form"].errors) == ["election_reason"]


def test_otherwise_nothing_is_asked(editor: Client, draft: NewsPage, time_machine) -> None:
    time_machine.move_to(AFTER)
    answer = editor.post(f"/admin/pages/{draft.pk}/edit/", typed(**{"action-publish": "1"}))
    assert answer.status_code == 302
    assert live(draft)
    assert not Record.objects.filter(event="PAGE_OUT_BEFORE_ELECTION").exists()


def test_a_copy_goes_live_by_no_other_way(editor: Client, index: NewsIndexPage) -> None:
    out = index.add_child(instance=NewsPage(title="Out", slug="out", body=[], election_reason=WHY))
    address = f"/admin/pages/{out.pk}/copy/"
    copied = {"new_title": "Again", "new_slug": "again", "new_parent_page": index.pk, "publish_copies": "on"}
    old = index.add_child(instance=NewsPage(title="Old", slug="old", body=[]))
    for answer in (
        editor.post(address, copied),
        editor.post(f"/admin/pages/{old.pk}/copy/", copied | {"alias": "on"}),
    ):
        assert (answer.status_code, "Pages wait until" in answer.content.decode()) == (409, True)
    assert not NewsPage.objects.filter(slug="again").exists()
    del copied["publish_copies"]
    assert editor.post(address, copied).status_code == 302
    copy = NewsPage.objects.get(slug="again")
    assert (copy.live, copy.election_reason) == (False, "")


def test_other_kinds_of_pages_wait_too(editor: Client, home: HomePage) -> None:
    page = home.add_child(instance=StandardPage(title="What we did", slug="did", body=[], live=False))
    doors = home.add_child(instance=CouncillorsPage(title="Councillors", slug="c", live=False))
    words = doors.add_child(
        instance=CouncillorPage(title="A word", slug="a", councillor=CouncillorFactory(), live=False)
    )
    account = Account.objects.get(email="edith@example.org")
    for each in (page, doors, words):
        revision = each.save_revision()
        with pytest.raises(Refused, match="Pages wait until"):
            revision.publish(user=account)
    words.election_reason = WHY
    words.save_revision().publish(user=account)
    assert live(words)
    assert Record.objects.get(event="PAGE_OUT_BEFORE_ELECTION").subject_id == words.pk

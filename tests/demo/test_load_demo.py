"""`manage.py load_demo`: the whole council, once."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.test import Client, override_settings
from django.utils.html import escape
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from academy.pages import LessonPage
from budgets.enums import AwardStatus
from budgets.models import Award, Budget, Entry, Outcome, Photo
from cms.pages import HomePage, NewsPage, StandardPage
from engage.accounts.roles import ROLES
from engage.councillors.models import Councillor
from engage.demo.content import county, residents
from engage.demo.signins import SIGN_INS
from engage.local import databases
from engage.local.pytest_plugin import database_name
from engage.notifications.models import News, Notification
from engage.places.models import Place
from engage.places.queries import place_at
from engage.residents.models import Resident
from engage.settings import PASSWORD_HASHERS
from ideas.actions import recount
from ideas.enums import IdeaStatus
from ideas.models import Comment, Idea, Support
from tests.served import copy_demo, site_data

# One process loads it for all.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The demo council in a database that the journeys copy too; nothing written here stays."""
    name = f"{database_name()}_demo"
    settings = override_settings(MEDIA_ROOT=site_data() / "media", PASSWORD_HASHERS=PASSWORD_HASHERS)
    with django_db_blocker.unblock(), settings:
        copy_demo(name)
        databases.point_django_at(name)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        databases.point_django_at(database_name())
        databases.discard(name)


def test_everything_is_there():
    assert Place.objects.count() == 1 + 20 + len(county()["parish"])
    assert Councillor.objects.count() == 24
    assert Budget.objects.filter(councillor__isnull=False).count() == 72
    assert Budget.objects.filter(councillor=None).count() == 2  # what votes decide about
    assert Award.objects.count() > 140
    assert Idea.objects.public().count() == 300
    assert Resident.objects.count() > len(residents())
    assert Idea.objects.count() == 301  # one of them is joined with another


def test_allocated_is_spent_committed_and_remaining():
    wrong = Budget.objects.exclude(
        allocated_pence=F("spent_pence") + F("committed_pence") + F("remaining_pence")
    )
    assert not wrong.exists()
    for year, pounds in county()["locality_budget"].items():
        of_councillors = Budget.objects.filter(year=int(year), councillor__isnull=False)
        allocated = of_councillors.aggregate(sum=Sum("allocated_pence"))["sum"]
        assert allocated == 24 * pounds * 100


def test_budgets_are_the_sums_of_their_entries():
    signs = {"commit": (1, 0), "release": (-1, 0), "pay": (-1, 1), "refund": (0, -1)}
    for budget in Budget.objects.all():
        committed = spent = 0
        for kind, amount in Entry.objects.filter(budget=budget).values_list("kind", "amount_pence"):
            to_committed, to_spent = signs.get(kind, (0, 0))
            committed += to_committed * amount
            spent += to_spent * amount
        assert (budget.committed_pence, budget.spent_pence) == (committed, spent)


def test_the_books_are_right():
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert "The books are right" in out.getvalue()


def test_a_journal_is_in_the_order_of_its_dates():
    for budget in Budget.objects.all():
        days = list(
            Entry.objects.filter(budget=budget).order_by("sequence").values_list("posted_on", flat=True)
        )
        assert days == sorted(days)


def test_awards_are_in_every_state():
    assert set(Award.objects.values_list("status", flat=True)) == set(AwardStatus)


def test_what_is_reported_can_be_seen():
    reported = Award.objects.filter(status=AwardStatus.REPORTED)
    assert reported.count() > 90
    assert not reported.filter(outcomes=None).exists()
    assert Outcome.objects.filter(forecast=None, actual__isnull=False).count() == 0
    assert Photo.objects.count() >= 24
    assert not Photo.objects.filter(alt="").exists()


def test_counters_agree_with_their_rows():
    assert recount() == 0
    counted = Idea.objects.annotate(
        rows=Count("supports", distinct=True),
        said=Count("comments", filter=Q(comments__in=Comment.objects.counted()), distinct=True),
    ).filter(~Q(rows=F("supports_count")) | ~Q(said=F("comments_count")))
    assert not counted.exists()
    assert Support.objects.count() > 5000
    assert Comment.objects.filter(official=True).count() >= 16
    assert Comment.objects.exclude(pk__in=Comment.objects.counted()).exists()


def test_every_status_has_its_history():
    for idea in Idea.objects.exclude(status=IdeaStatus.OPEN).prefetch_related("status_changes"):
        changes = list(idea.status_changes.all())
        assert changes[-1].status == idea.status
        assert all(change.reason for change in changes)


def test_a_pin_lies_in_the_place_of_its_idea():
    for idea in Idea.objects.exclude(latitude=None).select_related("place")[:40]:
        assert place_at(lat=idea.latitude, lon=idea.longitude) == idea.place


def test_awards_lead_back_to_their_ideas():
    grown = Award.objects.exclude(idea=None).select_related("idea__place", "place")
    assert grown.count() > 100
    for award in grown:
        assert award.idea.place_id == award.place_id
        assert award.idea.suggested_at.date() < award.decided_on


@pytest.mark.parametrize("sign_in", SIGN_INS, ids=lambda sign_in: sign_in.who)
def test_one_can_sign_in(sign_in, rf):
    account = authenticate(rf.post("/"), username=sign_in.email, password=sign_in.password)
    assert account is not None
    assert list(account.groups.values_list("name", flat=True)) == [ROLES[sign_in.role].group]
    assert account.resident.name


def test_the_councillor_who_signs_in_has_a_budget():
    councillor = Councillor.objects.get(account__email="councillor@demo.example")
    assert councillor.budgets.count() == 3


def test_the_resident_who_signs_in_has_suggested_ideas():
    assert Idea.objects.filter(author__account__email="resident@demo.example").count() == 3


@pytest.mark.parametrize("kind", [HomePage, StandardPage, NewsPage, LessonPage])
def test_every_page_can_be_read(kind: type[Page]):
    client = Client()
    pages = list(kind.objects.live())
    assert pages
    for page in pages:
        answer = client.get(page.get_url())
        assert answer.status_code == 200, page.get_url()
        assert escape(page.summary) in answer.content.decode() or kind is HomePage


def test_the_home_page_can_be_saved_again_by_an_editor():
    home = HomePage.objects.get()
    home.full_clean()
    assert {"hero", "budget_map", "ideas", "awards", "courses", "news"} <= {
        block.block_type for block in home.body
    }
    home.body.stream_block.clean(home.body)


def test_every_page_passes_its_own_blocks_checks():
    for kind in (StandardPage, NewsPage, LessonPage):
        for page in kind.objects.all():
            page.body.stream_block.clean(page.body)


def test_the_course_has_seventeen_lessons_with_an_act_at_the_end():
    lessons = list(LessonPage.objects.live())
    assert len(lessons) == 17
    for lesson in lessons:
        last = lesson.body[len(lesson.body) - 1]
        assert last.block_type == "next_act"
        assert last.value["link"].url, lesson.title


def test_search_finds_what_was_loaded():
    found = get_search_backend().search("skate park lights", Idea.objects.all())
    assert found[0].title == "Lights at the Ferry Road skate park"


def test_once_more_changes_nothing():
    before = (Place.objects.count(), Entry.objects.count(), Support.objects.count())
    out = StringIO()
    call_command("load_demo", once=True, stdout=out)
    assert "already loaded" in out.getvalue()
    assert (Place.objects.count(), Entry.objects.count(), Support.objects.count()) == before


def test_a_second_time_is_refused_with_what_to_do():
    with pytest.raises(CommandError, match=r"already loaded.*make erase"):
        call_command("load_demo", stdout=StringIO())


def test_the_resident_was_told_what_became_of_what_she_follows_and_nobody_is_mailed():
    hers = Notification.objects.filter(resident__account__email=SIGN_INS[0].email)
    assert hers.filter(read_at=None).count() > 1
    assert hers.exclude(read_at=None).count() > 5
    assert {"idea_new", "idea_status"} <= set(hers.values_list("news__kind", flat=True))
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()
    assert not News.objects.filter(told_at=None).exists()

"""Who hears of what, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.notifications.actions import follow, notify, save_preferences, tell_next
from engage.notifications.models import Following, News, Notification
from engage.residents.models import Resident
from tests.factories import PlaceFactory, ResidentFactory
from tests.notifications.conftest import BENCH, NOW

pytestmark = pytest.mark.django_db


def told() -> list[int]:
    return list(Notification.objects.order_by("resident").values_list("resident", flat=True))


def followers(count: int) -> list[int]:
    residents = ResidentFactory.create_batch(count)
    Following.objects.bulk_create(
        Following(resident=each, topic_kind=BENCH[0], topic_id=BENCH[1], since=NOW) for each in residents
    )
    return sorted(each.pk for each in residents)


def test_followers_hear_and_nobody_else(follower, tell) -> None:
    ResidentFactory()
    tell()
    assert told() == [follower.pk]


def test_a_job_is_queued_for_the_worker(follower, now, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify(kind="bench_painted", topic=BENCH, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        assert cursor.fetchall() == [("notifications.tell", f'{{"news": {News.objects.get().pk}}}')]


def test_what_is_reported_twice_is_told_once(follower, now) -> None:
    assert notify(kind="bench_painted", topic=BENCH, at=now) is True
    assert notify(kind="bench_painted", topic=BENCH, at=now) is False
    assert notify(kind="bench_painted", topic=BENCH, at=now, key="the back") is True


def test_who_did_it_need_not_hear_and_others_can_be_named(follower, tell) -> None:
    named = ResidentFactory()
    tell(but_not=[follower.pk], also=[named.pk, named.pk])
    assert told() == [named.pk]


def test_news_for_people_by_name_leaves_the_followers_out(follower, tell) -> None:
    named = ResidentFactory()
    tell(to_followers=False, also=[named.pk])
    assert told() == [named.pk]


def test_news_that_nobody_hears_is_done_with(tell) -> None:
    assert tell(to_followers=False).told_at is None  # as it was made
    assert News.objects.get().told_at == NOW


def test_who_follows_several_of_the_topics_hears_once(follower, tell, now) -> None:
    follow(resident=follower, topic=("bench", 8), at=now)
    tell(topics=[("bench", 8)], also=[follower.pk])
    assert told() == [follower.pk]


def test_who_watches_a_place_hears_of_what_happens_within_it(tell, now) -> None:
    county = PlaceFactory()
    ward = PlaceFactory(parent=county)
    beside = PlaceFactory(parent=county)
    above, here, elsewhere = ResidentFactory.create_batch(3)
    for resident, place in ((above, county), (here, ward), (elsewhere, beside)):
        follow(resident=resident, topic=("place", place.pk), at=now)
    tell(topics=[("place", ward.pk)])
    assert told() == sorted([above.pk, here.pk])


def test_who_wants_to_hear_nothing_of_a_kind_does_not(follower, tell) -> None:
    save_preferences(
        resident=follower, channels={"bench_painted": "none"}, mail_on=True, quiet_from=None, quiet_until=None
    )
    tell("bench_painted")
    assert told() == []
    tell("bench_moved")
    assert told() == [follower.pk]


def test_residents_without_a_login_have_no_page_to_read_it_on(follower, tell) -> None:
    Resident.objects.filter(pk=follower.pk).update(account=None)
    tell()
    assert told() == []


def test_when_the_email_is_due(follower, tell, now) -> None:
    for kind in ("bench_painted", "bench_sat", "bench_moved"):
        tell(kind, data={"seat": 1})
    due = dict(Notification.objects.values_list("news__kind", "mail_due_at"))
    assert due["bench_painted"] == now
    # Six in Greenwich is seven in the morning on the council's clock in summer.
    assert due["bench_sat"].isoformat() == "2026-06-04T06:00:00+00:00"
    assert due["bench_moved"].isoformat() == "2026-06-08T06:00:00+00:00"


@pytest.mark.parametrize("channels", [{"mail_on": False}, {"channels": {"bench_painted": "site"}}])
def test_no_email_is_due_where_none_is_wanted(follower, tell, channels) -> None:
    chosen = {"channels": {}, "mail_on": True, "quiet_from": None, "quiet_until": None} | channels
    save_preferences(resident=follower, **chosen)
    tell()
    assert Notification.objects.get().mail_due_at is None


def test_in_batches_nobody_is_left_out_and_nobody_told_twice(now) -> None:
    everybody = followers(7)
    notify(kind="bench_painted", topic=BENCH, at=now)
    news = News.objects.get()
    counts = []
    while (count := tell_next(news_id=news.pk, at=now, batch=3)) is not None:
        counts.append(count)
    assert counts == [3, 3, 1]
    assert told() == everybody


def test_after_a_crash_it_goes_on_with_the_next_resident(now) -> None:
    everybody = followers(5)
    notify(kind="bench_painted", topic=BENCH, at=now)
    news = News.objects.get()
    tell_next(news_id=news.pk, at=now, batch=2)  # and the worker is killed
    assert News.objects.get().told_up_to == everybody[1]
    # Somebody before that place begins to follow meanwhile: what happened earlier is not their news.
    while tell_next(news_id=news.pk, at=now + timedelta(hours=1), batch=2):
        assert len(told()) == len(set(told()))
    assert told() == everybody


def test_a_batch_takes_the_same_statements_for_one_and_for_thirty(now) -> None:
    def statements(count: int) -> int:
        followers(count)
        notify(kind="bench_painted", topic=BENCH, at=now, key=str(count))
        with CaptureQueriesContext(connection) as asked:
            tell_next(news_id=News.objects.latest("pk").pk, at=now)
        return len(asked)

    assert statements(1) == statements(30)

"""What one's own pages show and do: the list, the choices, what is followed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engage.notifications import actions
from engage.notifications.models import Following, Notification, Preference
from tests.factories import PlaceFactory, ResidentFactory, ThemeFactory
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db
LIST, PREFERENCES, WATCH = (f"/account/notifications/{page}" for page in ("", "preferences/", "watch/"))


@pytest.fixture
def me(client, follower):
    client.force_login(follower.account)
    return follower


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


class TestList:
    def test_it_says_what_to_do_while_there_is_nothing(self, client, me) -> None:
        page = words(client.get(LIST))
        assert "Nothing yet" in page
        assert WATCH in page

    def test_newest_first_and_new_ones_are_marked(self, client, me, tell) -> None:
        tell("bench_painted")
        tell("bench_moved", at=NOW.replace(hour=12))
        page = words(client.get(LIST))
        assert page.index("was moved") < page.index("was painted")
        assert page.count("notice-row--unread") == 2

    def test_opening_one_leads_to_it_and_counts_as_reading(self, client, me, tell) -> None:
        tell("bench_sat", data={"seat": 3})
        mine = Notification.objects.get()
        answer = client.get(f"{LIST}{mine.pk}/")
        assert answer.url == "/benches/7/#seat-3"
        assert "notice-row--unread" not in words(client.get(LIST))

    def test_what_is_gone_is_named_no_more(self, client, me, tell, of_benches) -> None:
        tell()
        del of_benches[7]
        page = words(client.get(LIST))
        assert "A bench that is no longer there" in page
        assert "pond" not in page
        answer = client.get(f"{LIST}{Notification.objects.get().pk}/", follow=True)
        assert "is no longer here" in words(answer)

    def test_one_or_all_can_be_marked(self, client, me, tell) -> None:
        for n in range(3):
            tell(key=str(n))
        first = Notification.objects.first()
        assert client.post(f"{LIST}read/", {"notification": first.pk}).status_code == 303
        assert Notification.objects.unread().count() == 2
        client.post(f"{LIST}read/")
        assert not Notification.objects.unread().exists()

    def test_nobody_sees_or_reads_anothers(self, client, me, tell) -> None:
        tell()
        mine = Notification.objects.get()
        client.force_login(ResidentFactory().account)
        assert "pond" not in words(client.get(LIST))
        assert client.get(f"{LIST}{mine.pk}/").status_code == 404
        client.post(f"{LIST}read/", {"notification": mine.pk})
        assert Notification.objects.unread().count() == 1

    def test_after_marking_it_goes_back_only_within_this_site(self, client, me) -> None:
        assert client.post(f"{LIST}read/", {"next": "/ideas/?page=2"}).headers["Location"] == "/ideas/?page=2"
        assert client.post(f"{LIST}read/", {"next": "https://elsewhere.example/"}).headers["Location"] == LIST

    def test_the_header_counts_what_is_new_in_one_statement_a_minute(
        self, client, me, tell, django_capture_on_commit_callbacks
    ) -> None:
        def look() -> tuple[int, str]:
            with CaptureQueriesContext(connection) as asked:
                page = words(client.get("/account/profile/"))
            return len([q for q in asked if "notifications_notification" in q["sql"]]), page

        tell()
        count, page = look()
        assert count == 1
        assert '<span class="account__unread"> 1' in page
        assert look()[0] == 0
        with django_capture_on_commit_callbacks(execute=True):
            actions.mark_read(resident=me, at=NOW)
        assert "account__unread" not in look()[1]

    def test_the_signed_out_cost_nothing(self, client, follower) -> None:
        with CaptureQueriesContext(connection) as asked:
            client.get("/account/login/")
        assert not [q for q in asked if "notifications_" in q["sql"]]

    def test_the_same_number_of_statements_for_one_and_for_twenty(self, client, me, tell) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get(LIST)
            return len(asked)

        tell(key="first")
        statements()
        before = statements()
        for n in range(19):
            tell(key=str(n))
        assert statements() == before


class TestPreferences:
    def chosen(self, **changes) -> dict[str, str]:
        return (
            {
                "mail_on": "on",
                "kind_bench_painted": "weekly",
                "kind_bench_sat": "none",
                "kind_bench_moved": "site",
                "quiet_from": "21:30",
                "quiet_until": "07:00",
            }
            | {f"kind_{kind}": "daily" for kind in others()}
            | changes
        )

    def test_each_kind_begins_with_its_own_default(self, client, me) -> None:
        page = words(client.get(PREFERENCES))
        assert "A bench is painted" in page
        assert '<option value="now" selected>Email at once</option>' in page

    def test_choices_are_kept(self, client, me) -> None:
        assert client.post(PREFERENCES, self.chosen()).status_code == 303
        kept = Preference.objects.get(resident=me)
        assert kept.channels["bench_painted"] == "weekly"
        assert kept.quiet_from.isoformat() == "21:30:00"
        assert kept.language == "en-gb"
        assert '<option value="none" selected>' in words(client.get(PREFERENCES))

    def test_one_switch_stops_all_emails_and_keeps_the_choices(self, client, me, tell) -> None:
        client.post(PREFERENCES, {k: v for k, v in self.chosen().items() if k != "mail_on"})
        kept = Preference.objects.get(resident=me)
        assert (kept.mail_on, kept.channels["bench_painted"]) == (False, "weekly")

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"quiet_until": ""}, "Give both times, or leave both empty."),
            ({"quiet_until": "21:30"}, "begin and end at the same time"),
            ({"quiet_from": "noonish"}, "Write a time of day"),
        ],
    )
    def test_quiet_hours_that_are_none(self, client, me, changes, sentence) -> None:
        answer = client.post(PREFERENCES, self.chosen(**changes))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert not Preference.objects.filter(quiet_from__isnull=False).exists()

    def test_a_way_to_hear_that_is_none(self, client, me) -> None:
        kind = next(name for name in self.chosen() if name.startswith("kind_"))
        answer = client.post(PREFERENCES, self.chosen(**{kind: "by pigeon"}))
        assert answer.status_code == 422
        assert "Choose how to hear of this." in words(answer)

    def test_kinds_for_staff_are_offered_to_staff(self, client, me, of_benches) -> None:
        from engage.notifications.enums import Channel
        from engage.notifications.kinds import Kind, register

        register(
            Kind(
                "bench_job", "Work", "A bench needs you", "x", Channel.NOW, needs="wagtailadmin.access_admin"
            )
        )
        assert "A bench needs you" not in words(client.get(PREFERENCES))


def others() -> list[str]:
    from engage.notifications.kinds import all_kinds

    return [kind.key for kind in all_kinds() if not kind.key.startswith("bench_")]


class TestWatch:
    def test_places_and_themes_are_ticked_and_unticked(self, client, me) -> None:
        place, theme = PlaceFactory(name="Otterham"), ThemeFactory(name="Parks")
        assert "Otterham (Division)" in words(client.get(WATCH))
        client.post(WATCH, {"places": [place.pk], "themes": [theme.pk]})
        watched = Following.objects.exclude(topic_kind="bench").values_list("topic_kind", "topic_id")
        assert set(watched) == {("place", place.pk), ("theme", theme.pk)}
        assert words(client.get(WATCH)).count(" checked") == 2
        client.post(WATCH, {})
        assert Following.objects.get().topic_kind == "bench"  # what else is followed stays

    def test_a_place_that_is_none_is_refused(self, client, me) -> None:
        answer = client.post(WATCH, {"places": ["999999"]})
        assert answer.status_code == 422
        assert "Choose places from the list." in words(answer)
        assert Following.objects.count() == 1

    def test_what_else_is_followed_can_be_stopped(self, client, me) -> None:
        assert "Bench by the pond" in words(client.get(WATCH))
        answer = client.post("/notifications/unfollow/", {"topic": "bench.7"})
        assert answer.headers["Location"] == WATCH
        assert "Bench by the pond" not in words(client.get(WATCH))

    def test_the_same_number_of_statements_for_one_and_for_thirty(self, client, me) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                client.get(WATCH)
            return len(asked)

        statements()
        before = statements()
        for place in PlaceFactory.create_batch(30):
            actions.follow(resident=me, topic=("place", place.pk), at=NOW)
        assert statements() == before


class TestFollowButton:
    HTMX = {"HX-Request": "true"}

    def test_without_scripts_the_page_comes_back(self, client, me) -> None:
        posted = {"topic": "bench.8", "next": "/ideas/"}
        answer = client.post("/notifications/follow/", posted)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/ideas/")
        assert Following.objects.filter(topic_id=8, resident=me).exists()

    def test_with_htmx_only_the_button_comes_back(self, client, me) -> None:
        answer = client.post("/notifications/follow/", {"topic": "bench.8"}, headers=self.HTMX)
        assert "<html" not in words(answer)
        assert "You follow this" in words(answer)
        answer = client.post("/notifications/unfollow/", {"topic": "bench.8"}, headers=self.HTMX)
        assert "Follow this" in words(answer)
        assert 'action="/notifications/follow/"' in words(answer)

    def test_a_double_click_follows_once(self, client, me) -> None:
        for _ in range(2):
            assert client.post("/notifications/follow/", {"topic": "bench.8"}).status_code == 303
        assert Following.objects.filter(resident=me, topic_id=8).count() == 1

    @pytest.mark.parametrize("topic", ["", "bench", "bench.x", "castle.1", "own_idea.1", "bench.²"])
    def test_what_cannot_be_followed_is_refused(self, client, me, topic) -> None:
        answer = client.post("/notifications/follow/", {"topic": topic})
        assert answer.status_code == 422
        assert "press the button again" in words(answer)

    def test_what_is_not_there_cannot_be_followed(self, client, me) -> None:
        assert client.post("/notifications/follow/", {"topic": "bench.99"}).status_code == 404

    def test_a_link_cannot_follow(self, client, me) -> None:
        assert client.get("/notifications/follow/?topic=bench.8").status_code == 405


def test_the_account_page_leads_here(client, me) -> None:
    page = words(client.get("/account/"))
    assert PREFERENCES in page
    assert "by email as you choose" in page
    actions.stop_mail(resident=me)
    assert "You have stopped our emails about news." in words(client.get("/account/"))

"""Who is told of what becomes of an idea, and in which words."""

from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from engage.notifications.actions import follow, hear_record, tell_next
from engage.notifications.hearing import HEAR
from engage.notifications.kinds import all_kinds
from engage.notifications.models import Following, News, Notification
from engage.notifications.queries import inbox, is_following
from ideas.actions import change_status, comment_on_idea, suggest_idea, support_idea, withdraw_support
from ideas.models import Comment, Idea
from tests.factories import IdeaFactory, PlaceFactory, ResidentFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "notifications.md"


def test_the_guide_names_every_kind_of_news_and_how_it_comes() -> None:
    table = GUIDE.read_text().split("| kind of news |", 1)[1].split("\n\n", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    said = {label: how.split(",")[0] for label, _who, how in rows}
    assert said == {str(kind.label): str(kind.default.label).lower() for kind in all_kinds()}
    assert len(rows) == len(said)


@pytest.fixture
def after(django_capture_on_commit_callbacks, now):
    """Do a verb and let everybody be told, as the worker would."""

    def run(verb, **arguments):
        with django_capture_on_commit_callbacks(execute=True):
            result = verb(at=now, **arguments)
        for job in ProcrastinateJob.objects.filter(task_name=HEAR, status="todo"):
            hear_record(job.args["record"])
        for news in News.objects.filter(told_at=None):
            while tell_next(news_id=news.pk, at=now):
                assert news.pk
        return result

    return run


def told(resident) -> list[str]:
    return [item.told.title for item in inbox(resident, page=None).items]


def test_the_author_follows_it_and_watchers_of_place_and_theme_hear(after, now) -> None:
    county, theme = PlaceFactory(), ThemeFactory()
    place = PlaceFactory(parent=county)
    author, by_place, by_theme, elsewhere = ResidentFactory.create_batch(4)
    follow(resident=by_place, topic=("place", county.pk), at=now)
    follow(resident=by_theme, topic=("theme", theme.pk), at=now)
    follow(resident=elsewhere, topic=("place", PlaceFactory().pk), at=now)
    idea = after(suggest_idea, author=author, title="Lights", description="Dark.", place=place, theme=theme)
    assert is_following(author, ("idea", idea.pk))
    assert told(by_place) == told(by_theme) == ["New idea: “Lights”"]
    assert told(author) == told(elsewhere) == []


def test_an_idea_that_a_moderator_holds_is_not_told_of(after, now, resident, monkeypatch) -> None:
    idea = IdeaFactory()
    Idea.objects.update(held_at=now)
    follow(resident=resident, topic=("place", idea.place_id), at=now)
    from engage.kit.happenings import Happening
    from ideas import notices

    notices.new_idea(Happening("IDEA_SUGGESTED", idea.pk, None, now))
    assert not News.objects.exists()
    assert Following.objects.filter(resident=idea.author).exists()


def test_followers_hear_of_a_comment_and_its_writer_does_not(after, now, resident) -> None:
    idea = IdeaFactory(title="Lights")
    writer = ResidentFactory()
    for each in (resident, writer):
        follow(resident=each, topic=("idea", idea.pk), at=now)
    said = after(comment_on_idea, idea=idea, author=writer, text="Yes please.")
    assert told(resident) == ["New comment on “Lights”"]
    assert told(writer) == []
    assert inbox(resident, page=None).items[0].told.url.endswith(f"-lights/#comment-{said.pk}")


def test_an_official_answer_is_news_of_its_own(after, now, resident, account_with) -> None:
    idea = IdeaFactory(title="Lights")
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    officer = account_with("answer_officially").resident
    after(comment_on_idea, idea=idea, author=officer, text="We will.", official=True)
    assert told(resident) == ["The council answered “Lights”"]
    assert Notification.objects.get(resident=resident).mail_due_at == now


def test_who_is_replied_to_hears_once_whether_following_or_not(after, now, resident) -> None:
    idea = IdeaFactory(title="Lights")
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    first = after(comment_on_idea, idea=idea, author=resident, text="Where?")
    answer = after(comment_on_idea, idea=idea, author=idea.author, text="By the ramps.")
    Comment.objects.filter(pk=answer.pk).update(parent=first)
    News.objects.all().delete()
    from engage.kit.happenings import Happening
    from ideas import notices

    notices.new_comment(Happening("IDEA_COMMENTED", idea.pk, None, now, {"comment": answer.pk}))
    for news in News.objects.all():
        tell_next(news_id=news.pk, at=now)
    assert told(resident) == ["Reply to your comment on “Lights”"]
    assert told(idea.author) == []


def test_a_new_status_is_told_in_its_public_name(after, now, resident, account_with) -> None:
    idea = IdeaFactory(title="Lights")
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    officer = account_with("change_idea_status")
    after(change_status, idea=idea, status="accepted", reason="Money is there.", by=officer)
    assert told(resident) == ["“Lights” is now: Going ahead"]


def test_supporting_follows_and_taking_it_back_ends_that(after, resident) -> None:
    idea = IdeaFactory()
    topic = ("idea", idea.pk)
    after(support_idea, idea=idea, resident=resident)
    assert is_following(resident, topic)
    after(withdraw_support, idea=idea, resident=resident)
    assert not is_following(resident, topic)


def test_who_follows_without_supporting_still_does_after_supporting_for_a_while(after, now, resident) -> None:
    idea = IdeaFactory()
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    after(support_idea, idea=idea, resident=resident)
    after(withdraw_support, idea=idea, resident=resident)
    assert is_following(resident, ("idea", idea.pk))


def test_what_was_hidden_later_is_named_no_more(after, now, resident) -> None:
    idea = IdeaFactory(title="Something rude")
    follow(resident=resident, topic=("idea", idea.pk), at=now)
    after(comment_on_idea, idea=idea, author=idea.author, text="Ha.")
    Idea.objects.update(status="removed")
    assert told(resident) == ["An idea that is no longer shown"]
    assert "rude" not in str(list(News.objects.values()))

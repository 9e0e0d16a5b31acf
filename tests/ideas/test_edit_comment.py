"""Second thoughts about one's own words: other words for a while, or none at any time."""

from datetime import timedelta

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import comment_on_idea, edit_comment, recount, remove_comment, take_back_comment
from ideas.models import Comment, Flag, Idea
from ideas.permissions import EDIT_WINDOW
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOON = EDIT_WINDOW - timedelta(seconds=1)


@pytest.fixture
def said(resident, now) -> Comment:
    return comment_on_idea(idea=IdeaFactory(), author=resident, text="Yess", stance="for", at=now)


def test_the_author_changes_words_and_side_and_the_page_can_say_so(said, now) -> None:
    changed = edit_comment(comment=said, by=said.author, text=" No! ", stance="against", at=now + SOON)
    assert (changed.text, changed.stance, changed.edited_at) == ("No!", "against", now + SOON)
    idea = Idea.objects.get()
    assert (idea.comments_count, idea.for_count, idea.against_count) == (1, 0, 1)
    assert recount() == 0


def test_the_words_before_are_kept_nowhere(said, now) -> None:
    edit_comment(comment=said, by=said.author, text="Yes!", at=now + SOON)
    assert "Yess" not in str(list(Record.objects.values_list("data", flat=True)))
    assert not Comment.objects.filter(text__contains="Yess").exists()


def test_the_same_words_once_more_are_no_change(said, now) -> None:
    assert edit_comment(comment=said, by=said.author, text="Yess", at=now + SOON).edited_at is None


def test_after_a_quarter_of_an_hour_the_words_stay(said, now) -> None:
    with pytest.raises(Refused, match=r"until 10:45am on Monday 1 June 2026\. Write another one") as refused:
        edit_comment(comment=said, by=said.author, text="No", at=now + EDIT_WINDOW)
    assert refused.value.denied.status == 409


def test_words_that_somebody_replied_to_stay(said, now) -> None:
    comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    with pytest.raises(Refused, match="Somebody has replied"):
        edit_comment(comment=said, by=said.author, text="No", at=now + SOON)


def test_nobody_else_changes_or_takes_back(said, account_with, now) -> None:
    for other in (ResidentFactory(), account_with("remove_comment").resident, ResidentFactory(account=None)):
        with pytest.raises(Refused, match="Only the person who wrote"):
            edit_comment(comment=said, by=other, text="No", at=now)
        with pytest.raises(Refused, match="Only the person who wrote"):
            take_back_comment(comment=said, by=other, at=now)


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Write your comment"), ("x" * 2001, "2001 characters")])
def test_words_that_do_not_fit_are_refused(said, now, text, sentence) -> None:
    with pytest.raises(Refused, match=sentence):
        edit_comment(comment=said, by=said.author, text=text, at=now)
    assert Comment.objects.get().text == "Yess"


def test_a_change_is_looked_at_like_a_new_comment(said, now) -> None:
    advert = "Buy at https://shop.example/a and https://shop.example/b"
    changed = edit_comment(comment=said, by=said.author, text=advert, at=now + SOON)
    assert changed.held_at == now + SOON
    assert Flag.objects.filter(comment=said, source="links").exists()
    assert Idea.objects.get().comments_count == 0
    assert recount() == 0
    with pytest.raises(Refused, match="A moderator is looking at this comment"):
        edit_comment(comment=said, by=said.author, text="Never mind", at=now + SOON)


def test_what_is_taken_back_is_erased_for_everybody_and_its_place_stays_for_replies(said, now) -> None:
    reply = comment_on_idea(idea=said.idea, author=ResidentFactory(), text="Why?", parent=said, at=now)
    take_back_comment(comment=said, by=said.author, at=now + timedelta(days=400))
    said.refresh_from_db()
    assert (said.text, said.taken_back_at) == ("", now + timedelta(days=400))
    assert Idea.objects.get().comments_count == 1
    assert Comment.objects.get(pk=reply.pk).text == "Why?"
    with pytest.raises(Refused, match="taken this comment back already"):
        take_back_comment(comment=said, by=said.author, at=now)


def test_what_is_taken_back_leaves_the_moderators_queue(said, now) -> None:
    waiting = Flag.objects.waiting().filter(comment=said)
    Flag.objects.create(idea=said.idea, comment=said, source="abuse", raised_at=now)
    assert waiting.exists()
    take_back_comment(comment=said, by=said.author, at=now)
    assert not waiting.exists()


def test_what_the_council_said_stays_on_record(account_with, now) -> None:
    officer = account_with("answer_officially").resident
    answer = comment_on_idea(idea=IdeaFactory(), author=officer, text="We will", official=True, at=now)
    with pytest.raises(Refused, match="stays on record"):
        take_back_comment(comment=answer, by=officer, at=now)


def test_what_a_moderator_removed_is_out_of_its_authors_hands(said, account_with, now) -> None:
    remove_comment(comment=said, reason="Rude.", by=account_with("remove_comment"), at=now)
    for act in (
        lambda: edit_comment(comment=said, by=said.author, text="Sorry", at=now),
        lambda: take_back_comment(comment=said, by=said.author, at=now),
    ):
        with pytest.raises(Refused, match="A moderator removed this comment"):
            act()

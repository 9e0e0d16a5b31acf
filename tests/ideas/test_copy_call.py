"""Next year's call from this year's, in one step."""

from datetime import UTC, datetime

import pytest

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import CallFacts, Question, copy_call, save_call
from ideas.enums import Feeds
from ideas.events import CALL_COPIED
from ideas.models import Call
from ideas.rules.phases import PhaseDates
from tests.factories import CallFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_the_copy_says_all_that_the_call_says_a_year_later_and_is_a_draft(account_with, now) -> None:
    officer, place, theme = account_with("change_call"), PlaceFactory(), ThemeFactory()
    call = save_call(
        facts=CallFacts(
            title="Ideas for 2026–27",
            explanation="Say it.",
            phases=[
                PhaseDates("suggest", datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)),
                PhaseDates("support", datetime(2026, 7, 6, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)),
            ],
            places=[place],
            themes=[theme],
            questions=[Question("Which?", "one_of", "Choose one.", "Red\nBlue", required=True, public=False)],
            body=[{"type": "text", "value": "<p>Fair for all.</p>"}],
            ideas_each=2,
            supports_each=4,
            feeds=Feeds.BALLOT,
            ballot_pot_pence=900_00,
            announced_at=now,
        ),
        by=officer,
        at=now,
    )
    copy = Call.objects.get(pk=copy_call(call=Call.objects.get(pk=call.pk), by=officer, at=now).pk)
    assert (copy.title, copy.slug, copy.announced_at) == ("Ideas for 2027–28", "ideas-for-202728", None)
    assert list(copy.phases.values_list("kind", "starts_at", "ends_at")) == [
        ("suggest", datetime(2027, 5, 31, 8, tzinfo=UTC), datetime(2027, 6, 30, tzinfo=UTC)),
        ("support", datetime(2027, 7, 5, tzinfo=UTC), datetime(2027, 7, 31, tzinfo=UTC)),
    ]
    assert [*copy.places.all(), *copy.themes.all()] == [place, theme]
    question = copy.questions.get()
    assert (question.label, question.choices, question.public) == ("Which?", "Red\nBlue", False)
    assert (copy.ideas_each, copy.supports_each, copy.ballot_pot_pence) == (2, 4, 900_00)
    assert "Fair for all" in str(copy.body)
    assert copy.copied_from == call
    assert Record.objects.get(event=CALL_COPIED).data == {"copied_from": call.pk}


def test_who_may_not_is_refused(account_with, now) -> None:
    call = CallFactory()
    with pytest.raises(Refused, match="may not set up calls"):
        copy_call(call=call, by=account_with("view_call"), at=now)
    assert Call.objects.count() == 1

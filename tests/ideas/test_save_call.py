"""Setting up a call and changing it: its phases, its questions, and dates that move in public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from engage.audit.models import Record
from engage.kit.decisions import Refused
from ideas.actions import CallFacts, Question, save_call
from ideas.enums import Feeds
from ideas.events import CALL_DATES_SHIFTED, CALL_SAVED
from ideas.models import Call, CallQuestion, Phase, PhaseShift, QuestionReply
from ideas.rules.phases import PhaseDates
from tests.factories import IdeaFactory, PlaceFactory, ThemeFactory

DAY = timedelta(days=1)
JANUARY, FEBRUARY, MARCH = (datetime(2027, month, 1, tzinfo=UTC) for month in (1, 2, 3))
PHASES = [PhaseDates("suggest", JANUARY, FEBRUARY), PhaseDates("support", FEBRUARY, MARCH)]
FACTS = {"title": "Safer streets", "explanation": "Where do you not feel safe?", "phases": PHASES}


@pytest.fixture
def officer(account_with):
    return account_with("change_call")


def facts(**changed) -> CallFacts:
    return CallFacts(**FACTS | changed)


def dates(call: Call) -> list[tuple[str, datetime, datetime]]:
    return list(call.phases.values_list("kind", "starts_at", "ends_at"))


@pytest.mark.django_db
def test_a_call_is_written_down_whole(officer, now) -> None:
    place, theme = PlaceFactory(), ThemeFactory()
    call = save_call(
        facts=facts(
            places=[place],
            themes=[theme],
            ideas_each=3,
            supports_each=5,
            feeds=Feeds.BALLOT,
            ballot_pot_pence=25_000_00,
            questions=[
                Question("Who would use it?", "short"),
                Question("Is it urgent?", "yes_no", required=True),
            ],
        ),
        by=officer,
        at=now,
    )
    call.refresh_from_db()
    assert (call.slug, call.announced_at, call.ideas_each, call.supports_each) == (
        "safer-streets",
        None,
        3,
        5,
    )
    assert dates(call) == [("suggest", JANUARY, FEBRUARY), ("support", FEBRUARY, MARCH)]
    assert [*call.places.all(), *call.themes.all()] == [place, theme]
    assert [each.label for each in call.questions.all()] == ["Who would use it?", "Is it urgent?"]
    assert (call.feeds, call.ballot_pot_pence) == ("ballot", 25_000_00)
    assert Record.objects.get(event=CALL_SAVED).actor_id == officer.pk


@pytest.mark.django_db
def test_who_may_not_is_refused(account_with, now) -> None:
    with pytest.raises(Refused, match="may not set up calls"):
        save_call(facts=facts(), by=account_with("view_call"), at=now)
    assert not Call.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phases", "field", "sentence"),
    [
        ([PhaseDates("suggest", FEBRUARY, JANUARY)], "suggest_ends_at", "must end after it starts"),
        (
            [PhaseDates("suggest", JANUARY, FEBRUARY + DAY), PhaseDates("support", FEBRUARY, MARCH)],
            "support_starts_at",
            "Choose the start of Tuesday 2 February 2027 or later",
        ),
        (
            [PhaseDates("suggest", FEBRUARY, MARCH), PhaseDates("support", JANUARY, FEBRUARY)],
            "support_starts_at",
            "“Support ideas” comes after “Suggest ideas”",
        ),
    ],
)
def test_dates_that_do_not_fit_are_refused_at_their_field(officer, now, phases, field, sentence) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        save_call(facts=facts(phases=phases), by=officer, at=now)
    assert (refused.value.denied.field, refused.value.denied.status) == (field, 422)
    assert not Call.objects.exists()


@pytest.mark.django_db
def test_until_it_is_announced_dates_change_freely_and_phases_may_trade_places(officer, now) -> None:
    call = save_call(facts=facts(), by=officer, at=now)
    later = [PhaseDates(each.kind, each.starts_at + 15 * DAY, each.ends_at + 15 * DAY) for each in PHASES]
    save_call(facts=facts(phases=later), call=call, by=officer, at=now)
    assert dates(call) == [(each.kind, each.starts_at, each.ends_at) for each in later]
    save_call(facts=facts(phases=later[1:]), call=call, by=officer, at=now)
    assert [kind for kind, *_ in dates(call)] == ["support"]
    assert not PhaseShift.objects.exists()


@pytest.mark.django_db
def test_once_it_is_public_a_changed_date_needs_a_reason_that_everybody_reads(officer, now) -> None:
    call = save_call(facts=facts(announced_at=now), by=officer, at=now)
    longer = [
        PhaseDates("suggest", JANUARY, FEBRUARY + 7 * DAY),
        PhaseDates("support", FEBRUARY + 7 * DAY, MARCH),
    ]
    moved = facts(announced_at=now, phases=longer)
    with pytest.raises(Refused, match="Say why its dates change") as refused:
        save_call(facts=moved, call=call, by=officer, at=now + DAY, reason=" ")
    assert refused.value.denied.field == "reason"
    assert dates(call)[0] == ("suggest", JANUARY, FEBRUARY)
    save_call(facts=moved, call=call, by=officer, at=now + DAY, reason="Snow closed the libraries.")
    first, second = PhaseShift.objects.all()
    assert (first.kind, first.from_ends_at, first.to_ends_at) == ("suggest", FEBRUARY, FEBRUARY + 7 * DAY)
    assert (second.kind, second.from_starts_at, second.to_starts_at) == (
        "support",
        FEBRUARY,
        FEBRUARY + 7 * DAY,
    )
    assert {first.reason, second.reason} == {"Snow closed the libraries."}
    assert (first.shifted_at, first.shifted_by) == (now + DAY, officer)
    told = Record.objects.get(event=CALL_DATES_SHIFTED)
    assert (told.subject_id, told.data["phases"]) == (call.pk, ["suggest", "support"])


@pytest.mark.django_db
def test_adding_and_calling_off_a_phase_is_public_too(officer, now) -> None:
    call = save_call(facts=facts(announced_at=now), by=officer, at=now)
    other = [PHASES[0], PhaseDates("ballot", MARCH, MARCH + 7 * DAY)]
    save_call(
        facts=facts(announced_at=now, phases=other), call=call, by=officer, at=now, reason="A vote is fairer."
    )
    off, added = PhaseShift.objects.order_by("kind").reverse()
    assert (off.kind, off.from_starts_at, off.to_starts_at) == ("support", FEBRUARY, None)
    assert (added.kind, added.from_starts_at, added.to_starts_at) == ("ballot", None, MARCH)


@pytest.mark.django_db
def test_saving_a_public_call_without_changing_its_dates_asks_for_no_reason(officer, now) -> None:
    call = save_call(facts=facts(announced_at=now), by=officer, at=now)
    again = save_call(
        facts=facts(announced_at=now, title="Even safer streets"), call=call, by=officer, at=now + DAY
    )
    assert (again.title, again.slug) == ("Even safer streets", "safer-streets")
    assert not PhaseShift.objects.exists()


@pytest.mark.django_db
def test_who_saw_an_older_version_changes_nothing(officer, now) -> None:
    call = save_call(facts=facts(), by=officer, at=now)
    assert save_call(facts=facts(title="Dark lanes"), call=call, version=1, by=officer, at=now).version == 2
    with pytest.raises(Refused, match="Somebody else saved this call") as refused:
        save_call(facts=facts(phases=PHASES[:1]), call=call, version=1, by=officer, at=now)
    assert (refused.value.denied.field, refused.value.denied.status) == ("version", 409)
    call.refresh_from_db()
    assert (call.title, call.version, call.phases.count()) == ("Dark lanes", 2, 2)


@pytest.mark.django_db
def test_what_was_announced_stays_announced(officer, now) -> None:
    call = save_call(facts=facts(announced_at=now), by=officer, at=now)
    for later in (None, now + DAY):
        with pytest.raises(Refused, match="has been public since") as refused:
            save_call(facts=facts(announced_at=later), call=call, by=officer, at=now + DAY)
        assert refused.value.denied.field == "announced_at"
    with pytest.raises(Refused, match="at least one phase"):
        save_call(facts=facts(announced_at=now, phases=[]), by=officer, at=now)


@pytest.mark.django_db
def test_questions_change_order_and_words_and_go_unless_they_were_answered(officer, now) -> None:
    call = save_call(
        facts=facts(questions=[Question("One?", "short"), Question("Two?", "short")]), by=officer, at=now
    )
    one, two = call.questions.all()
    turned = [
        Question("Two!", "long", pk=two.pk),
        Question("Three?", "number"),
        Question("One?", "short", pk=one.pk),
    ]
    save_call(facts=facts(questions=turned), call=call, by=officer, at=now)
    assert CallQuestion.objects.get(label="Two!").pk == two.pk
    assert [each.label for each in CallQuestion.objects.all()] == ["Two!", "Three?", "One?"]
    QuestionReply.objects.create(idea=IdeaFactory(), question=one, value="Yes")
    with pytest.raises(Refused, match="“One\\?” has been answered already") as refused:
        save_call(facts=facts(questions=turned[:2]), call=call, by=officer, at=now)
    assert refused.value.denied.status == 409
    assert CallQuestion.objects.count() == 3


@pytest.mark.django_db
def test_the_database_refuses_phases_that_overlap_whoever_writes_them(officer, now) -> None:
    call = save_call(facts=facts(), by=officer, at=now)
    with pytest.raises(IntegrityError, match="phases_do_not_overlap"), transaction.atomic():
        Phase.objects.create(call=call, kind="assess", starts_at=FEBRUARY + DAY, ends_at=MARCH + DAY)
    Phase.objects.create(call=call, kind="assess", starts_at=MARCH, ends_at=MARCH + DAY)


@pytest.mark.django_db(transaction=True)
def test_of_overlapping_phases_written_at_once_one_stays(officer, now) -> None:
    call = save_call(facts=facts(phases=PHASES[:1]), by=officer, at=now)
    kinds = ["support", "assess", "ballot", "decide", "deliver"]

    def write(number: int) -> bool:
        try:
            Phase.objects.create(
                call=Call.objects.get(pk=call.pk),
                kind=kinds[number],
                starts_at=FEBRUARY + number * DAY,
                ends_at=FEBRUARY + (number + 9) * DAY,
            )
            return True
        except IntegrityError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(write, range(5))) == 1
    assert Phase.objects.filter(call=call).count() == 2

"""The council's answer as everybody reads it, what stays inside the house, and the author's way to object."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.actions import Findings, answer_idea, appeal_answer, assign_ideas, save_assessment, write_note
from ideas.models import Appeal
from tests.factories import AwardFactory, IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db
FOUND = Findings(4_000_00, 6_500_00, "changed", "fits")
WORDS = {"verdict": "decline", "answer": "We cannot do this.", "reason": "There is no cable near the ramps."}
INSIDE = "Ask the school first, quietly."


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def officer(account_with):
    return account_with("assess_idea", "assign_assessment")


@pytest.fixture
def answered(officer):
    idea = IdeaFactory()
    answer_idea(idea=idea, findings=FOUND, by=officer, at=timezone.now(), **WORDS)
    return idea


def test_the_answer_stands_on_the_page_with_costs_and_both_judgements(client, answered) -> None:
    page = words(client.get(answered.get_absolute_url()))
    for said in (
        "We cannot do this.",
        "There is no cable",
        "£4,000 to £6,500",
        "Yes, with changes",
        "It fits",
    ):
        assert said in page
    assert "The council answered: Not going ahead" in page
    assert "Ask for another look" not in page
    (row,) = client.get(f"{answered.get_absolute_url()[:-1]}.json").json()["answers"]
    assert (row["verdict"], row["cost_low"], row["cost_high_pence"]) == ("decline", "4000.00", 6_500_00)


@pytest.mark.usefixtures("indexed")
def test_nothing_inside_the_house_gets_out(client, officer, now) -> None:
    """Neither notes nor drafts, on no page, in no twin, feed or part of a page, for the signed-out or the author."""
    idea = IdeaFactory()
    assign_ideas(ideas=[idea], officer=officer, by=officer, at=now)
    draft = WORDS | {"answer": f"A draft. {INSIDE}", "reason": INSIDE}
    save_assessment(idea=idea, findings=FOUND, by=officer, at=now, **draft)
    write_note(idea=idea, text=INSIDE, by=officer, at=now)
    own = idea.get_absolute_url()
    paths = [
        own,
        f"{own[:-1]}.json",
        f"{own[:-1]}.csv",
        "/ideas/",
        "/ideas.json",
        "/ideas.csv",
        "/ideas.geojson",
    ]
    paths += [f"/ideas/{idea.pk}/standing/now/", f"/ideas/{idea.pk}/card/", "/search/?q=quietly"]
    for account in (None, idea.author.account, ResidentFactory().account):
        client.logout()
        if account:
            client.force_login(account)
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            said = answer.getvalue().decode()
            assert INSIDE not in said, path
            assert "4,000" not in said, path
            assert "4000.00" not in said, path


def test_the_author_asks_for_another_look_once(client, answered, account_with) -> None:
    path = f"/ideas/{answered.pk}/another-look/"
    client.force_login(ResidentFactory().account)
    assert client.get(path).status_code == 403
    client.force_login(answered.author.account)
    assert path in words(client.get(answered.get_absolute_url()))
    assert "We cannot do this." in words(client.get(path))
    wrong = client.post(path, {"words": ""})
    assert wrong.status_code == 422
    assert "Say what was overlooked" in words(wrong)
    sent = client.post(path, {"words": "Solar lamps need no cable."})
    assert (sent.status_code, sent["Location"]) == (303, f"{answered.get_absolute_url()}#answer")
    page = words(client.get(answered.get_absolute_url()))
    assert "Somebody else is looking; this answer stands until then." in page
    assert path not in page
    assert "Solar lamps" not in page
    assert client.get(path).status_code == 409
    other = account_with("assess_idea")
    again = WORDS | {"verdict": "go_ahead", "answer": "You are right."}
    answer_idea(idea=answered, findings=FOUND, by=other, at=timezone.now(), **again)
    page = words(client.get(answered.get_absolute_url()))
    assert page.index("You are right.") < page.index("We cannot do this.")
    assert "Looked at again: Going ahead" in page
    assert Appeal.objects.get().upheld


def test_an_objection_that_comes_too_late_stays_to_be_copied(client, answered, time_machine) -> None:
    path = f"/ideas/{answered.pk}/another-look/"
    time_machine.move_to(timezone.now() + timedelta(days=31))
    client.force_login(answered.author.account)
    late = client.post(path, {"words": "Solar lamps need no cable."})
    assert late.status_code == 422
    for said in ("You could ask for another look until", "Solar lamps need no cable.", "still here"):
        assert said in words(late)
    assert client.get(path).status_code == 409
    client.force_login(ResidentFactory().account)
    assert client.post(path, {"words": "Mine."}).status_code == 403
    assert not Appeal.objects.exists()


def test_there_is_nothing_to_object_to_before_the_answer(client) -> None:
    idea = IdeaFactory()
    client.force_login(idea.author.account)
    assert client.post(f"/ideas/{idea.pk}/another-look/", {"words": "Hurry."}).status_code == 409


def test_the_award_stands_in_the_life_of_the_idea(client) -> None:
    idea = IdeaFactory()
    AwardFactory(idea=idea, title="Two solar lights", paid_pence=400_00)
    page = words(client.get(idea.get_absolute_url()))
    assert page.index("Suggested by") < page.index("£1,000 awarded") < page.index("£400 paid")


def test_answers_and_joinings_ask_the_database_no_more_than_their_absence(client, answered) -> None:
    """The longest life there is takes as many statements as any other answered idea's."""
    plain, full = IdeaFactory(), IdeaFactory()
    officer, other = answered.assessments.get().answered_by, ResidentFactory().account
    other.is_superuser = True
    other.save()
    answer_idea(
        idea=plain, findings=FOUND, by=officer, at=timezone.now(), **(WORDS | {"verdict": "go_ahead"})
    )
    answer_idea(idea=full, findings=FOUND, by=officer, at=timezone.now(), **WORDS)
    appeal_answer(idea=full, words="Look again.", by=full.author.account, at=timezone.now())
    answer_idea(idea=full, findings=FOUND, by=other, at=timezone.now(), **(WORDS | {"verdict": "go_ahead"}))
    counts = []
    for idea in (plain, full):
        client.get(idea.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(idea.get_absolute_url())
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12

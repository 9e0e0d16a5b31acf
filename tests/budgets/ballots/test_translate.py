"""A ballot in more than one language: its words, its sheet, its errata; and titles that were put right."""

import pytest
import time_machine
from django.urls import reverse

from budgets.ballots import actions, queries
from budgets.ballots.actions.translate import field_of
from budgets.ballots.display.languages import words_in
from budgets.ballots.display.staff import paper_sheet
from budgets.ballots.models import Ballot, Translation
from budgets.ballots.models.translation import Thing
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import NOW, VOTING, a_draft, an_officer, an_open_ballot

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return an_officer()


def worded(ballot: Ballot) -> dict[Thing, dict[str, str]]:
    """Everything has a title in Welsh."""
    own: dict[Thing, dict[str, str]] = {
        ballot: {"title": "Pleidlais yr haf", "instructions": "Rhowch groes."},
        ballot.pots.get(): {"title": "Y gronfa"},
    }
    return own | {
        project: {"title": f"Teitl {project.key}", "description": "Yn fyr.", "assessment": "Gellir."}
        for project in ballot.projects.all()
    }


def test_words_are_written_beside_what_the_ballot_says_and_printed(client, officer):
    ballot = a_draft(by=officer, languages=["en", "cy"], on_paper=True)
    project = ballot.projects.get(key="P1")
    client.force_login(officer)
    url = reverse("staff_ballots:translate", args=[ballot.pk, "cy"])
    assert url in client.get(reverse("staff_ballots:projects", args=[ballot.pk])).content.decode()
    with time_machine.travel(NOW):
        missing = [item for item in queries.checklist(ballot, NOW) if "Cymraeg" in item.sentence]
        assert [item.must for item in missing] == [True, False, False]
        told = " ".join(item.sentence for item in missing)
        assert "5 titles are missing in Cymraeg" in told
        assert "read in the first language instead: descriptions (3), officer’s assessments (3)." in told
        assert "In Cymraeg the printed paper does not say how to vote on it" in told
        assert 'lang="cy"' in client.get(url).content.decode()
        untitled = {field_of("description", project): "Yn fyr."}
        assert client.post(url, untitled).status_code == 422
        sent = {
            field_of(name, thing): text
            for thing, said in worded(ballot).items()
            for name, text in said.items()
        }
        assert client.post(url, sent).status_code == 302
        assert Translation.objects.filter(ballot=ballot).count() == 5
        assert not [item for item in queries.checklist(ballot, NOW) if "Cymraeg" in item.sentence]
        there = reverse("staff_ballots:sheet", args=[ballot.pk, ballot.place_id])
        printed = client.get(f"{there}?language=cy").content.decode()
    assert '<h1 lang="cy">Pleidlais yr haf</h1>' in printed
    printed = " ".join(printed.split())
    assert 'lang="cy" dir="ltr">Teitl P1</span>' in printed
    assert '<span lang="cy" dir="ltr">Y gronfa</span>' in printed
    assert "Rhowch groes." in printed
    assert "6 Gorffenaf 2026, 13:00" in printed  # by when it must be handed in, in its language too
    assert "Put a cross" not in printed
    assert "Benches 0" in printed  # by which the count knows it
    assert "Teitl P1" not in client.get(there).content.decode()
    assert client.get(reverse("staff_ballots:translate", args=[ballot.pk, "pl"])).status_code == 404


def test_an_erratum_is_of_one_language_that_has_such_words(officer):
    ballot = a_draft(by=officer, languages=["en", "cy"])
    actions.put_into_language(ballot=ballot, language="cy", words=worded(ballot), by=officer, at=NOW)
    with pytest.raises(Refused, match="not held in this language"):
        actions.put_into_language(ballot=ballot, language="pl", words={}, by=officer, at=NOW)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)

    def put_right(language):
        return actions.publish_erratum(
            ballot=ballot,
            project="P1",
            what="assessment",
            after="Cywir.",
            reason="A slip.",
            language=language,
            by=officer,
            at=VOTING,
        )

    with pytest.raises(Refused, match="no such words in this language"):
        put_right("pl")
    assert put_right("cy").before == "Gellir."
    document = queries.shown(ballot).document
    welsh, english = words_in(document, "cy"), words_in(document, "en")
    assert welsh.projects["P1"]["assessment"] == "Cywir."
    assert english.projects["P1"]["assessment"] == "It can be done."
    assert (welsh.pots["pot-0"]["name"], english.pots["pot-0"]["name"]) == ("Y gronfa", "Pot 0")


def test_a_title_that_was_put_right_stands_beside_the_frozen_one(officer):
    ballot = an_open_ballot(by=officer)
    actions.publish_erratum(
        ballot=ballot, project="P1", what="title", after="Oak benches", reason="A slip.", by=officer, at=NOW
    )
    first = words_in(queries.shown(ballot).document, "").projects
    assert (first["P1"]["title"], first["P1"]["original"]) == ("Oak benches", "Benches 0")
    assert first["P2"]["original"] == ""
    (option, *_others) = paper_sheet(ballot, ballot.place)["pots"][0]["options"]
    assert (option["title"], option["original"]) == ("Oak benches", "Benches 0")

"""A ballot in more than one language: its words, its sheet, its errata; and titles that were put right."""

import pytest
import time_machine
from django.urls import reverse

from budgets.ballots import actions, queries
from budgets.ballots.display.languages import words_in
from budgets.ballots.display.staff import paper_sheet
from budgets.ballots.models import Ballot, Translation
from engage.kit.decisions import Refused
from tests.budgets.ballots.factories import NOW, VOTING, a_draft, an_officer, an_open_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_officer()


def worded(ballot: Ballot) -> dict[int | None, dict[str, str]]:
    """Everything has a title in Welsh."""
    return {None: {"title": "Pleidlais yr haf"}} | {
        project.pk: {"title": f"Teitl {project.key}", "summary": "Yn fyr."}
        for project in ballot.projects.all()
    }


def test_words_are_written_beside_what_the_ballot_says_and_printed(client, officer):
    ballot = a_draft(by=officer, languages=["en", "cy"])
    project = ballot.projects.get(key="P1")
    client.force_login(officer)
    url = reverse("staff_ballots:translate", args=[ballot.pk, "cy"])
    assert url in client.get(reverse("staff_ballots:projects", args=[ballot.pk])).content.decode()
    with time_machine.travel(NOW):
        assert "4 titles are missing in Cymraeg" in " ".join(
            item.sentence for item in queries.checklist(ballot, NOW) if item.must
        )
        assert 'lang="cy"' in client.get(url).content.decode()
        untitled = {f"summary_{project.pk}": "Yn fyr."}
        assert client.post(url, untitled).status_code == 422
        sent = {
            f"{name}_{number or 'ballot'}": text
            for number, said in worded(ballot).items()
            for name, text in said.items()
        }
        assert client.post(url, sent).status_code == 302
        assert Translation.objects.filter(ballot=ballot).count() == 4
        assert not [item for item in queries.checklist(ballot, NOW) if item.must]
        there = reverse("staff_ballots:sheet", args=[ballot.pk, ballot.place_id])
        printed = client.get(f"{there}?language=cy").content.decode()
    assert '<h1 lang="cy">Pleidlais yr haf</h1>' in printed
    assert "P1 · Teitl P1" in printed
    assert "Benches 0" in printed  # by which the count knows it
    assert "Teitl P1" not in client.get(there).content.decode()
    assert client.get(reverse("staff_ballots:translate", args=[ballot.pk, "pl"])).status_code == 404


def test_an_erratum_is_of_one_language_that_has_such_words(officer):
    ballot = a_draft(by=officer, languages=["en", "cy"])
    actions.put_into_language(ballot=ballot, language="cy", words=worded(ballot), by=officer, at=NOW)
    with pytest.raises(Refused, match="not held in this language"):
        actions.put_into_language(ballot=ballot, language="pl", words={}, by=officer, at=NOW)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)

    def put_right(language, what="summary"):
        return actions.publish_erratum(
            ballot=ballot,
            project="P1",
            what=what,
            after="Cywir.",
            reason="A slip.",
            language=language,
            by=officer,
            at=VOTING,
        )

    for language, what in (("pl", "summary"), ("cy", "assessment")):
        with pytest.raises(Refused, match="no such words in this language"):
            put_right(language, what)
    assert put_right("cy").before == "Yn fyr."
    document = queries.shown(ballot).document
    assert words_in(document, "cy").projects["P1"]["summary"] == "Cywir."
    assert words_in(document, "en").projects["P1"]["summary"] == ""


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

"""What all files have in common: they follow the journal, say so in their head, and are sent once."""

from datetime import date

import pytest

from budgets import actions
from engage.councillors.models import Councillor
from engage.kit.models import Theme
from engage.opendata import files
from engage.opendata.models import Publisher
from tests.factories import AwardFactory, ThemeFactory
from tests.opendata.served import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]
FILES = [
    "/data/360giving.json",
    "/data/360giving.csv",
    "/data/grants.json",
    "/data/grants.csv",
    "/data/spending.json",
    "/data/spending.csv",
    "/data/journal.csv",
]


@pytest.fixture
def award():
    return AwardFactory(theme=ThemeFactory(), paid_pence=100_00)


@pytest.mark.parametrize("address", FILES)
def test_the_head_says_licence_time_and_name(client, award, address):
    answer = client.get(address)
    assert 'rel="license"' in answer["Link"]
    assert answer["Last-Modified"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Disposition"].startswith('attachment; filename="tidewold-county-council-')
    assert answer["Content-Type"].startswith("text/csv" if address.endswith("csv") else "application/json")
    answer.getvalue()


@pytest.mark.parametrize("address", FILES)
def test_whoever_has_it_is_told_that_nothing_changed(client, award, address):
    first = client.get(address)
    first.getvalue()
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304
    assert same.content == b""
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("address", FILES)
def test_asked_for_the_head_alone_it_sends_that(client, award, address):
    head = client.head(address)
    assert head.status_code == 200
    assert head["ETag"]
    assert int(head["Content-Length"]) == len(text(client, address).encode())
    assert head.getvalue() == b""


def rename_theme(award) -> None:
    Theme.objects.update(name="Play")


def rename_publisher(award) -> None:
    Publisher.objects.update(name="Another council")


def pay(award) -> None:
    actions.pay_award(award=award, amount_pence=50_00, on=date(2026, 8, 1), by=None)


def correct(award) -> None:
    actions.correct_award(
        award=award, title="New", purpose="A.", theme=award.theme, decided_by="", reason="", by=None
    )


def rename_group(award) -> None:
    actions.change_organisation(organisation=award.organisation, name="Other group", by=None)


@pytest.mark.parametrize("change", [rename_theme, rename_publisher, pay, correct, rename_group])
def test_any_change_of_what_it_says_is_a_new_file(client, award, change):
    before = client.get("/data/360giving.json")
    content = before.getvalue()
    change(award)
    after = client.get("/data/360giving.json", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.getvalue() != content


def test_what_it_does_not_say_changes_nothing(client, award):
    before = client.get("/data/360giving.json")["ETag"]
    Councillor.objects.create(name="Alex Example", slug="alex-example")
    actions.record_books_check(entries=1, budgets=1, problems=[], by=None)
    assert client.get("/data/360giving.json")["ETag"] == before


def test_the_same_state_is_the_same_file_byte_for_byte(client, award):
    for address in FILES:
        assert text(client, address) == text(client, address)


@pytest.mark.parametrize("address", FILES)
def test_where_nothing_ever_happened_there_is_no_file(client, address):
    assert client.get(address).status_code == 404


def test_a_large_file_is_kept_on_disk_and_sent_whole(client, award, monkeypatch):
    small = text(client, "/data/grants.json")
    monkeypatch.setattr(files, "IN_MEMORY", 1)
    assert text(client, "/data/grants.json") == small


def test_when_it_fails_halfway_nobody_gets_half_of_it(client, award, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(files, "as_grant", lambda *_given: 1 / 0)
    assert client.get("/data/360giving.json").status_code == 500
    monkeypatch.undo()
    assert "Benches" in text(client, "/data/360giving.json")

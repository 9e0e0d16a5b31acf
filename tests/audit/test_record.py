"""The record: written with the change it tells of, never changed, and read by those who check."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from engage.accounts.actions import give_roles
from engage.audit.actions import record, recorded_together
from engage.audit.models import Record
from engage.kit import happenings
from tests.factories import AccountFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def auditor():
    account = AccountFactory(first_name="Jo", last_name="Checker")
    give_roles(account=account, roles=["auditor"], at=NOW)
    return account


@pytest.fixture
def heard(monkeypatch):
    """Reactions of this test alone, with what they heard."""
    monkeypatch.setattr(happenings, "_followers", {})
    told = []
    happenings.follow("THEME_PAINTED")(told.append)
    return told


def test_much_is_written_together_in_its_order_and_told_as_ever(heard, django_capture_on_commit_callbacks):
    theme = ThemeFactory()
    with django_capture_on_commit_callbacks(execute=True):
        with recorded_together(), CaptureQueriesContext(connection) as asked:
            for colour in ("green", "red", "blue"):
                record("THEME_PAINTED", subject=theme, actor=None, at=NOW, colour=colour)
        assert not asked.captured_queries
    written = Record.objects.filter(event="THEME_PAINTED").order_by("pk")
    assert [each.data["colour"] for each in written] == ["green", "red", "blue"]
    assert [each.record_id for each in heard] == [each.pk for each in written]


def test_what_fails_half_way_is_not_recorded():
    def fail() -> None:
        record("THEME_PAINTED", subject=ThemeFactory(), actor=None, at=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), recorded_together():
        fail()
    assert not Record.objects.filter(event="THEME_PAINTED").exists()
    record("THEME_PAINTED", subject=ThemeFactory(), actor=None, at=NOW)
    assert Record.objects.filter(event="THEME_PAINTED").exists(), "and the next is, at once"


def test_it_is_told_after_the_change_is_certain(heard, django_capture_on_commit_callbacks):
    theme = ThemeFactory()
    with django_capture_on_commit_callbacks(execute=True):
        record("THEME_PAINTED", subject=theme, actor=None, at=NOW, colour="green")
        assert heard == []
    assert [(each.name, each.subject_id, each.data) for each in heard] == [
        ("THEME_PAINTED", theme.pk, {"colour": "green"})
    ]


def test_a_change_that_is_undone_is_not_recorded(heard):
    with transaction.atomic():
        record("THEME_PAINTED", subject=ThemeFactory(), actor=None, at=NOW)
        transaction.set_rollback(True)
    assert not Record.objects.filter(event="THEME_PAINTED").exists()
    assert heard == []


@pytest.mark.parametrize("change", ["UPDATE audit_record SET event = 'X'", "DELETE FROM audit_record"])
def test_nobody_changes_it_afterwards(change):
    record("THEME_PAINTED", subject=ThemeFactory(), actor=None, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_an_auditor_reads_what_happened_to_what_and_by_whom(client, auditor):
    theme = ThemeFactory()
    record("THEME_PAINTED", subject=theme, actor=auditor, at=NOW, colour="green")
    client.force_login(auditor)
    page = client.get("/admin/reports/record/").content.decode()
    assert "Theme painted" in page
    assert f"theme {theme.pk}" in page
    assert f"account {auditor.pk} (Jo Checker)" in page
    assert "colour: green" in page


def test_an_account_that_was_closed_is_a_number(client, auditor):
    gone = AccountFactory()
    number = gone.pk
    record("THEME_PAINTED", subject=ThemeFactory(), actor=gone, at=NOW)
    gone.delete()
    client.force_login(auditor)
    assert f"account {number}" in client.get("/admin/reports/record/?event=THEME_PAINTED").content.decode()


def test_it_can_be_narrowed_down_and_taken_away(client, auditor):
    first, second = ThemeFactory(), ThemeFactory()
    for theme in (first, second):
        record("THEME_PAINTED", subject=theme, actor=None, at=NOW)
    client.force_login(auditor)
    rows = (
        client.get(f"/admin/reports/record/?subject_id={second.pk}&event=THEME_PAINTED&export=csv")
        .getvalue()
        .decode()
    )
    assert rows.count("THEME_PAINTED") == 1
    assert f",{second.pk}," in rows


@pytest.mark.slow
def test_a_long_record_takes_no_more_queries(client, auditor):
    client.force_login(auditor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get("/admin/reports/record/")
        return len(caught)

    record("THEME_PAINTED", subject=ThemeFactory(), actor=auditor, at=NOW)
    queries()
    before = queries()
    for _ in range(30):
        record("THEME_PAINTED", subject=ThemeFactory(), actor=AccountFactory(), at=NOW)
    assert queries() == before


def test_others_do_not_read_it(client):
    officer = AccountFactory()
    give_roles(account=officer, roles=["officer"], at=NOW)
    client.force_login(officer)
    assert client.get("/admin/reports/record/").status_code == 302
    assert "/admin/reports/record/" not in client.get("/admin/").content.decode()

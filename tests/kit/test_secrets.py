"""What is sealed: unreadable in the database, opened by any key, sealed by the first, starred out in error reports."""

import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from budgets.grants.models import BankAccount
from engage.kit.secrets import mark, seal, unseal
from tests.budgets.grants.factories import a_group

OLD, NEW = "an old key of thirty-two signs.....", "a new key of thirty-two signs....."


def test_the_same_text_is_never_sealed_the_same(settings):
    settings.FIELD_KEYS = [OLD]
    assert seal("55779911") != seal("55779911")
    assert unseal(seal("55779911")) == "55779911"


def test_every_key_opens_and_another_does_not(settings):
    settings.FIELD_KEYS = [OLD]
    sealed = seal("55779911")
    settings.FIELD_KEYS = [NEW, OLD]
    assert unseal(sealed) == "55779911"
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(ValueError, match=r"None of the keys.*docs/operate.md"):
        unseal(sealed)


@pytest.mark.django_db
class TestReseal:
    @pytest.fixture(autouse=True)
    def account(self, settings) -> BankAccount:
        settings.FIELD_KEYS = [OLD]
        return a_group().bank_accounts.get()

    def test_the_old_key_can_go(self, account, settings, capsys):
        settings.FIELD_KEYS = [NEW, OLD]
        call_command("reseal")
        assert "Sealed 1 rows" in capsys.readouterr().out
        settings.FIELD_KEYS = [NEW]
        account.refresh_from_db()
        assert account.mark == mark("200000", "55779911")
        assert (account.sort_code, account.number) == ("200000", "55779911")

    def test_what_no_key_opens_is_counted_and_stays(self, account, settings):
        settings.FIELD_KEYS = [NEW]
        with pytest.raises(CommandError, match="1 rows cannot be opened"):
            call_command("reseal")
        settings.FIELD_KEYS = [OLD]
        account.refresh_from_db()
        assert account.number == "55779911"

    def test_the_database_does_not_know_it(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT grants_bankaccount::text FROM grants_bankaccount")
            (row,) = cursor.fetchone()
        assert "55779911" not in row
        assert "200000" not in row


# --- error reports ----------------------------------------------------------------------------------------


def report(**posted: str) -> str:
    """The report of a failure in a frame that holds what was typed under several names."""
    request = RequestFactory().post("/groups/", posted)

    def fails(sort_code: str, said: dict[str, str], parted: str) -> None:
        raise RuntimeError("a failure in the middle")

    try:
        fails(posted["sort_code"], posted, "-".join(["20", "00", "00"]))
    except RuntimeError:
        reporter = ExceptionReporter(request, *sys.exc_info())
        return reporter.get_traceback_html() + reporter.get_traceback_text()
    raise AssertionError("unreachable")


@pytest.mark.parametrize("debug", [True, False])
def test_an_error_report_stars_bank_numbers_out(settings, debug):
    settings.DEBUG = debug
    text = report(sort_code="200000", number="55779911", holder="Friends of the Mill")
    assert "a failure in the middle" in text
    assert "Friends of the Mill" in text
    for secret in ("200000", "55779911", "20-00-00", settings.SECRET_KEY, settings.FIELD_KEYS[0]):
        assert secret not in text

"""A test that commits for good leaves the next one what migrations made, and nothing of its own."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_a_committed_row_is_gone_in_the_next_test_and_the_root_page_is_there(turn: str) -> None:
    assert Page.objects.filter(depth=1).exists()
    assert not Group.objects.filter(name="Committed by a test").exists()

    Group.objects.create(name="Committed by a test")


@pytest.mark.django_db
def test_the_database_is_a_copy_made_for_this_process() -> None:
    from django.db import connection

    assert connection.settings_dict["NAME"].startswith("engage_test_")

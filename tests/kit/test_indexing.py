"""Things saved in a block are found by search after it, and what follows is indexed as ever."""

import pytest
from wagtail.search.backends import get_search_backend

from budgets.models import Award
from engage.kit.indexing import indexed_together
from tests.factories import AwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def found(words: str) -> list[str]:

    return sorted(award.title for award in get_search_backend().search(words, Award))


def test_saved_things_are_found_after_the_block_and_not_before():
    with indexed_together(Award):
        AwardFactory(title="Zebra crossing")
        AwardFactory(title="Zebra trail")
        assert found("zebra") == []
    assert found("zebra") == ["Zebra crossing", "Zebra trail"]


def test_later_saves_are_indexed_as_ever():
    with indexed_together(Award):
        pass
    AwardFactory(title="Zebra crossing")
    assert found("zebra") == ["Zebra crossing"]


def test_after_an_error_too():
    with pytest.raises(ZeroDivisionError), indexed_together(Award):
        raise ZeroDivisionError
    AwardFactory(title="Zebra crossing")
    assert found("zebra") == ["Zebra crossing"]

import pytest

from engage.audit.models import Record
from engage.places.enums import PlaceKind
from engage.residents.events import RESIDENT_PROFILE_CHANGED
from tests.factories import PlaceFactory, ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(client):
    resident = ResidentFactory(name="Kim")
    client.force_login(resident.account)
    return resident


def test_name_and_home_place_are_saved_and_recorded_once(client, kim):
    place = PlaceFactory()
    for _ in range(2):
        assert client.post("/account/profile/", {"name": " Kim  Otter ", "home": place.pk}).url == "/account/"
    kim.refresh_from_db()
    assert (kim.name, kim.home) == ("Kim Otter", place)
    record = Record.objects.get(event=RESIDENT_PROFILE_CHANGED)
    assert record.data == {}, "what changed is personal, so it is not in the record"


def test_both_may_be_empty(client, kim):
    client.post("/account/profile/", {"name": "", "home": ""})
    kim.refresh_from_db()
    assert (str(kim), kim.home) == ("A resident", None)


def test_the_whole_council_is_no_home_place(client, kim):
    council = PlaceFactory(kind=PlaceKind.COUNCIL)
    answer = client.post("/account/profile/", {"home": council.pk})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["x" * 81, "Kim\x00"])
def test_a_name_that_does_not_fit_is_refused_beside_the_field(client, kim, name):
    answer = client.post("/account/profile/", {"name": name})
    assert answer.status_code == 422
    assert 'href="#id_name"' in answer.content.decode()


@pytest.mark.parametrize("name", ["\u200b", "\u200d\u200d", "\u00ad", "\u202e", "\ufeff \u2060"])
def test_a_name_that_nobody_could_see_is_refused(client, kim, name):
    """It would look like no author at all, where “A resident” is meant for who gives no name."""
    answer = client.post("/account/profile/", {"name": name})
    assert answer.status_code == 422
    assert "Nobody could see this name." in answer.content.decode()
    kim.refresh_from_db()
    assert kim.name == "Kim"


def test_a_name_cannot_turn_the_text_around_it(client, kim):
    client.post("/account/profile/", {"name": "\u202eKim\u2066 Otter\u200f"})
    kim.refresh_from_db()
    assert kim.name == "Kim Otter\u200f"


def test_markup_in_a_name_is_shown_not_run(client, kim):
    client.post("/account/profile/", {"name": "<script>alert(1)</script>"})
    page = client.get("/account/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page

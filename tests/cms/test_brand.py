import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from cms.models import Brand, HomePage

pytestmark = pytest.mark.slow


def brand(**fields: str) -> Brand:
    return Brand(site=Site.objects.get(), **fields)


@pytest.mark.django_db
def test_the_default_look_is_fit_to_save() -> None:
    brand().full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"colour": "#ffe680"}, "colour", "White words on this colour would be hard to read"),
        ({"colour": "#767676"}, "colour", "Links in this colour would be hard to read on the page"),
        ({"accent": "#0a6a3c"}, "accent", "cannot be told apart from the main colour"),
        ({"colour": "green"}, "colour", "Enter a colour as a hash sign and six characters"),
        ({"colour": "#0a4a3c\n"}, "colour", "Enter a colour as a hash sign and six characters"),
    ],
)
def test_a_look_that_cannot_be_read_is_refused_with_the_reason(
    fields: dict[str, str], field: str, says: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        brand(**fields).full_clean()
    assert any(says in sentence for sentence in refusal.value.message_dict[field])


@pytest.mark.django_db
def test_the_reason_says_how_far_off_it_is() -> None:
    with pytest.raises(ValidationError) as refusal:
        brand(colour="#777777").full_clean()
    assert "is 4.4 to 1 and must be at least 4.5 to 1" in refusal.value.message_dict["colour"][0]


@pytest.mark.django_db
def test_saved_colours_are_in_the_style_sheet_at_once(
    client: Client, home: HomePage, django_capture_on_commit_callbacks
) -> None:
    assert "#0a4a3c" in client.get("/brand.css").text
    with django_capture_on_commit_callbacks(execute=True):
        brand(colour="#4a1d5c", accent="#ffd166").save()
    answer = client.get("/brand.css")
    assert "--brand: #4a1d5c" in answer.text
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.django_db
def test_an_editor_is_told_why_a_colour_is_refused(editor: Client) -> None:
    site = Site.objects.get()
    address = f"/admin/settings/cms/brand/{site.pk}/"
    given = {"site_name": "Tidewold", "colour": "#ffe680", "accent": "#ffc53d", "typeface": "civic"}
    refused = editor.post(address, given)
    assert refused.status_code == 200
    assert "White words on this colour would be hard to read" in refused.text
    assert not Brand.objects.filter(colour="#ffe680").exists()
    assert editor.post(address, given | {"colour": "#4a1d5c"}).status_code == 302
    assert Brand.objects.get().colour == "#4a1d5c"

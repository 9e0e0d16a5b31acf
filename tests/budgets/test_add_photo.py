"""Pictures on an award's page."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from budgets import actions
from engage.kit.decisions import Refused
from tests.factories import AccountFactory, AwardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (800, 600), (20, 120, 60)).save(buffer, "JPEG")
    return SimpleUploadedFile("bench.jpg", buffer.getvalue(), "image/jpeg")


def test_an_uploaded_picture_is_kept_in_the_library_and_drawn_in_every_size():
    award, officer = AwardFactory(), AccountFactory()
    photo = actions.add_photo(award=award, file=picture(), alt="Two people on a bench", by=officer)
    assert photo.image.uploaded_by_user == officer
    assert {r.filter_spec for r in photo.image.renditions.all()} == {"fill-640x400", "max-1200x900"}


def test_a_picture_from_the_library_can_be_shown_too():
    first = actions.add_photo(award=AwardFactory(), file=picture(), alt="A bench", by=None)
    second = actions.add_photo(award=AwardFactory(), image=first.image, alt="The same bench", by=None)
    assert second.image == first.image


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_without_words_is_refused(alt):
    award = AwardFactory()
    with pytest.raises(Refused, match="Say what the picture shows"):
        actions.add_photo(award=award, file=picture(), alt=alt, by=None)
    assert not award.photos.exists()


def test_a_picture_taken_off_stays_in_the_library():
    photo = actions.add_photo(award=AwardFactory(), file=picture(), alt="A bench", by=None)
    award, image = photo.award, photo.image
    actions.remove_photo(photo=photo, by=None)
    assert not award.photos.exists()
    image.refresh_from_db()

"""The drawn pictures."""

from io import BytesIO

import pytest
from PIL import Image

from engage.demo.pictures import SCENES, alt_text, draw
from engage.demo.pictures.portraits import draw_portrait
from engage.demo.plan import councillors


@pytest.mark.parametrize("name", ["skate-park", "village-hall", "ballroom"])
def test_a_picture_is_the_same_every_time(name):
    first = draw(name)
    assert draw(name) == first
    picture = Image.open(BytesIO(first))
    assert (picture.format, picture.size) == ("JPEG", (1200, 800))


@pytest.mark.parametrize("name", SCENES)
def test_every_picture_says_what_it_shows(name):
    assert 30 <= len(alt_text(name)) <= 200
    assert alt_text(name).endswith(".")


@pytest.mark.slow
def test_every_councillor_has_a_face_of_their_own():
    faces = {draw_portrait(slug, row["looks"]) for slug, row in councillors().items()}
    assert len(faces) == len(councillors())

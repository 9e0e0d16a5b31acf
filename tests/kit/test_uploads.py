"""Pictures from strangers: what is refused, with which words, and what is dropped from those we keep."""

import struct
import zlib
from io import BytesIO

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from engage.kit.uploads import PictureField, clean_picture


def photo(
    fmt: str = "JPEG", size=(120, 80), mode: str = "RGB", name: str = "Our park.jpg", **save
) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new(mode, size, (200, 30, 30, 90)[: len(mode)]).save(buffer, fmt, **save)
    return SimpleUploadedFile(name, buffer.getvalue())


def bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes whose header promises side x side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def test_what_the_camera_wrote_about_the_place_is_dropped():
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    kept = clean_picture(photo(exif=exif))
    again = Image.open(BytesIO(kept.file.read()))
    assert not dict(again.getexif())
    assert (kept.width, kept.height) == (80, 120), (
        "the picture is turned upright before the note saying so is dropped"
    )


def test_a_file_hidden_behind_the_picture_is_dropped():
    upload = photo()
    sneaky = SimpleUploadedFile("a.jpg", upload.read() + b"<script>alert(1)</script>")
    assert b"<script" not in clean_picture(sneaky).file.read()


@pytest.mark.parametrize(
    ("given", "mode", "becomes"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("PNG", "RGB", "image/jpeg"),
        ("PNG", "RGBA", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
    ],
)
def test_pictures_become_one_of_two_kinds(given, mode, becomes):
    picture = clean_picture(photo(given, mode=mode, name="../../evil name.svg"))
    assert picture.content_type == becomes
    assert picture.file.name in {"evil-name.jpg", "evil-name.png"}


def test_large_pictures_are_shrunk_in_proportion():
    picture = clean_picture(photo(size=(400, 200)), longest_side=100)
    assert (picture.width, picture.height) == (100, 50)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "JPEG, PNG, GIF or WebP"),
        (b"%PDF-1.7", "JPEG, PNG, GIF or WebP"),
        (b"\xff\xd8\xff\xe0 not really", "JPEG, PNG, GIF or WebP"),
        (bomb(8_000), "8000 by 8000 pixels"),
        (bomb(60_000), "too many pixels"),
    ],
)
def test_what_is_not_a_safe_picture_is_refused_in_words(content, words):
    with pytest.raises(ValidationError, match=words):
        clean_picture(SimpleUploadedFile("x.jpg", content))


def test_a_picture_cut_short_is_refused():
    whole = photo(size=(600, 600)).read()
    with pytest.raises(ValidationError, match="cannot open"):
        clean_picture(SimpleUploadedFile("x.jpg", whole[: len(whole) // 2]))


def test_too_many_bytes_are_refused_with_the_limit():
    with pytest.raises(ValidationError, match="The most we can take is"):
        clean_picture(photo(), max_bytes=100)


def test_the_form_field_hands_over_the_redrawn_picture():
    class Photo(forms.Form):
        picture = PictureField(required=False)

    good = Photo({}, {"picture": photo("PNG")})
    assert good.is_valid(), good.errors
    assert good.cleaned_data["picture"].name == "our-park.jpg"
    assert good.cleaned_data["picture"].width == 120
    bad = Photo({}, {"picture": SimpleUploadedFile("x.png", b"nonsense")})
    assert "picture" in bad.errors
    assert Photo({}, {}).is_valid()

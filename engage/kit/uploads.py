"""Pictures that people send: believed only after they have been decoded, and kept only as we re-drew them.

Re-drawing drops everything that is not the picture: where it was taken, the camera's owner, and any file hidden
behind it. The size is read from the header first, so a small file that unpacks to gigabytes is never unpacked.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Picture:
    """A re-drawn picture, ready for an ImageField: `file` is named after the original, sizes are in pixels."""

    file: ContentFile[bytes]
    width: int
    height: int
    content_type: str


def clean_picture(
    upload: File[bytes],
    *,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
    longest_side: int = LONGEST_SIDE,
) -> Picture:
    """Decode, turn upright, shrink to `longest_side`, and draw again: JPEG, or PNG when parts are see-through.

    Raises ValidationError with a sentence for the person who sent it.
    """
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose another picture."), code="empty")
    if upload.size > max_bytes:
        raise ValidationError(
            _("This picture is %(size)s. The most we can take is %(limit)s. Choose a smaller one."),
            code="too_big",
            params={"size": filesizeformat(upload.size), "limit": filesizeformat(max_bytes)},
        )
    picture = _draw(_decoded(upload, max_pixels), longest_side)
    see_through = picture.mode == "RGBA"
    buffer = BytesIO()
    if see_through:
        picture.save(buffer, "PNG", optimize=True)
    else:
        picture.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    stem = slugify(PurePath(upload.name or "").stem)[:60] or "picture"
    name, content_type = (f"{stem}.png", "image/png") if see_through else (f"{stem}.jpg", "image/jpeg")
    return Picture(ContentFile(buffer.getvalue(), name), picture.width, picture.height, content_type)


def _decoded(upload: File[bytes], max_pixels: int) -> Image.Image:
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow's own guard only warns at this size; our limit answers with a sentence.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > max_pixels:
                raise ValidationError(_too_many_pixels(picture, max_pixels), code="too_many_pixels")
            picture.load()
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("This picture has too many pixels to open safely. Choose a smaller one."),
            code="too_many_pixels",
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("We cannot open this file as a picture. Choose a JPEG, PNG, GIF or WebP picture."),
            code="not_a_picture",
        ) from error
    return picture


def _too_many_pixels(picture: Image.Image, max_pixels: int) -> str:
    return _(
        "This picture is %(width)s by %(height)s pixels. The most we can open is %(limit)s million pixels."
        " Make it smaller and send it again."
    ) % {"width": picture.width, "height": picture.height, "limit": max_pixels // 1_000_000}


def _draw(picture: Image.Image, longest_side: int) -> Image.Image:
    """The picture alone: upright, within size, in plain colours, nothing attached."""
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.has_transparency_data and upright.convert("RGBA").getchannel("A").getextrema() != (
        255,
        255,
    )
    plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    drawn = Image.new(plain.mode, plain.size)
    drawn.paste(plain)
    return drawn


class PictureField(forms.FileField):
    """A form field whose cleaned value is the re-drawn picture as an uploaded file, safe to store and to show.

    `cleaned_data[...]` carries `.width` and `.height` in pixels.
    """

    widget = forms.ClearableFileInput

    def __init__(self, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_bytes, self.max_pixels = max_bytes, max_pixels

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload is initial or not isinstance(upload, File):
            return upload
        picture = clean_picture(upload, max_bytes=self.max_bytes, max_pixels=self.max_pixels)
        clean = SimpleUploadedFile(str(picture.file.name), picture.file.read(), picture.content_type)
        clean.width, clean.height = picture.width, picture.height  # type: ignore[attr-defined]
        return clean

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": "image/jpeg,image/png,image/webp,image/gif"}

"""The drawn pictures, into the picture library."""

from __future__ import annotations

from django.core.files.base import ContentFile
from wagtail.images import get_image_model

from engage.demo.loaded import Loaded
from engage.demo.pictures import SCENES, alt_text, draw
from engage.demo.pictures.brush import HEIGHT, WIDTH
from engage.kit.progress import track


def load_pictures(loaded: Loaded) -> None:
    for name in track(list(SCENES), "Pictures"):
        loaded.images[name] = get_image_model().objects.create(
            title=name.replace("-", " ").capitalize(),
            description=alt_text(name),
            file=ContentFile(draw(name), f"{name}.jpg"),
            # Said here, the picture is not read once more to find out.
            width=WIDTH,
            height=HEIGHT,
            uploaded_by_user=loaded.editor,
        )

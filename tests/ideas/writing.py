"""What the tests of new ideas share: a browser that goes through the pages of a draft."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

WORDS = {"title": "Lights at the skate park", "description": "It gets dark early."}


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def picture(name: str = "path.jpg", *, colour: str = "navy", **save: Any) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (80, 60), colour).save(buffer, "JPEG", **save)
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


class Writing:
    """One draft in one browser."""

    def __init__(self, client: Client, **asked: str) -> None:
        self.client = client
        self.first = client.post("/ideas/new/", asked).headers["Location"]
        self.draft_id = UUID(self.first.split("/")[3])

    def url(self, step: str) -> str:
        return f"/ideas/new/{self.draft_id}/{step}/"

    def get(self, step: str) -> Any:
        return self.client.get(self.url(step))

    def send(self, step: str, **typed: Any) -> Any:
        return self.client.post(self.url(step), typed)

    def fill(self, *, place: str, **more: Any) -> Writing:
        """All that an idea needs, page by page; each must take it."""
        steps = {
            "title": {"title": WORDS["title"]},
            "description": {"description": WORDS["description"]},
            "place": {"place": place},
        }
        for step, typed in (steps | more).items():
            answer = self.send(step.replace("_", "-"), **typed)
            assert answer.status_code == 303, f"{step}: {words(answer)}"
        return self

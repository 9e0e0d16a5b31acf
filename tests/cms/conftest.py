"""What the tests of pages share."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Drawing
from wagtail.images.models import Image

from cms.models import HomePage, StandardPage
from engage.accounts.actions import open_account

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_frame_yet() -> Iterator[None]:
    """The frame is kept in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home(db: None) -> HomePage:
    """The home page that `migrate` made."""
    return HomePage.objects.get()


@pytest.fixture
def page_with(home: HomePage) -> Callable[..., StandardPage]:
    """A published page with these blocks."""

    def make(*blocks: tuple[str, Any], **fields: Any) -> StandardPage:
        page = StandardPage(**{"title": "Parks", "slug": "parks", "body": list(blocks)} | fields)
        return home.add_child(instance=page)

    return make


@pytest.fixture
def picture(db: None) -> Image:
    buffer = BytesIO()
    Drawing.new("RGB", (80, 50), "green").save(buffer, "PNG")
    return Image.objects.create(title="Green", file=ContentFile(buffer.getvalue(), "green.png"))


@pytest.fixture
def editor(db: None) -> Client:
    """Signed in with the editor's role and nothing else."""
    client = Client()
    client.force_login(
        open_account(email="edith@example.org", password="three plain words", roles=["editor"], at=NOW)
    )
    return client

"""Uploaded files: a browser may show pictures and save the rest; nothing runs."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client):
    """Fetch a file, read it to its end, as a server does."""

    def fetch(path: str):
        answer = client.get(path)
        answer.getvalue()
        return answer

    return fetch


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_a_picture_is_shown_as_what_its_name_says(get, media):
    (media / "images/otter.webp").write_bytes(b"RIFF")
    answer = get("/media/images/otter.webp")
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "max-age=86400" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "page.xhtml", "script.js", "list.csv", "none"])
def test_everything_else_is_saved_not_shown(get, media, name):
    (media / "images" / name).write_text("<script>alert(1)</script>")
    answer = get(f"/media/images/{name}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("path", ["original_images/otter.jpg", "documents/private.pdf"])
def test_originals_and_documents_are_not_handed_out_here(get, media, path):
    (media / path).write_bytes(b"x")
    for detour in ("", "/", "./", "%2f", "/./"):
        assert get(f"/media/{detour}{path}").status_code == 404


def test_a_name_no_file_can_have_is_not_found(get, media):
    assert get(f"/media/images/{'9' * 5000}.jpg").status_code == 404


@pytest.mark.parametrize(
    "path", ["../secret.png", "images/../../secret.png", "/etc/passwd", "images/", "%2e%2e/secret.png"]
)
def test_nothing_outside_the_folder(get, media, path):
    (media.parent / "secret.png").write_bytes(b"x")
    assert get(f"/media/{path}").status_code in {301, 404}

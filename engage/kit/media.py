"""Uploaded files, handed out so that a browser can do nothing with them but show a picture or save a file."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.static import serve

from engage.kit.guards import public

SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Originals can tell where they were taken, and documents can be private: pages show redrawn copies of the first,
# and Wagtail's own view checks who may have the second.
KEPT_BACK = {"original_images", "documents"}
# Longer than any name we give a file; some file systems refuse a longer one with an error instead of an answer.
LONGEST_PATH = 250
NO_POWERS = {"default-src": ["'none'"], "sandbox": True}


@public
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    # As the file system reads it: "//documents" and "./documents" are the folder "documents" too.
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if not parts or parts[0] in KEPT_BACK or ".." in parts or len(path) > LONGEST_PATH:
        raise Http404
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return redirect(storage.url(path))
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    _make_harmless(response, PurePosixPath(path))
    return response


def _make_harmless(response: HttpResponseBase, path: PurePosixPath) -> None:
    kind = SHOWN.get(path.suffix.lower())
    response.headers["Content-Type"] = kind or "application/octet-stream"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if kind is None:
        response.headers["Content-Disposition"] = "attachment"
    response._csp_config = NO_POWERS  # type: ignore[attr-defined]  # read by Django's CSP middleware
    patch_cache_control(response, public=True, max_age=24 * 3600)

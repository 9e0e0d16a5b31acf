"""Where files live that no address leads to."""

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFiles(FileSystemStorage):
    """A folder of this machine; a file in it has no address, not even one that would lead nowhere."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file is not accessible via a URL.")


def private() -> Storage:
    """Outside the media folder: only a view that has asked who may, hands these out."""
    return storages["private"]

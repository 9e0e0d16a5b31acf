"""Files that groups send, harmless and not, as small as they can be."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from PIL import Image

RELS = '<Relationships xmlns="x">{}</Relationships>'


def pdf(*objects: bytes) -> bytes:
    """A PDF with a catalogue and these objects, as bytes between `obj` and `endobj`."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 2))
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def packed_objects(text: bytes, more: bytes = b"") -> bytes:
    """An object stream, in which programs put most of a PDF."""
    data = zlib.compress(text)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d %s>>" % (len(data), more)
    return head + b"\nstream\n" + data + b"\nendstream"


def packed(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as into:
        for name, inside in parts.items():
            # Without the time of day: tests are named after these bytes, by every process alike.
            into.writestr(ZipInfo(name), inside, ZIP_DEFLATED)
    return made.getvalue()


def word(more: dict[str, str | bytes] | None = None, content_types: str = "<Types/>") -> bytes:
    return packed(
        {"[Content_Types].xml": content_types, "word/document.xml": "<w:document/>", **(more or {})}
    )


def open_text(more: dict[str, str | bytes] | None = None) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": "<office:document-content/>", **(more or {})})


def picture(kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8), "green").save(made, kind)
    return made.getvalue()

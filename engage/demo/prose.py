"""From the plain text of content files to the blocks of a page.

What is understood: `## ` headings, paragraphs, `- ` and `1. ` lists, **bold**, *italic*, `code`, and tables of
`| cells |`. Nothing else, and no HTML: every sign that HTML knows is escaped.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import Any

type Block = tuple[str, Any]


def page_blocks(text: str) -> list[Block]:
    """(block type, value) pairs: a heading block for each `## `, a table block for each table, text between."""
    found: list[Block] = []
    heading = ""
    for kind, lines in groupby(_paragraphs(text), key=_kind):
        parts = list(lines)
        if kind == "heading":
            found += [("heading", part.removeprefix("## ").strip()) for part in parts]
            heading = found[-1][1]
        elif kind == "table":
            found += [("table", _table(part, caption=heading)) for part in parts]
        else:
            found.append(("text", "".join(_html(part) for part in parts)))
    return found


def rich_text(text: str) -> str:
    """Paragraphs and lists as HTML."""
    return "".join(_html(part) for part in _paragraphs(text))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _kind(part: str) -> str:
    if part.startswith("## "):
        return "heading"
    return "table" if part.startswith("|") else "text"


def _html(part: str) -> str:
    lines = part.splitlines()
    if all(re.match(r"- ", line) for line in lines):
        return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"
    if all(re.match(r"\d+\. ", line) for line in lines):
        return f"<ol>{''.join(f'<li>{_inline(line.split(". ", 1)[1])}</li>' for line in lines)}</ol>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    return re.sub(r"`(.+?)`", r"\1", text)


def _table(part: str, *, caption: str) -> dict[str, Any]:
    """The stored form of a table block; the first row is the headings, the heading above it the caption."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in part.splitlines()]
    head, _rule, *body = rows
    return {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": row} for row in body],
        "caption": caption,
    }

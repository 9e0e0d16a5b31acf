"""Reading `.pb` files, the format in which participatory budgets are published (Pabulib).

Three sections, META, PROJECTS and VOTES, each a CSV with semicolons and its own header.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from budgets.count.instance import Ballot, Instance, Project, VoteType
from budgets.count.writing import SECTIONS, facts_in, is_writable, numbered

COMPULSORY = {
    "META": ("budget", "vote_type"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}


class BadFile(ValueError):
    """The file breaks the format: `line` counts from 1, 0 when the fault is not on one line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line}: {reason}" if line else reason)
        self.line, self.reason = line, reason


def _fail(line: int, reason: str) -> NoReturn:
    raise BadFile(line, reason)


def read(content: bytes | str) -> Instance:
    """The instance in a `.pb` file. Raises BadFile with the line and the reason."""
    sections = _sections(_text(content) if isinstance(content, bytes) else content)
    meta = _meta(sections["META"])
    vote_type = _vote_type(meta)
    remarks, facts = facts_in(meta.get("comment", (0, ""))[1])
    said = {key: value for key, (_, value) in meta.items()} | {"comment": numbered(remarks)} | facts
    exclusive = _groups("exclusive", "groups of alternatives", meta, said)
    places = _groups("places", "places with their projects", meta, said)
    rows = list(_records(sections["PROJECTS"], "PROJECTS"))
    amounts = [meta["budget"], *((line, row["cost"]) for line, row in rows)]
    scale = max(_scale(amounts), _minor_units(said.pop("minor_units", "1"), meta))
    projects = [_project(line, row, scale, exclusive, places) for line, row in rows]
    _once(rows, "project_id", "project")
    known = {project.id for project in projects}
    votes = list(_records(sections["VOTES"], "VOTES"))
    _once(votes, "voter_id", "voter")
    _counts_agree(meta, {"num_projects": len(projects), "num_votes": len(votes)})
    instance = Instance.of(
        budget=_amount(*meta["budget"], scale),
        projects=projects,
        ballots=[_ballot(line, row, known, vote_type) for line, row in votes],
        vote_type=vote_type,
        unit=scale,
        meta={key: value for key, value in said.items() if value},
        selected=frozenset(row["project_id"] for _, row in rows if row.get("selected") == "1"),
    )
    _votes_agree(rows, votes, instance)
    return instance


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(line, "it is not written in UTF-8.") from error


type Row = tuple[int, list[str]]
type Record = tuple[int, dict[str, str]]


def _sections(text: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    now = ""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    try:
        for row in reader:
            if not row or not any(cell.strip() for cell in row):
                continue
            if len(row) == 1 and row[0].strip() in SECTIONS:
                now = row[0].strip()
                if now in found:
                    _fail(reader.line_num, f"the section {now} is there twice.")
                found[now] = []
            elif not now:
                _fail(reader.line_num, "the file must start with META.")
            else:
                found[now].append((reader.line_num, row))
    except csv.Error as error:
        raise BadFile(reader.line_num, f"it cannot be read as a table: {error}.") from error
    for name in SECTIONS:
        if not found.get(name):
            _fail(0, f"The section {name} is missing.")
    return found


def _meta(rows: list[Row]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for line, row in rows[1:]:
        if len(row) < 2:
            _fail(line, f"“{row[0]}” has no value.")
        if row[0].strip() in found:
            _fail(line, f"“{row[0].strip()}” is said twice.")
        found[row[0].strip()] = (line, ";".join(row[1:]).strip())
    for key in COMPULSORY["META"]:
        if key not in found:
            _fail(rows[0][0], f"META must say the {key}.")
    return found


def _vote_type(meta: dict[str, tuple[int, str]]) -> VoteType:
    line, value = meta["vote_type"]
    try:
        return VoteType(value)
    except ValueError:
        _fail(line, f"“{value}” is not a kind of ballot. Known are {', '.join(VoteType)}.")


def _records(rows: list[Row], section: str) -> Iterator[Record]:
    line, header = rows[0]
    names = [name.strip() for name in header]
    if len(set(filter(None, names))) < len(list(filter(None, names))):
        _fail(line, f"the header of {section} names a column twice.")
    for name in COMPULSORY[section]:
        if name not in names:
            _fail(line, f"the header of {section} must have a column {name}.")
    for line, row in rows[1:]:
        # Names of projects may hold unquoted semicolons, but never the compulsory columns, which come first.
        if len(row) < len(COMPULSORY[section]):
            _fail(line, f"there are {len(row)} columns where the header has {len(names)}.")
        yield line, dict(zip(names, (cell.strip() for cell in row), strict=False))


def _once(rows: list[Record], key: str, what: str) -> None:
    seen: set[str] = set()
    for line, row in rows:
        if row[key] in seen:
            _fail(line, f"the {what} {row[key]} is there twice.")
        seen.add(row[key])


def _counts_agree(meta: dict[str, tuple[int, str]], found: dict[str, int]) -> None:
    for key, number in found.items():
        if key in meta and meta[key][1] != str(number):
            line, value = meta[key]
            _fail(line, f"{key} is {value}, but the file has {number}.")


def _votes_agree(rows: list[Record], votes: list[Record], instance: Instance) -> None:
    """What the file says of each project's votes, against its ballots: a cut or changed file is found here.

    Some cities count a project twice that stands on a ballot twice.
    """
    for line, row in rows:
        said, id = row.get("votes", ""), row["project_id"]
        if not re.fullmatch("[0-9]{1,9}", said) or int(said) == instance.votes[id]:
            continue
        if int(said) != sum(_choices(vote).count(id) for _, vote in votes):
            _fail(line, f"project {id} is said to have {said} votes, and has {instance.votes[id]}.")


def _choices(row: dict[str, str]) -> list[str]:
    return [choice.strip() for choice in row["vote"].split(",") if choice.strip()]


def _groups(fact: str, called: str, meta: dict[str, tuple[int, str]], said: dict[str, str]) -> dict[str, str]:
    """Project → the group it is in, from the comment."""
    written = said.pop(fact, "")
    try:
        groups = json.loads(written or "{}")
        return {str(id): str(group) for group, ids in groups.items() for id in ids}
    except (ValueError, AttributeError, TypeError):
        _fail(_line_of(fact, meta), f"“{written}” are not {called}.")


def _scale(amounts: list[tuple[int, str]]) -> int:
    """How many minor units make one: enough to write every amount as a whole number."""
    places = 0
    for line, text in amounts:
        exponent = _decimal(line, text).normalize().as_tuple().exponent
        places = max(places, -int(exponent))
    return int(10**places)


def _minor_units(said: str, meta: dict[str, tuple[int, str]]) -> int:
    """A count in pence stays one, though every amount be in whole pounds."""
    if not re.fullmatch("10{0,3}", said):
        _fail(_line_of("minor_units", meta), f"“{said}” minor units are not 1, 10, 100 or 1000.")
    return int(said)


def _line_of(fact: str, meta: dict[str, tuple[int, str]]) -> int:
    """Where a fact is said: in a line of its own, or in the comment."""
    return meta[fact if fact in meta else "comment"][0]


def _amount(line: int, text: str, scale: int) -> int:
    return int(Fraction(_decimal(line, text)) * scale)


def _decimal(line: int, text: str) -> Decimal:
    if re.fullmatch(r"-[0-9.,]+", text):
        _fail(line, f"“{text}” is not an amount of 0 or more.")
    if not re.fullmatch(r"[0-9]+([.,][0-9]*)?", text):
        _fail(line, f"“{text[:40]}” is not an amount.")
    if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{0,3}0*)?", text):
        _fail(line, f"“{text[:40]}” is too large an amount, or has too many decimals.")
    return Decimal(text.replace(",", "."))


def _project(
    line: int, row: dict[str, str], scale: int, exclusive: dict[str, str], places: dict[str, str]
) -> Project:
    id = row["project_id"]
    if not id:
        _fail(line, "a project has no project_id.")
    if not is_writable(id):
        _fail(line, f"“{id}” cannot be the id of a project: ballots could not name it.")
    name = " ".join(row.get("name", "").split())
    return Project(
        id=id,
        cost=_amount(line, row["cost"], scale),
        name="" if name == id else name,
        exclusive=exclusive.get(id, ""),
        place=places.get(id, ""),
    )


def _ballot(line: int, row: dict[str, str], known: set[str], vote_type: VoteType) -> Ballot:
    choices = tuple(_choices(row))
    for choice in choices:
        if choice not in known:
            _fail(line, f"the ballot names {choice}, which is not among the projects.")
    if len(set(choices)) < len(choices):
        if vote_type != VoteType.APPROVAL:
            _fail(line, "the ballot names a project twice.")
        choices = tuple(
            dict.fromkeys(choices)
        )  # approved twice is approved, and published files have such ballots
    if vote_type == VoteType.CHOOSE_ONE and len(choices) > 1:
        _fail(line, "the ballot names more than one project.")
    if vote_type not in {VoteType.CUMULATIVE, VoteType.SCORING}:
        return Ballot(choices)
    given = [points.strip() for points in row.get("points", "").split(",") if points.strip()]
    if len(given) != len(choices):
        _fail(line, f"the ballot names {len(choices)} projects and gives points to {len(given)}.")
    try:
        return Ballot(choices, tuple(_points(points) for points in given))
    except ValueError:
        _fail(line, f"“{row['points'][:40]}” are not whole points from 0 to 999999.")


def _points(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}([.]0*)?", text):
        raise ValueError(text)
    return int(text.split(".", maxsplit=1)[0])

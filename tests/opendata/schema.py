"""What the 360Giving standard's own schema says of a package, when it is here."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from engage.local.folders import ROOT

SCHEMAS = Path(os.environ.get("SCHEMAS_360GIVING", ROOT.parent / "shared" / "data" / "360giving"))
# The package schema names the grant schema at one version's address, and both have an address of their own version.
NAMED = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/360-giving-schema.json"


@cache
def validator() -> Callable[[Any], list[str]]:
    """Answers what is wrong with a package, formats of dates and addresses included."""
    # They take a second to import, and every run of any test would pay it.
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    package = json.loads((SCHEMAS / "360-giving-package-schema.json").read_text())
    grant = DRAFT202012.create_resource(json.loads((SCHEMAS / "360-giving-schema.json").read_text()))
    registry = Registry().with_resources((NAMED.format(version), grant) for version in ("1.4.2", "1.4.3"))
    checker = FormatChecker(formats=["date-time", "uri"])
    assert set(checker.checkers) == {"date-time", "uri"}, "install jsonschema with its formats"
    validator = Draft202012Validator(package, registry=registry, format_checker=checker)

    def find(data: Any) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]

    return find

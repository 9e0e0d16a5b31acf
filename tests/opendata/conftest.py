"""Who publishes, and the standard's own schemas."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engage.local.folders import ROOT
from engage.opendata.models import Publisher

SCHEMAS = Path(os.environ.get("SCHEMAS_360GIVING", ROOT.parent / "shared" / "data" / "360giving"))
# The package schema names the grant schema at one version's address, and both have an address of their own version.
NAMED = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/360-giving-schema.json"


@pytest.fixture
def publisher(db) -> Publisher:
    return Publisher.objects.create(
        name="Tidewold County Council",
        org_id="GB-LAE-TDW",
        prefix="360G-tidewold",
        department="Communities",
    )


@pytest.fixture(scope="session")
def faults() -> Callable[[Any], list[str]]:
    """What the standard's own schema has against a package, formats of dates and addresses included."""
    # They take a second to import, and every run of any test would pay it.
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    if not SCHEMAS.is_dir():
        pytest.skip(f"the 360Giving schemas are not in {SCHEMAS}; SCHEMAS_360GIVING says where they are")
    package = json.loads((SCHEMAS / "360-giving-package-schema.json").read_text())
    grant = DRAFT202012.create_resource(json.loads((SCHEMAS / "360-giving-schema.json").read_text()))
    registry = Registry().with_resources((NAMED.format(version), grant) for version in ("1.4.2", "1.4.3"))
    checker = FormatChecker(formats=["date-time", "uri"])
    assert set(checker.checkers) == {"date-time", "uri"}, "install jsonschema with its formats"
    validator = Draft202012Validator(package, registry=registry, format_checker=checker)

    def find(data: Any) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]

    return find

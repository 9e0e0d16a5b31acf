"""Who publishes, and what the standard says of it."""

from collections.abc import Callable
from typing import Any

import pytest

from engage.opendata.models import Publisher
from tests.opendata.schema import SCHEMAS, validator


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
    """What the standard's own schema has against a package."""
    if not SCHEMAS.is_dir():
        pytest.skip(f"the 360Giving schemas are not in {SCHEMAS}; SCHEMAS_360GIVING says where they are")
    return validator()

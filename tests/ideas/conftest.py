"""What the tests of ideas share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from engage.accounts.models import Account
from engage.places.models import Boundary, Place
from engage.places.rules import boundaries
from engage.residents.models import Resident
from tests.factories import AccountFactory, PlaceFactory, ResidentFactory

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def account_with(db: None) -> Callable[..., Account]:
    """An account, with a resident, that has the named permissions of this app."""

    def make(*codenames: str) -> Account:
        account = AccountFactory()
        ResidentFactory(account=account)
        account.user_permissions.set(
            Permission.objects.filter(content_type__app_label="ideas", codename__in=codenames)
        )
        return Account.objects.get(pk=account.pk)

    return make


@pytest.fixture
def resident(db: None) -> Resident:
    return ResidentFactory()


@pytest.fixture
def square(db: None) -> Callable[..., Place]:
    """A place that is a square of a tenth of a degree, from the given corner to the north-east."""

    def make(west: float = -2.0, south: float = 53.0, **fields: Any) -> Place:
        east, north = west + 0.1, south + 0.1
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        place = PlaceFactory(**fields)
        left, bottom = boundaries.point_on_map(south, west)
        right, top = boundaries.point_on_map(north, east)
        Boundary.objects.create(
            place=place,
            geometry={"type": "Polygon", "coordinates": [ring]},
            outline=f"M{left} {top}H{right}V{bottom}H{left}z",
            west=left,
            east=right,
            north=top,
            south=bottom,
            label_x=(left + right) // 2,
            label_y=(top + bottom) // 2,
            hectares=7_400,
        )
        return place

    return make

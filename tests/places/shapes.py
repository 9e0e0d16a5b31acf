"""Small boundaries for the tests: squares of a tenth of a degree near Manchester."""

import json
from pathlib import Path
from typing import Any


def square(column: int = 0, row: int = 0, *, size: float = 0.1) -> dict[str, Any]:
    """Squares of neighbouring columns and rows share a border."""
    west, south = -2.5 + column * size, 53.3 + row * size
    east, north = -2.5 + (column + 1) * size, 53.3 + (row + 1) * size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson_file(path: Path, *places: tuple[dict[str, Any], dict[str, Any] | None]) -> Path:
    """A FeatureCollection of (properties, geometry)."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in places
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path

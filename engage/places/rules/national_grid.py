"""From the British national grid to the longitude and latitude of maps.

The inverse transverse Mercator projection on the Airy 1830 ellipsoid, then the seven-parameter Helmert change of
datum, both as Ordnance Survey publishes them ("A guide to coordinate systems in Great Britain", annexes B and C).
The datum change is good to about five metres, which is less than the front garden of a postcode's middle house.
"""

from __future__ import annotations

from math import atan2, cos, hypot, radians, sin, sqrt, tan
from math import degrees as in_degrees

AIRY = (6_377_563.396, 6_356_256.909)  # metres: half the major and half the minor axis
WGS84 = (6_378_137.0, 6_356_752.314_2)
SCALE = 0.999_601_271_7
ORIGIN_LAT, ORIGIN_LON = radians(49), radians(-2)
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
SHIFT = (446.448, -125.157, 542.060)  # metres
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = -20.4894e-6
MOST_EAST, MOST_NORTH = 700_000, 1_300_000


def is_on_grid(easting: float, northing: float) -> bool:
    """Whether both are metres of the grid's own area: Great Britain and the sea around it."""
    return 0 < easting < MOST_EAST and 0 < northing < MOST_NORTH


def latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Degrees of WGS 84 for metres of the national grid."""
    lat, lon = _unprojected(easting, northing)
    return _on_wgs84(lat, lon)


def _unprojected(easting: float, northing: float) -> tuple[float, float]:
    """Radians on the Airy ellipsoid; the roman numerals are those of the published formulas."""
    a, b = AIRY
    squared = 1 - (b * b) / (a * a)
    lat, meridian = ORIGIN_LAT, 0.0
    while True:
        lat += (northing - FALSE_NORTH - meridian) / (a * SCALE)
        meridian = _meridian(lat)
        if abs(northing - FALSE_NORTH - meridian) < 0.000_01:
            break
    nu = a * SCALE / sqrt(1 - squared * sin(lat) ** 2)
    rho = a * SCALE * (1 - squared) / (1 - squared * sin(lat) ** 2) ** 1.5
    eta = nu / rho - 1
    t, sec = tan(lat), 1 / cos(lat)
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    xii = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    xiia = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    east = easting - FALSE_EAST
    return (
        lat - vii * east**2 + viii * east**4 - ix * east**6,
        ORIGIN_LON + x * east - xi * east**3 + xii * east**5 - xiia * east**7,
    )


def _meridian(lat: float) -> float:
    """Metres along the meridian from the true origin."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = lat - ORIGIN_LAT, lat + ORIGIN_LAT
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _on_wgs84(lat: float, lon: float) -> tuple[float, float]:
    x, y, z = _cartesian(lat, lon)
    (tx, ty, tz), (rx, ry, rz), s = SHIFT, TURN, 1 + STRETCH
    a, b = WGS84
    x, y, z = (
        tx + s * x - rz * y + ry * z,
        ty + rz * x + s * y - rx * z,
        tz - ry * x + rx * y + s * z,
    )
    squared = 1 - (b * b) / (a * a)
    across = hypot(x, y)
    found = atan2(z, across * (1 - squared))
    for _ in range(6):  # each step gains three digits
        nu = a / sqrt(1 - squared * sin(found) ** 2)
        found = atan2(z + squared * nu * sin(found), across)
    return in_degrees(found), in_degrees(atan2(y, x))


def _cartesian(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = AIRY
    squared = 1 - (b * b) / (a * a)
    nu = a / sqrt(1 - squared * sin(lat) ** 2)
    return nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - squared) * nu * sin(lat)

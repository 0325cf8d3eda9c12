"""Fit the reserve of each launch vehicle on one published payload, and test it on the others.

The model of an ascent is better than a vehicle: it knows no losses of engines, no wind, no
propellant kept for bad luck. What it is too good by is put into one number a vehicle, a change of
speed that the last stage keeps, fitted on one published payload. Run it after a change to the
model or the data, and write what it prints into catalog/data/fitted_reserves.csv:

    python scripts/fit_reserves.py [BUILD ...]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kosmodrom.analyses._ascent_asked import asked_of, task_of
from kosmodrom.analyses._ascent_request import AscentRequest
from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch.optimum import exact, found_near, sought
from kosmodrom.units import parse
from kosmodrom.workspace import open_context

if TYPE_CHECKING:
    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.catalog import PublishedPayload
    from kosmodrom.launch.optimum import Found
    from kosmodrom.launch.task import Task

CONTEXT = open_context(store_path=None)
SHELF = CONTEXT.catalog.launchers
_NEAR = 0.5  # to which the payload is met [kg]
_ROUNDS, _STRIDE = 20, 250.0  # of the search for the reserve, and how far one goes [m/s]


@dataclass(frozen=True)
class Fit:
    """On which row a vehicle is fitted, and what was taken where the row does not say it."""

    payload: str
    site: str
    perigee: str
    apogee: str
    inclination: str
    argument: str | None = None


FITS = {
    "soyuz-2.1b": Fit("soyuz-2-prichal", "baikonur", "179 km", "207 km", "51.64 deg"),
    "soyuz-2.1v": Fit("soyuz-2.1v-200", "plesetsk", "200 km", "200 km", "62.93 deg"),
    "angara-1.2": Fit("angara-1.2-low-orbit", "plesetsk", "200 km", "200 km", "62.93 deg"),
    "pslv-xl": Fit("pslv-xl-sso-620", "sriharikota", "620 km", "620 km", "97.9 deg"),
    "vega": Fit("vega-polar-700", "kourou", "700 km", "700 km", "90 deg"),
    "falcon-9": Fit("falcon-9-leo", "cape-canaveral", "200 km", "200 km", "28.5 deg"),
    "atlas-v-401": Fit(
        "atlas-v-401-gto", "cape-canaveral", "185 km", "35786 km", "28.5 deg", "180 deg"
    ),
    "zenit-2": Fit("zenit-2-low-orbit", "baikonur", "200 km", "200 km", "51.6 deg"),
}  # fmt: skip


def asked(build: str, site: str, perigee: str, apogee: str, inclination: str,
          argument: str | None = None) -> tuple[Asked, Task]:  # fmt: skip
    """Ask as the verb does."""
    name = next(each.name for each in SHELF.builds if each.id == build)
    request = AscentRequest(
        vehicle=name, site=site, perigee=perigee, apogee=apogee, inclination=inclination,
        argument_of_perigee=argument, samples=0,
    )  # fmt: skip
    made = asked_of(request, CONTEXT)
    tilt = parse(inclination, "angle").value
    return made, task_of(made, CONTEXT, (perigee, apogee, tilt))[0]


def best(found: Asked, task: Task) -> Found:
    """Solve on a fine mesh."""
    return exact(sought(found.stack, task))


def fitted(found: Asked, task: Task, wanted: float) -> tuple[float, float]:
    """Find the reserve with which a payload comes out; give the raw payload first."""
    here = best(found, task)
    raw, last, reserve = here.payload, (0.0, here.payload), 60.0
    for _ in range(_ROUNDS):
        here = found_near(replace(task, reserve=reserve), here)
        if abs(here.payload - wanted) < _NEAR:
            break
        slope = (here.payload - last[1]) / (reserve - last[0])
        last = reserve, here.payload
        reserve += min(max((wanted - here.payload) / slope, -_STRIDE), _STRIDE)
    return raw, reserve


def others(build: str, but: str) -> list[PublishedPayload]:
    """List the other rows of a vehicle whose orbit is stated."""
    return [
        row
        for row in SHELF.payloads
        if row.build == build
        and row.id != but
        and row.site
        and None not in (row.perigee_km, row.apogee_km, row.inclination_deg)
    ]


def tried(row: PublishedPayload, reserve: float) -> tuple[float, float]:
    """Give what the model carries to an orbit, raw and with the reserve."""
    made, task = asked(
        row.build, row.site, f"{row.perigee_km:g} km", f"{row.apogee_km:g} km",
        f"{row.inclination_deg:g} deg",
    )  # fmt: skip
    raw = best(made, task)
    return raw.payload, found_near(replace(task, reserve=reserve), raw).payload


def told(row: PublishedPayload, raw: float, kept: float) -> str:
    """Write a line of the table."""
    share = 100 / row.payload_kg
    return (
        f"    {row.id:36s} {row.kind:6s}{row.grade} {row.payload_kg:7.0f} kg, raw {raw:7.0f} "
        f"{raw * share - 100:+6.1f} %, kept {kept:7.0f} {kept * share - 100:+6.1f} %"
    )


def fit(build: str, wanted: Fit) -> None:
    """Fit one vehicle, test it, and tell both."""
    row = next(each for each in SHELF.payloads if each.id == wanted.payload)
    found, task = asked(build, wanted.site, wanted.perigee, wanted.apogee, wanted.inclination,
                        wanted.argument)  # fmt: skip
    raw, reserve = fitted(found, task, row.payload_kg)
    say(f"{build}: raw {raw:.0f} kg, reserve {reserve:.0f} m/s")
    say(told(row, raw, row.payload_kg))
    for other in others(build, wanted.payload):
        try:
            say(told(other, *tried(other, max(reserve, 0.0))))
        except (InputError, ModelError) as error:
            say(f"    {other.id}: {error}")


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for name in sys.argv[1:] or FITS:
        fit(name, FITS[name])

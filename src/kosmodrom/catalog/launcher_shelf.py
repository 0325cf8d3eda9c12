"""The tables about launch vehicles, and the launchers put together from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from kosmodrom.catalog import names
from kosmodrom.catalog.launchers import (
    STANDARD_GRAVITY,
    Datum,
    Doubt,
    Engine,
    Launcher,
    Section,
    Stage,
)
from kosmodrom.catalog.tables import read_csv
from kosmodrom.catalog.vehicles import (
    DragPoint,
    DropZone,
    FittedReserve,
    FlightEvent,
    PartDatum,
    PublishedPayload,
    StackRow,
    VehicleBuild,
    VehiclePart,
)
from kosmodrom.errors import DataError, InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kosmodrom.catalog.rows import Source, Vehicle

__all__ = ["LauncherShelf"]

RowT = TypeVar("RowT")

#: What may be said of a part, and to which field it goes.
_OF_PART = {
    "dry_mass_kg": "dry", "propellant_kg": "propellant", "residual_kg": "residual",
    "auxiliary_kg": "auxiliary", "auxiliary_residual_kg": "auxiliary_residual",
    "diameter_m": "diameter", "side_area_m2": "side_area", "mass_kg": "mass",
    "lift_off_mass_kg": "lift_off",
}  # fmt: skip
#: What may be said of an engine.
_OF_ENGINE = {
    "engines": "count", "thrust_vacuum_n": "thrust_vacuum",
    "thrust_sea_level_n": "thrust_sea_level", "thrust_maximum_n": "thrust_maximum",
    "isp_vacuum_s": "isp_vacuum", "isp_sea_level_s": "isp_sea_level", "burn_time_s": "burn_time",
    "ignitions": "ignitions", "burns_on": "burn_on",
}  # fmt: skip
_WHOLE = ("engines", "ignitions", "burns_on")
_ENGINELESS = ("section", "adapter", "fairing")

AGREED = 0.10  # of the value, between the least and the greatest source
BURN_ERROR, BURN_DOUBT = 0.25, 0.05  # share; engines are throttled, so that a tenth is common
RATIO_ERROR, RATIO_DOUBT = 0.05, 0.02  # share; thrust and impulse are of one engine and one flow
MASS_LEAST, MASS_MOST = 0.93, 1.01  # of the published mass; payloads are at most 5 % of it


@dataclass(frozen=True)
class LauncherShelf:
    """The tables about launch vehicles.

    Attributes
    ----------
    folder : pathlib.Path
        Where the files are.
    sources : Mapping
        Known sources by id.
    vehicles : tuple of Vehicle
        The list of launch vehicles with their records.
    """

    folder: Path
    sources: Mapping[str, Source]
    vehicles: tuple[Vehicle, ...]

    @cached_property
    def builds(self) -> tuple[VehicleBuild, ...]:
        """Launch vehicles as they are put together.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("vehicle_builds", VehicleBuild)

    @cached_property
    def parts(self) -> tuple[VehiclePart, ...]:
        """Parts that leave a vehicle as one piece.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("vehicle_parts", VehiclePart)

    @cached_property
    def stacks(self) -> tuple[StackRow, ...]:
        """Which parts stand where in a build.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("vehicle_stacks", StackRow)

    @cached_property
    def data(self) -> tuple[PartDatum, ...]:
        """Every number with its source.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("vehicle_data", PartDatum)

    @cached_property
    def payloads(self) -> tuple[PublishedPayload, ...]:
        """Payloads as published.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("published_payloads", PublishedPayload)

    @cached_property
    def drop_zones(self) -> tuple[DropZone, ...]:
        """Where parts are said to fall, or were found.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("drop_zones", DropZone)

    @cached_property
    def events(self) -> tuple[FlightEvent, ...]:
        """Instants of flights as published.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("flight_events", FlightEvent)

    @cached_property
    def drag(self) -> tuple[DragPoint, ...]:
        """Coefficients of drag by Mach number, of several launch vehicles.

        Returns
        -------
        tuple
            One object a row; the Mach numbers of a shape begin at 0 and rise.
        """
        rows = self._read("drag_by_mach", DragPoint)
        last: dict[str, float] = {}
        for line, row in enumerate(rows, 2):
            where = f"drag_by_mach.csv:{line}"
            if row.shape not in last and row.mach != 0:
                raise DataError(f"{where}: {row.shape} begins at Mach {row.mach:g}, not at 0")
            if row.mach <= last.get(row.shape, -1.0):
                raise DataError(f"{where}: Mach {row.mach:g} is not above the one before it")
            low = row.coefficient if row.low is None else row.low
            high = row.coefficient if row.high is None else row.high
            if not 0 < low <= row.coefficient <= high:
                raise DataError(
                    f"{where}: coefficient {row.coefficient:g} is outside {low:g} to {high:g}"
                )
            last[row.shape] = row.mach
        return rows

    @cached_property
    def reserves(self) -> tuple[FittedReserve, ...]:
        """By how much the model of an ascent is too good for a vehicle.

        Returns
        -------
        tuple
            One object a build.
        """
        known = {row.id for row in self.payloads}
        rows = self._read("fitted_reserves", FittedReserve)
        found: set[str] = set()
        for line, row in enumerate(rows, 2):
            where = f"fitted_reserves.csv:{line}"
            if unknown := [name for name in (row.payload, *row.tested) if name not in known]:
                raise DataError(f"{where}: no published payload is called {unknown[0]!r}")
            if row.build in found:
                raise DataError(f"{where}: {row.build} has a reserve already")
            if not row.reserve_m_s >= 0:
                raise DataError(f"{where}: the reserve is {row.reserve_m_s:g} m/s, below zero")
            found.add(row.build)
        return rows

    @cached_property
    def launchers(self) -> dict[str, Launcher]:
        """Every build put together and checked, by id.

        Returns
        -------
        dict
            Launchers by the ids of their builds.
        """
        self._check_names()
        data = self._data()
        return {build.id: self._launcher(build, data) for build in self.builds}

    def find(self, name: str) -> Launcher:
        """Find a launcher by its name.

        Parameters
        ----------
        name : str
            Id, name or other name of a build.

        Returns
        -------
        Launcher
            The launcher, which may lack data: see `Launcher.for_performance`.
        """
        if found := names.exact(name, self.builds):
            return self.launchers[found[0].id]
        if known := names.exact(name, self.vehicles):
            raise InputError(
                f"{known[0].name} is in the catalog with its record only; no numbers about its "
                "stages are kept. `catalog.launchers.builds` lists those with numbers: "
                + ", ".join(build.name for build in self.builds)
            )
        like = names.near(name, self.builds)
        hint = (
            f"did you mean {' or '.join(like)}?"
            if like
            else f"there are {', '.join(build.name for build in self.builds)}"
        )
        raise UnknownNameError(f"no launch vehicle is called {name!r}; {hint}", like)

    def _read(self, name: str, row_type: type[RowT]) -> tuple[RowT, ...]:
        return read_csv(self.folder / f"{name}.csv", row_type, self.sources)

    # Putting together

    def _check_names(self) -> None:
        vehicles = {row.id for row in self.vehicles}
        builds = {row.id for row in self.builds}
        parts = {row.id for row in self.parts}
        for line, build in enumerate(self.builds, 2):
            if build.vehicle not in vehicles:
                where = f"vehicle_builds.csv:{line}"
                raise DataError(f"{where}: vehicle {build.vehicle!r} is not in vehicles.csv")
        for line, part in enumerate(self.parts, 2):
            if part.inside and part.inside not in parts:
                where = f"vehicle_parts.csv:{line}"
                raise DataError(f"{where}: inside {part.inside!r} is not in vehicle_parts.csv")
        for line, row in enumerate(self.stacks, 2):
            where = f"vehicle_stacks.csv:{line}"
            if row.build not in builds:
                raise DataError(f"{where}: build {row.build!r} is not in vehicle_builds.csv")
            if row.part not in parts:
                raise DataError(f"{where}: part {row.part!r} is not in vehicle_parts.csv")
            if row.count < 1:
                raise DataError(f"{where}: count {row.count} is below 1")
            if row.lit == "air" and row.lit_s is None:
                raise DataError(f"{where}: lit_s is missing for a part lit in the air")
            if row.lit not in {"air", "stage"} and row.lit_s is not None:
                raise DataError(f"{where}: lit_s is for parts lit in flight, and only them")
            if row.lit_s is not None and row.lit_s < 0:
                raise DataError(f"{where}: lit_s is {row.lit_s:g} s; it must not be below 0")
        for line, datum in enumerate(self.data, 2):
            if datum.part not in parts | builds:
                where = f"vehicle_data.csv:{line}"
                raise DataError(f"{where}: part {datum.part!r} is no part and no build")

    def _data(self) -> dict[str, dict[str, dict[str, Datum]]]:
        found: dict[str, dict[str, dict[str, Datum]]] = {}
        for line, row in enumerate(self.data, 2):
            where = f"vehicle_data.csv:{line}"
            known = _OF_ENGINE if row.engine else _OF_PART
            if row.quantity not in known:
                raise DataError(
                    f"{where}: quantity {row.quantity!r} is none of {', '.join(known)}"
                    + ("" if row.engine else "; numbers of an engine need its name")
                )
            low = row.value if row.low is None else row.low
            high = row.value if row.high is None else row.high
            if low <= 0:
                raise DataError(f"{where}: {row.quantity} is {low:g}; it must be above 0")
            if not low <= row.value <= high:
                raise DataError(f"{where}: value {row.value:g} is outside {low:g} to {high:g}")
            if row.quantity in _WHOLE and not row.value.is_integer():
                raise DataError(f"{where}: {row.quantity} is {row.value:g}; it must be whole")
            if row.quantity == "burns_on" and row.value != 1:
                raise DataError(
                    f"{where}: burns_on is {row.value:g}; it is 1, or the row is left out"
                )
            if row.confirmed != "once" and not self._independent(row):
                raise DataError(f"{where}: two sources are of one group, or one is missing")
            if row.confirmed == "twice" and high - low > AGREED * row.value:
                raise DataError(
                    f"{where}: confirmed twice, but sources say {low:g} to {high:g}; they agree "
                    f"within {AGREED:.0%} or they differ"
                )
            found.setdefault(row.part, {}).setdefault(row.engine, {})[known[row.quantity]] = Datum(
                value=row.value, low=low, high=high, source=row.source,
                second_source=row.second_source, grade=row.grade, confirmed=row.confirmed,
                note=row.note,
            )  # fmt: skip
        return found

    def _independent(self, row: PartDatum) -> bool:
        if not row.second_source:
            return False
        return self.sources[row.source].group != self.sources[row.second_source].group

    def _launcher(
        self, build: VehicleBuild, data: Mapping[str, Mapping[str, Mapping[str, Datum]]]
    ) -> Launcher:
        parts = {part.id: part for part in self.parts}
        stages: list[Stage] = []
        sections: list[Section] = []
        rows = sorted(
            (row for row in self.stacks if row.build == build.id), key=lambda row: row.order
        )
        for row in rows:
            part, told = parts[row.part], data.get(row.part, {})
            if part.role in _ENGINELESS:
                sections.append(_section(part, told.get("", {})))
            else:
                stages.append(_stage(part, row, told))
        launcher = Launcher(
            id=build.id,
            name=build.name,
            vehicle=build.vehicle,
            stages=tuple(stages),
            sections=tuple(sections),
            lift_off=data.get(build.id, {}).get("", {}).get("lift_off"),
            note=build.note,
            happened=build.happened,
            known_from=build.known_from,
        )
        return self._checked(launcher)

    # Checking

    def _checked(self, launcher: Launcher) -> Launcher:
        doubts: list[Doubt] = []
        for stage in launcher.stages:
            if stage.residual and stage.residual_mass >= stage.propellant_mass:
                raise DataError(
                    f"{self._line(stage.id, 'residual_kg')}: {stage.residual_mass:g} kg stay of "
                    f"{stage.propellant_mass:g} kg of propellant"
                )
            if stage.engines and all(engine.burns_on for engine in stage.engines):
                raise DataError(
                    f"{self._line(stage.id, 'burns_on', stage.engines[0].name)}: all engines of "
                    f"{stage.id} burn on, so there is none after which they do"
                )
            for engine in stage.engines:
                doubts += self._check_engine(stage, engine)
            if not stage.missing():
                doubts += self._check_burn(stage)
        if not launcher.missing():
            doubts += self._check_lift_off(launcher)
        return replace(launcher, doubts=tuple(doubts))

    def _check_engine(self, stage: Stage, engine: Engine) -> list[Doubt]:
        vacuum, ground = engine.isp_vacuum, engine.isp_sea_level
        if vacuum is None or ground is None:
            return []
        if ground.value > vacuum.value:
            raise DataError(
                f"{self._line(stage.id, 'isp_sea_level_s', engine.name)}: {ground.value:g} s at "
                f"sea level is above {vacuum.value:g} s in vacuum; are they exchanged?"
            )
        if engine.thrust_vacuum is None or engine.thrust_sea_level is None:
            return []
        share = (engine.thrust_sea_level.value / engine.thrust_vacuum.value) / (
            ground.value / vacuum.value
        ) - 1
        if abs(share) > RATIO_ERROR:
            raise DataError(
                f"{self._line(stage.id, 'thrust_sea_level_n', engine.name)}: sea level to vacuum, "
                f"thrust and specific impulse differ by {share:+.1%}; at most {RATIO_ERROR:.0%}"
            )
        if abs(share) <= RATIO_DOUBT:
            return []
        return [Doubt(code="thrust-ratio", part=stage.id, share=share)]

    def _check_burn(self, stage: Stage) -> list[Doubt]:
        published = [
            engine.burn_time.value
            for engine in stage.engines
            if engine.burn_time is not None and engine.thrust_vacuum is not None
        ]
        if not published:
            return []
        share = stage.burn_time / max(published) - 1
        if abs(share) > BURN_ERROR:
            raise DataError(
                f"{self._line(stage.id, 'propellant_kg')}: the propellant lasts "
                f"{stage.burn_time:.0f} s at the flow of thrust and specific impulse, published "
                f"are {max(published):.0f} s: {share:+.0%}; at most {BURN_ERROR:.0%}"
            )
        if abs(share) <= BURN_DOUBT:
            return []
        return [Doubt(code="burn-time", part=stage.id, share=share)]

    def _check_lift_off(self, launcher: Launcher) -> list[Doubt]:
        weight = launcher.mass_without_payload * STANDARD_GRAVITY
        ratio = launcher.thrust_at_lift_off / weight
        if ratio <= 1:
            line = [row.id for row in self.builds].index(launcher.id) + 2
            raise DataError(
                f"vehicle_builds.csv:{line}: {launcher.name} does not "
                f"lift off: thrust to weight is {ratio:.2f} without payload; it must be above 1"
            )
        if launcher.lift_off is None:
            return []
        share = launcher.mass_without_payload / launcher.lift_off.value
        if MASS_LEAST <= share <= MASS_MOST:
            return []
        return [Doubt(code="lift-off-mass", part=launcher.id, share=share - 1)]

    def _line(self, part: str, quantity: str, engine: str = "") -> str:
        for line, row in enumerate(self.data, 2):
            if (row.part, row.engine, row.quantity) == (part, engine, quantity):
                return f"vehicle_data.csv:{line}"
        return "vehicle_data.csv"


def _stage(part: VehiclePart, row: StackRow, told: Mapping[str, Mapping[str, Datum]]) -> Stage:
    engines = []
    for name, numbers in told.items():
        if name:
            known = {key: datum for key, datum in numbers.items() if key != "count"}
            count = round(numbers["count"].value) if "count" in numbers else 1
            engines.append(Engine(name=name, count=count, **known))
    own = {key: datum for key, datum in told.get("", {}).items() if key in _STAGE_FIELDS}
    if part.role not in _STAGE_ROLES or row.lit not in _STAGE_LIT:
        raise DataError(
            f"vehicle_stacks.csv: {row.build} {row.order}: {part.id} has engines; lit is "
            f"{row.lit!r}, not one of {', '.join(_STAGE_LIT)}"
        )
    fields: dict[str, Any] = {"role": part.role, "lit": row.lit, **own}
    return Stage(
        id=part.id, name=part.name, count=row.count, lit_at=row.lit_s, engines=tuple(engines),
        **fields,
    )  # fmt: skip


def _section(part: VehiclePart, told: Mapping[str, Datum]) -> Section:
    fields: dict[str, Any] = {"role": part.role}
    return Section(
        id=part.id, name=part.name, inside=part.inside, mass=told.get("mass"),
        diameter=told.get("diameter"), **fields,
    )  # fmt: skip


_STAGE_ROLES: Sequence[str] = get_args(get_type_hints(Stage)["role"])
_STAGE_LIT: Sequence[str] = get_args(get_type_hints(Stage)["lit"])
_STAGE_FIELDS = {
    "dry", "propellant", "residual", "auxiliary", "auxiliary_residual", "diameter", "side_area",
}  # fmt: skip

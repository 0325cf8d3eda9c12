"""Launch vehicles put together from rows: plain SI numbers, or a refusal that says what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STANDARD_GRAVITY", "Datum", "Doubt", "Engine", "Launcher", "Section", "Stage"]

STANDARD_GRAVITY = 9.80665  # m/s², by which a specific impulse in seconds is defined


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """A number with its spread and where it is from.

    Attributes
    ----------
    value : float
        The number that is used [SI].
    low, high : float
        Least and greatest of what sources say [SI].
    source, second_source : str
        Ids of the sources; the second is empty where there is one only.
    grade : str
        Admiralty grade.
    confirmed : {"twice", "differ", "once"}
        By two sources that are not one voice and agree to a tenth; by two that do not agree; by
        one.
    note : str
        Which source says what.
    """

    value: float
    low: float
    high: float
    source: str
    second_source: str
    grade: str
    confirmed: Literal["twice", "differ", "once"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A disagreement of published numbers that is too small for an error.

    Attributes
    ----------
    code : {"burn-time", "thrust-ratio", "lift-off-mass"}
        Burn time against propellant and flow; thrust against specific impulse, sea level to
        vacuum; sum of the parts against the published mass at lift-off.
    part : str
        Id of the part or the build.
    share : float
        How far they are apart, relative to what is published [-].
    """

    code: Literal["burn-time", "thrust-ratio", "lift-off-mass"]
    part: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Engines of one type on a stage, numbers for one of them.

    Attributes
    ----------
    name : str
        Its name.
    count : int
        How many on one stage [-].
    thrust_vacuum, thrust_sea_level : Datum or None
        Steady thrust [N]; None where it is not steady or has no source.
    thrust_maximum : Datum or None
        Greatest thrust in vacuum, for a motor whose thrust changes much [N].
    isp_vacuum, isp_sea_level : Datum or None
        Specific impulse [s].
    burn_time : Datum or None
        From full thrust to cut-off [s].
    ignitions : Datum or None
        How often it may be lit in a flight [-]; None where no source says so.
    burn_on : Datum or None
        1 where it burns on after the main engine of its stage is cut off [-]; None where no
        source says so.
    """

    name: str
    count: int
    thrust_vacuum: Datum | None = None
    thrust_sea_level: Datum | None = None
    thrust_maximum: Datum | None = None
    isp_vacuum: Datum | None = None
    isp_sea_level: Datum | None = None
    burn_time: Datum | None = None
    ignitions: Datum | None = None
    burn_on: Datum | None = None

    @property
    def burns_on(self) -> bool:
        """Whether it burns on alone after the main engine of its stage; the source is `burn_on`.

        Returns
        -------
        bool
            True for steering engines of which a source says so.
        """
        return self.burn_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage, or boosters of one kind, that stand side by side; numbers for one of them.

    The plain numbers below raise `InputError` where a datum has no source.

    Attributes
    ----------
    id, name : str
        Of the part.
    role : {"booster", "stage", "upper-stage"}
        What it is.
    count : int
        How many stand side by side [-].
    lit : {"lift-off", "air", "stage"}
        When it is lit.
    lit_at : float or None
        For one lit in the air, how long after lift-off; for one lit after the stage under it, how
        long after the cut-off of that stage, 0 where it is lit while the stage under it ends [s].
        None where no source says so, and for one lit on the ground.
    dry : Datum or None
        Mass without any fluid, with what is dropped from it on the way [kg].
    propellant : Datum or None
        What is loaded for the engine, before ignition [kg].
    residual : Datum or None
        How much of it stays at cut-off [kg]; None where no source tells it apart.
    auxiliary, auxiliary_residual : Datum or None
        Other fluids loaded, and how much of them stays at cut-off [kg].
    diameter : Datum or None
        Reference diameter [m].
    side_area : Datum or None
        Area seen from the side, for its fall [m²].
    engines : tuple of Engine
        By type.
    """

    id: str
    name: str
    role: Literal["booster", "stage", "upper-stage"]
    count: int
    lit: Literal["lift-off", "air", "stage"]
    lit_at: float | None = None
    dry: Datum | None = None
    propellant: Datum | None = None
    residual: Datum | None = None
    auxiliary: Datum | None = None
    auxiliary_residual: Datum | None = None
    diameter: Datum | None = None
    side_area: Datum | None = None
    engines: tuple[Engine, ...] = ()

    def missing(self) -> list[str]:
        """List the data without which its flight cannot be computed.

        Returns
        -------
        list of str
            Like ``isp_vacuum_s of SRB-A``; empty where all are there.
        """
        wanted = {"dry_mass_kg": self.dry, "propellant_kg": self.propellant}
        found = [f"{name} of {self.name}" for name, datum in wanted.items() if datum is None]
        if not self.engines:
            found.append(f"an engine of {self.name}")
        for engine in self.engines:
            if engine.isp_vacuum is None:
                found.append(f"isp_vacuum_s of {engine.name} ({self.name})")
            if engine.thrust_vacuum is None and engine.burn_time is None:
                found.append(f"thrust_vacuum_n or burn_time_s of {engine.name} ({self.name})")
            if self.lit != "stage" and engine.isp_sea_level is None:
                found.append(f"isp_sea_level_s of {engine.name} ({self.name})")
        return found

    @property
    def dry_mass(self) -> float:
        """Mass without any fluid.

        Returns
        -------
        float
            Of one [kg].
        """
        return self._told(self.dry, "dry_mass_kg")

    @property
    def propellant_mass(self) -> float:
        """Propellant loaded before ignition.

        Returns
        -------
        float
            Of one [kg].
        """
        return self._told(self.propellant, "propellant_kg")

    @property
    def residual_mass(self) -> float:
        """Propellant that stays at cut-off; zero where no source tells it apart.

        Returns
        -------
        float
            Of one [kg].
        """
        return self.residual.value if self.residual else 0.0

    @property
    def usable_mass(self) -> float:
        """Propellant that the engines may burn.

        Returns
        -------
        float
            Of one [kg].
        """
        return self.propellant_mass - self.residual_mass

    @property
    def gross_mass(self) -> float:
        """Mass before ignition, all fluids included.

        Returns
        -------
        float
            Of one [kg].
        """
        other = self.auxiliary.value if self.auxiliary else 0.0
        return self.dry_mass + self.propellant_mass + other

    @property
    def burnout_mass(self) -> float:
        """Mass at cut-off with nothing dropped from it yet, residuals included.

        Returns
        -------
        float
            Of one [kg].
        """
        other = self.auxiliary_residual.value if self.auxiliary_residual else 0.0
        return self.dry_mass + self.residual_mass + other

    @property
    def thrust_vacuum(self) -> float:
        """Thrust in vacuum; the mean over the burn for a motor whose thrust changes much.

        Returns
        -------
        float
            Of one stage or booster [N].
        """
        return sum(thrust for thrust, _ in self._engine_thrusts())

    @property
    def mass_flow(self) -> float:
        """How fast its engines burn propellant.

        Returns
        -------
        float
            Of one stage or booster [kg/s].
        """
        return sum(
            thrust / (STANDARD_GRAVITY * self._told(engine.isp_vacuum, "isp_vacuum_s"))
            for thrust, engine in self._engine_thrusts()
        )

    @property
    def isp_vacuum(self) -> float:
        """Specific impulse in vacuum of all its engines together.

        Returns
        -------
        float
            The specific impulse [s].
        """
        return self.thrust_vacuum / (STANDARD_GRAVITY * self.mass_flow)

    @property
    def thrust_sea_level(self) -> float:
        """Thrust at sea level of all its engines together, at the flow of `mass_flow`.

        Returns
        -------
        float
            Of one stage or booster [N].
        """
        return sum(
            thrust
            * self._told(engine.isp_sea_level, "isp_sea_level_s")
            / self._told(engine.isp_vacuum, "isp_vacuum_s")
            for thrust, engine in self._engine_thrusts()
        )

    @property
    def isp_sea_level(self) -> float:
        """Specific impulse at sea level of all its engines together.

        Returns
        -------
        float
            The specific impulse [s].
        """
        return self.thrust_sea_level / (STANDARD_GRAVITY * self.mass_flow)

    @property
    def burn_time(self) -> float:
        """How long the usable propellant lasts at the flow of `mass_flow`.

        Returns
        -------
        float
            From full thrust to cut-off [s].
        """
        return self.usable_mass / self.mass_flow

    @property
    def ignitions(self) -> int:
        """How often the stage may be lit: the least of its engines, and 1 where no source says so.

        Returns
        -------
        int
            In one flight [-].
        """
        told = [engine.ignitions for engine in self.engines]
        return min((round(datum.value) if datum else 1 for datum in told), default=1)

    def _engine_thrusts(self) -> Iterator[tuple[float, Engine]]:
        for engine in self.engines:
            if engine.thrust_vacuum is not None:
                yield engine.count * engine.thrust_vacuum.value, engine
            else:
                burn = self._told(engine.burn_time, "burn_time_s")
                isp = self._told(engine.isp_vacuum, "isp_vacuum_s")
                yield self.usable_mass * STANDARD_GRAVITY * isp / burn, engine

    def _told(self, datum: Datum | None, quantity: str) -> float:
        if datum is None:
            raise InputError(
                f"{quantity} of {self.name} has no source in the catalog, so nothing is computed "
                "with it; ask `missing` first"
            )
        return datum.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part without an engine: fairing, adapter, ring.

    Attributes
    ----------
    id, name : str
        Of the part.
    role : {"section", "adapter", "fairing"}
        Section: dropped in flight. Adapter: stays with the stage under it.
    inside : str
        Id of the stage whose dry mass holds it; empty where it has a mass of its own.
    mass : Datum or None
        Its mass [kg].
    diameter : Datum or None
        Greatest diameter [m].
    """

    id: str
    name: str
    role: Literal["section", "adapter", "fairing"]
    inside: str = ""
    mass: Datum | None = None
    diameter: Datum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """A launch vehicle as it is put together for a flight.

    Attributes
    ----------
    id, name : str
        Of the build.
    vehicle : str
        Id of the launch vehicle in the list of vehicles.
    stages : tuple of Stage
        From the ground up; boosters stand before the stage that they are fixed to.
    sections : tuple of Section
        Parts without an engine, from the ground up.
    lift_off : Datum or None
        Published mass at lift-off, payload included [kg].
    note : str
        Traps and doubts.
    happened, known_from : str
        ISO day of the first flight, and the day from which the vehicle was public; empty unknown.
    doubts : tuple of Doubt
        Disagreements of its numbers that are too small for an error.
    """

    id: str
    name: str
    vehicle: str
    stages: tuple[Stage, ...]
    sections: tuple[Section, ...]
    lift_off: Datum | None
    note: str
    happened: str
    known_from: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def fairing(self) -> Section | None:
        """The payload fairing.

        Returns
        -------
        Section or None
            The fairing; None where the build has none.
        """
        return next((part for part in self.sections if part.role == "fairing"), None)

    def missing(self) -> list[str]:
        """List the data without which its flight cannot be computed.

        Returns
        -------
        list of str
            What has no source; empty where the flight can be computed.
        """
        found = [line for stage in self.stages for line in stage.missing()]
        found += [f"mass_kg of {part.name}" for part in self.sections if part.mass is None]
        if self.fairing is None:
            found.append("a fairing")
        return found

    def for_performance(self) -> Launcher:
        """Give this launcher if its flight can be computed, and refuse it if not.

        Returns
        -------
        Launcher
            Itself.
        """
        if missing := self.missing():
            raise InputError(
                f"the flight of {self.name} cannot be computed: no source is known for "
                f"{'; '.join(missing)}. Nothing is guessed; docs/catalog.md says which vehicles "
                "have all their data"
            )
        return self

    @property
    def mass_without_payload(self) -> float:
        """Mass before ignition without payload: stages, boosters and sections.

        Returns
        -------
        float
            The mass [kg].
        """
        rings = (part for part in self.sections if not part.inside and part.mass is not None)
        return sum(stage.count * stage.gross_mass for stage in self.stages) + sum(
            part.mass.value for part in rings if part.mass is not None
        )

    @property
    def thrust_at_lift_off(self) -> float:
        """Thrust at sea level of all that is lit on the ground.

        Returns
        -------
        float
            The thrust [N].
        """
        return sum(
            stage.count * stage.thrust_sea_level
            for stage in self.stages
            if stage.lit == "lift-off"
        )

"""What the store takes in and gives back."""

from dataclasses import dataclass, field
from typing import Literal

from kosmodrom.base.dates import DateRange

__all__ = ["BadRow", "ImportReport", "ImportedLaunch", "ImportedTable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedLaunch:
    """One launch of an imported list, cleaned; empty text and None are unknown.

    Attributes
    ----------
    tag : str
        International designator of the launch.
    when : DateRange
        The UTC day, or the days between which it happened.
    utc : str
        Instant of lift-off, ISO with ``Z``, to the minute or second known.
    utc_precision_s : int or None
        How far the instant may be off [s].
    vehicle, variant, family : str
        Launch vehicle in the spelling of the list.
    mission, payload : str
        What was flown, and the payloads where the list names them.
    site_code, site_parent : str
        Code of the launch site, and the list's name of the range it belongs to. Select by the
        code: the range of Sohae reads Tonghae in one list.
    pad : str
        Pad.
    agency, state : str
        Launching body, and the list's code of the state that runs the site.
    code, fail_code : str
        Launch code and code of the failed part as the list writes them.
    outcome : {"success", "failure", "unknown"}
        By the second letter of the code: S; F or E; U.
    success_fraction : float or None
        Partial success as the list scores it, 0 to 1 [-].
    pad_explosion : bool
        The vehicle was lost before launch (second letter E).
    perigee_km, apogee_km : float or None
        Heights of the orbit [km]; without an orbit, the greatest height reached.
    inclination_deg : float or None
        Inclination [deg].
    orbit_class : str
        Class of the orbit.
    line : int
        Line of the file [-].
    """

    tag: str
    when: DateRange
    utc: str = ""
    utc_precision_s: int | None = None
    vehicle: str = ""
    variant: str = ""
    family: str = ""
    mission: str = ""
    payload: str = ""
    site_code: str = ""
    site_parent: str = ""
    pad: str = ""
    agency: str = ""
    state: str = ""
    code: str
    fail_code: str = ""
    outcome: Literal["success", "failure", "unknown"]
    success_fraction: float | None = None
    pad_explosion: bool = False
    perigee_km: float | None = None
    apogee_km: float | None = None
    inclination_deg: float | None = None
    orbit_class: str = ""
    line: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that could not be used.

    Attributes
    ----------
    line : int
        Line of the file, counted from 1 [-].
    problem : str
        What is wrong with it.
    text : str
        The line as it stands.
    """

    line: int
    problem: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTable:
    """One imported file.

    Attributes
    ----------
    name : str
        Name under which it stands in the store.
    kind : str
        "gcat-launches", "gcat-launchlog" or "element-sets".
    file : str
        Name of the file, without its folder.
    rows : int
        Launches or element sets it holds [-].
    sha256 : str
        Hash of the file.
    source : str
        Whom to credit.
    terms : str
        Licence.
    until : str or None
        ISO day of the latest launch or epoch in it.
    skipped : int
        Lines that could not be used [-].
    edition : str
        What the file says of its own date, or the format of element sets; empty for neither.
    """

    name: str
    kind: str
    file: str
    rows: int
    sha256: str
    source: str
    terms: str
    until: str | None
    skipped: int = 0
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did.

    Attributes
    ----------
    name : str
        Name under which the file stands in the store.
    kind : str
        "gcat-launches", "gcat-launchlog" or "element-sets".
    rows : int
        Launches or element sets taken [-].
    lines : int
        Data lines read [-].
    skipped : int
        Lines that could not be used [-].
    bad : tuple of BadRow
        The first hundred of them; the store keeps all.
    left_out : int
        Lines that are no orbital or deep-space attempt [-].
    sha256 : str
        Hash of the file.
    credit, terms : str
        Whom to credit, and the licence.
    until : str or None
        ISO day of the latest launch or epoch.
    already : bool
        The same file had been imported before; nothing was changed.
    """

    name: str
    kind: str
    rows: int
    lines: int
    skipped: int
    bad: tuple[BadRow, ...] = field(default=())
    left_out: int = 0
    sha256: str
    credit: str
    terms: str
    until: str | None
    already: bool = False

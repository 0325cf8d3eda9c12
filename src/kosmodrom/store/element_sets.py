"""Element sets in the store: how they are written and found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COLUMNS", "CREDIT", "INSERT", "KIND", "NAMES", "SELECT", "TERMS", "SetFile"]

KIND: Final = "element-sets"
CREDIT: Final = (
    "whoever gave out the file; for the public catalogue CelesTrak (T.S. Kelso) or Space-Track"
)
TERMS: Final = "as whoever gave it out says"

COLUMNS: Final = (
    "line", "number", "name", "designator", "epoch_tai_ns", "mean_motion_rad_min", "eccentricity",
    "inclination_rad", "node_rad", "argument_of_perigee_rad", "mean_anomaly_rad", "bstar",
    "mean_motion_dot_rad_min2", "mean_motion_ddot_rad_min3", "set_number", "revolution",
)  # fmt: skip
# The columns of the table in its order, the two that number a set first.
INSERT: Final = "INSERT INTO element_set SELECT ?, unnest(?), " + ", ".join(
    ["unnest(?)"] * len(COLUMNS)
)
SELECT: Final = """
    SELECT import.name, element_set.line, number, element_set.name, designator, epoch_tai_ns,
           mean_motion_rad_min, eccentricity, inclination_rad, node_rad, argument_of_perigee_rad,
           mean_anomaly_rad, bstar, mean_motion_dot_rad_min2, mean_motion_ddot_rad_min3,
           set_number, revolution
    FROM element_set JOIN import USING (import_id)
    WHERE number IN (SELECT unnest(?)) ORDER BY import_id, position
"""
NAMES: Final = """
    SELECT DISTINCT name, number FROM element_set WHERE name IS NOT NULL AND number > 0
    ORDER BY name, number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFile:
    """A file of element sets that has been read.

    Attributes
    ----------
    file : str
        Name of the file, without its folder.
    sha256 : str
        Hash of the file.
    form : str
        Its format: "tle", "omm-json" or "omm-csv".
    lines : sequence of tuple
        Every line that is not blank, with its number, as it stands.
    columns : Mapping of str to sequence
        The sets, by the names of `COLUMNS`; None is unknown.
    through : str
        ISO day (UTC) of the latest epoch.
    """

    file: str
    sha256: str
    form: str
    lines: Sequence[tuple[int, str]]
    columns: Mapping[str, Sequence[Any]]
    through: str

    def __len__(self) -> int:
        return len(self.columns["number"])

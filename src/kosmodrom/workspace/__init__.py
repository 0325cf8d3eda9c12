"""What an analysis may use besides its request: facts as of a day, files, seed, workers."""

from kosmodrom.workspace.context import Context, Usable, open_context
from kosmodrom.workspace.orientation import earth_orientation
from kosmodrom.workspace.places import ResolvedPlace, resolve_place
from kosmodrom.workspace.satellites import ResolvedSatellites, UsedData, resolve_satellites

__all__ = [
    "Context",
    "ResolvedPlace",
    "ResolvedSatellites",
    "Usable",
    "UsedData",
    "earth_orientation",
    "open_context",
    "resolve_place",
    "resolve_satellites",
]

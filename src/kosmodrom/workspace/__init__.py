"""What an analysis may use besides its request: facts as of a day, files, seed, workers."""

from kosmodrom.workspace.context import Context, Usable, open_context
from kosmodrom.workspace.orientation import earth_orientation
from kosmodrom.workspace.places import ResolvedPlace, resolve_place

__all__ = [
    "Context",
    "ResolvedPlace",
    "Usable",
    "earth_orientation",
    "open_context",
    "resolve_place",
]

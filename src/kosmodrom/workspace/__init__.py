"""What an analysis may use besides its request: facts as of a day, files, seed, workers."""

from kosmodrom.workspace.context import Context, Usable, open_context
from kosmodrom.workspace.places import ResolvedPlace, resolve_place

__all__ = ["Context", "ResolvedPlace", "Usable", "open_context", "resolve_place"]

"""Times of a table in the reader's own zone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from kosmodrom.errors import CaseError

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["local_time", "read_zone"]

_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$")


def read_zone(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name.

    Parameters
    ----------
    name : str
        Like "Asia/Jakarta" or "UTC".

    Returns
    -------
    zoneinfo.ZoneInfo
        The zone.
    """
    known = available_timezones()
    if name in known:
        return ZoneInfo(name)
    from difflib import get_close_matches

    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
    lower = {zone.casefold(): zone for zone in known}
    word = name.strip().replace(" ", "_").casefold()
    near = [found[word] for found in (lower, cities) if word in found]
    near += [lower[match] for match in get_close_matches(word, lower, n=2, cutoff=0.8)]
    near += [cities[match] for match in get_close_matches(word, cities, n=2, cutoff=0.8)]
    if near:
        hint = f"did you mean {' or '.join(dict.fromkeys(near[:3]))}?"
    elif known:
        hint = "write an IANA name like Asia/Jakarta, Asia/Yakutsk or UTC"
    else:
        hint = "this computer has no list of zones; pip install tzdata"
    raise CaseError(f"--timezone: there is no time zone {name!r}; {hint}")


def local_time(value: Any, zone: tzinfo | None) -> Any:
    """Write an instant in a zone.

    Parameters
    ----------
    value : object
        ISO text with its zone; anything else passes.
    zone : datetime.tzinfo or None
        The zone; None leaves the text.

    Returns
    -------
    object
        Like "2016-04-28 09:01:21+07:00", with the decimals it had.
    """
    if zone is None or not isinstance(value, str):
        return value
    match = _INSTANT.match(value)
    if match is None:
        return value
    if (match[1] or "").startswith(":60"):  # a leap second, which Python's clock does not know
        from kosmodrom.base.epochs import Epochs

        decimals = max(0, len(match[2] or "") - 1)
        return str(Epochs.from_iso(value).zone_iso(zone, min(decimals, 9))).replace("T", " ")
    there = datetime.fromisoformat(value).astimezone(zone)
    clock = there.strftime("%Y-%m-%d %H:%M" + (":%S" if match[1] else ""))
    return f"{clock}{match[2] or ''}{there.strftime('%z')[:3]}:{there.strftime('%z')[3:5]}"

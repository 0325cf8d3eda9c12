"""What words and subject of notices say about a launch: weights set by hand, not fitted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.notice import Notice

__all__ = ["Told", "told"]

_ROCKET = frozenset(
    {"rocket", "aerospace", "unburned", "debris", "spacecraft", "booster", "fairing", "space"}
)
_RETURNS = re.compile(
    r"RE-?ENTRY|REENTER|SPLASH-?DOWN|DE-?ORBIT|SPACE DEBRIS"
    r"|LANDING OF (?:A |THE )?(?:CAPSULE|SPACECRAFT)"
    r"|(?:CAPSULE|SPACECRAFT|CARGO SHIP|SPACESHIP) (?:RECOVERY|LANDING|RETURN|DESCENT)"
    r"|RETURN (?:CAPSULE|VEHICLE)|DESCENT (?:MODULE|CAPSULE)"
)
#: What is launched and falls in stages may splash down, and its last stage be brought down later.
_LAUNCHED = re.compile(
    r"(?:ROCKET|SPACE|SATELLITE|SPACECRAFT|VEHICLE|MISSION) LAUNCH|LAUNCHING"
    r"|LAUNCH(?:ES)? (?:OF|VEHICLE|FROM)"
    r"|\b(?:FIRST|SECOND|1ST|2ND)[ -]STAGE|\bFAIRING|\bBOOSTERS?\b"
)
_SOUNDING = re.compile(
    r"SOUNDING ROCKET|SUB-?ORBITAL|UNIVER|STUDENT|AMATEUR|MODEL ROCKET|METEOROLOGICAL ROCKET"
    r"|HIGH[ -]ALTITUDE ROCKET|\bCAN SATELLITE|\bCANSAT|HIGH POWER(?:ED)? ROCKET"
)
_MISSILE = re.compile(r"MISSILE|BALLISTIC|\bICBM\b")
_GUNS = re.compile(r"GUNNERY|ARTILLERY|\bGUN\b|(?<!ROCKET )FIRING|SMALL ARMS|BOMBING|SHOOTING")
_OTHER = re.compile(
    r"PARACHUT|SKYDIV|\bPJE\b|PARA ?JUMP|FIREWORK|PYROTECHNIC|VOLCAN|ASH CLOUD|\bGPS\b|\bGNSS\b"
    r"|JAMMING|\bVIP\b|PRESIDEN|UNMANNED|\bUAS\b|\bUAV\b|\bRPAS?\b|DRONE|GLIDER|BALLOON|BLASTING"
    r"|DEMOLITION|\bLASER|AEROBATIC|AIR ?SHOW|AIR DISPLAY|TRAINING|REFUEL|KITE|CRANE"
    r"|MILITARY EXERCISE|EXERCISES|EXERCISE WILL"
    r"|FOREST FIRE|WILDFIRE|FIREFIGHT|SEARCH AND RESCUE|AIR-TO-AIR"
)
#: Second and third letters of subjects that are not of rockets: warnings of other sorts, and what
#: stands on the ground.
_SUBJECTS = re.compile(r"Q(?:W[ABCFGHJLPTUVWZ]|O|M|N|L|F|P|G|C|I|S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What notices say of themselves.

    Attributes
    ----------
    rocket : bool
        That something is fired or launched.
    returns : bool
        That something comes back from orbit.
    weights : tuple
        Codes with what each adds to the log odds of an orbital launch.
    """

    rocket: bool
    returns: bool
    weights: tuple[tuple[str, float], ...]


def told(notices: Sequence[Notice]) -> Told:
    """Read what notices say of themselves.

    Parameters
    ----------
    notices : sequence of Notice
        One or several of the same event.

    Returns
    -------
    Told
        What they speak of, and its weights.
    """
    text = " ".join(" ".join(notice.text.upper().split()) for notice in notices)
    words = {word for notice in notices for word in notice.words}
    rocket = bool(words & _ROCKET) or "LAUNCH" in text
    returns = bool(_RETURNS.search(text)) and not _LAUNCHED.search(text)
    sounding, missile = bool(_SOUNDING.search(text)), bool(_MISSILE.search(text))
    guns = bool(_GUNS.search(text)) and not missile
    found = [
        ("says_rocket", 2.5, rocket),
        ("says_return", -6.0, returns),
        ("says_sounding_rocket", -6.0, sounding),
        ("says_missile", -3.0 if not words & _ROCKET else -1.0, missile),
        ("says_guns", -3.0 if not words & _ROCKET else -1.0, guns),
        ("says_other", -4.0 if not words & _ROCKET else -1.5, bool(_OTHER.search(text))),
        (
            "subject_of_other_things",
            -4.0,
            any(_SUBJECTS.match(notice.subject) is not None for notice in notices),
        ),
        ("permanent", -4.0, any(notice.permanent for notice in notices)),
    ]
    return Told(
        rocket=rocket or missile or sounding,
        returns=returns,
        weights=tuple((code, weight) for code, weight, holds in found if holds),
    )

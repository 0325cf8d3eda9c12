"""Words of a notice that tell what it is about."""

from __future__ import annotations

import re

__all__ = ["words_of"]

_FORMS = {
    "rocket": "ROCKET ROCKETS ROKET",
    "aerospace": "AEROSPACE AEROSPCE AREOSPACE",
    "space": "SPACE SPACEFLIGHT",
    "debris": "DEBRIS",
    "unburned": "UNBURNED UNBURNT",
    "missile": "MISSILE MISSILES",
    "firing": "FIRING FIRINGS GUNNERY",
    "launch": "LAUNCH LAUNCHES LAUNCHING LAUNCHED LAUNCHINGS PELUNCURAN",
    "satellite": "SATELLITE SATELLITES SATELIT",
    "spacecraft": "SPACECRAFT SPACESHIP",
    "re-entry": "RE-ENTRY REENTRY RE-ENTER DEORBIT DE-ORBIT DEORBITING",
    "splashdown": "SPLASHDOWN SPLASH-DOWN",
    "stage": "STAGE STAGES",
    "booster": "BOOSTER BOOSTERS",
    "fairing": "FAIRING FAIRINGS",
    "impact": "IMPACT",
    "jettison": "JETTISON JETTISONED JETTISONING",
    "recovery": "RECOVERY",
    "balloon": "BALLOON BALLOONS",
    "exercise": "EXERCISE EXERCISES AEROBATIC AIRSHOW",
    "orbital": "ORBITAL",
    "suborbital": "SUBORBITAL SUB-ORBITAL",
    "ballistic": "BALLISTIC",
    "laser": "LASER LASERS",
    "unmanned": "UNMANNED UAS DRONE DRONES",
}
_WORDS = {form: word for word, forms in _FORMS.items() for form in forms.split()}
_EASTERN = {
    "로켓": "rocket", "ロケット": "rocket", "火箭": "rocket", "위성": "satellite",
    "衛星": "satellite", "卫星": "satellite", "発射": "launch", "발사": "launch", "发射": "launch",
}  # fmt: skip
_WORD = re.compile(r"[A-Z]++(?:-[A-Z]++)*+")


def words_of(text: str) -> tuple[str, ...]:
    """Find words that tell what a notice is about.

    Parameters
    ----------
    text : str
        The text, in capitals.

    Returns
    -------
    tuple of str
        In lower case, each once, in the order of the text.
    """
    found = dict.fromkeys(_WORDS[word] for word in _WORD.findall(text) if word in _WORDS)
    if not text.isascii():
        found |= dict.fromkeys(word for form, word in _EASTERN.items() if form in text)
    return tuple(found)

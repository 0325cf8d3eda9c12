"""Finished results on a globe: KML and CZML. It renders and computes nothing."""

from kosmodrom.globe.czml import czml_text
from kosmodrom.globe.kml import kml_text

__all__ = ["czml_text", "kml_text"]

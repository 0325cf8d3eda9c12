"""From closed areas of one launch to a forecast of its orbit."""

from kosmodrom.launch.forecast.fitted import FITS, settings_for
from kosmodrom.launch.forecast.forecast import Knowledge, Site, forecast
from kosmodrom.launch.forecast.outcome import Forecast, Hypothesis, Remark
from kosmodrom.launch.forecast.priors import Corridors, History
from kosmodrom.launch.forecast.settings import GUESSED, Settings
from kosmodrom.launch.forecast.targets import Plane

__all__ = [
    "FITS", "GUESSED", "Corridors", "Forecast", "History", "Hypothesis", "Knowledge", "Plane",
    "Remark", "Settings", "Site", "forecast", "settings_for",
]  # fmt: skip

"""From closed areas of one launch to a forecast of its orbit."""

from kosmodrom.launch.forecast.forecast import Knowledge, Site, forecast
from kosmodrom.launch.forecast.outcome import Forecast, Hypothesis, Remark
from kosmodrom.launch.forecast.priors import Corridors, History
from kosmodrom.launch.forecast.settings import FITTED, Settings
from kosmodrom.launch.forecast.targets import Plane

__all__ = [
    "FITTED", "Corridors", "Forecast", "History", "Hypothesis", "Knowledge", "Plane", "Remark",
    "Settings", "Site", "forecast",
]  # fmt: skip

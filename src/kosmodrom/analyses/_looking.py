"""What a camera may do, as verbs ask it: a sensor of the catalog, or limits of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._orbital import OrbitalRequest, angle_of
from kosmodrom.analyses._request import Angle, Length, Text
from kosmodrom.analyses._result import Note
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.imaging import Limits
    from kosmodrom.view.observers import Observers
    from kosmodrom.view.sensors import Sensor
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = [
    "Camera",
    "LookingRequest",
    "limits_of",
    "looking_notes",
    "on_the_ground",
    "sensor_of",
]

_USUAL = "30 deg"  # off nadir, where neither a sensor nor a limit is given


class Camera(BaseModel):
    """A camera of one's own, between what it does at least and at best."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Text = Field("camera", description="what to call it")
    sample_distance_low: Length = Field(description="finest ground sample distance straight down")
    sample_distance_high: Length | None = Field(None, description="coarsest; the same by default")
    altitude: Length = Field("500 km", description="the height for which that holds")
    off_nadir_low: Angle = Field(_USUAL, description="how far off nadir it surely looks")
    off_nadir_high: Angle | None = Field(None, description="how far at most")
    edge_response_low: float = Field(0.22, gt=0, le=1, description="relative edge response, least")
    edge_response_high: float = Field(0.54, gt=0, le=1, description="relative edge response, most")
    noise_ratio_low: float = Field(10.0, gt=0, description="signal-to-noise ratio, least")
    noise_ratio_high: float = Field(50.0, gt=0, description="signal-to-noise ratio, most")
    noise_sun: Angle = Field("45 deg", description="elevation of the Sun for that ratio")


class LookingRequest(OrbitalRequest):
    """Which satellites with which camera, in which light."""

    sensor: Text | None = Field(None, description="a camera of the catalog")
    camera: Camera | None = Field(None, description="a camera of one's own")
    max_off_nadir: Angle | None = Field(
        None, description="largest angle off the geodetic nadir; the sensor's, or 30 deg"
    )
    max_roll: Angle | None = Field(None, description="largest roll to either side")
    max_pitch: Angle | None = Field(None, description="largest pitch to front or back")
    min_elevation: Angle = Field("0 deg", description="least elevation at the target")
    min_sun: Angle | None = Field(None, description="the Sun must stand above, at the target")
    max_sun: Angle | None = Field(None, description="the Sun must stand below, at the target")
    direction: Literal["any", "ascending", "descending"] = Field(
        "any", description="whether the satellite goes north or south"
    )

    @model_validator(mode="after")
    def _one_camera(self) -> Self:
        if self.sensor is not None and self.camera is not None:
            raise RequestError("give sensor or camera, not both", ["camera"])
        return self


def sensor_of(request: LookingRequest, context: Context) -> Sensor | None:
    """Find the camera of a request.

    Parameters
    ----------
    request : LookingRequest
        With a sensor, a camera or neither.
    context : Context
        With the catalog.

    Returns
    -------
    Sensor or None
        The camera; None where only angles are given.
    """
    if request.sensor is not None:
        return _from_catalog(request.sensor, context)
    if request.camera is None:
        return None
    from kosmodrom.view.sensors import Range, Sensor

    camera = request.camera
    low = units.parse(camera.sample_distance_low, "length").value
    high = units.parse(camera.sample_distance_high or camera.sample_distance_low, "length").value
    surely = angle_of(camera.off_nadir_low)
    most = angle_of(camera.off_nadir_high) if camera.off_nadir_high else surely
    try:
        return Sensor(
            name=camera.name,
            sample_distance=Range(low, high),
            altitude=units.parse(camera.altitude, "length").value,
            off_nadir=Range(surely, most),
            edge_response=Range(camera.edge_response_low, camera.edge_response_high),
            signal_to_noise=Range(camera.noise_ratio_low, camera.noise_ratio_high),
            sun_elevation=angle_of(camera.noise_sun),
            source="request",
        )
    except InputError as error:
        raise RequestError(str(error), ["camera"]) from None


def _from_catalog(name: str, context: Context) -> Sensor:
    from math import radians

    from kosmodrom.view.sensors import Range, Sensor

    try:
        row = context.catalog.sensor(name)
    except InputError as error:
        raise RequestError(str(error), ["sensor"]) from None
    if not context.usable([row]).rows:
        raise RequestError(
            f"the numbers of {row.name} were public from {row.known_from} on, after the day of "
            "the question; give a camera of your own",
            ["sensor"],
        )

    def _range(low: float | None, high: float | None, factor: float) -> Range | None:
        return None if low is None or high is None else Range(low * factor, high * factor)

    return Sensor(
        name=row.name,
        sample_distance=Range(row.sample_distance_low_m, row.sample_distance_high_m),
        altitude=row.altitude_km * 1000.0,
        off_nadir=Range(radians(row.off_nadir_low_deg), radians(row.off_nadir_high_deg)),
        swath=_range(row.swath_low_km, row.swath_high_km, 1000.0),
        aperture=_range(row.aperture_low_m, row.aperture_high_m, 1.0),
        edge_response=Range(row.edge_response_low, row.edge_response_high),
        signal_to_noise=Range(row.snr_low, row.snr_high),
        sun_elevation=radians(row.snr_sun_elevation_deg),
        source=row.source,
        grade=row.grade,
    )


def limits_of(request: LookingRequest, sensor: Sensor | None, *, possible: bool = False) -> Limits:
    """Put the limits of a request together.

    Parameters
    ----------
    request : LookingRequest
        With angles of its own, which go before those of the sensor.
    sensor : Sensor or None
        The camera.
    possible : bool
        Whether the sensor's limits are taken at most, not as they surely are.

    Returns
    -------
    Limits
        For the search.
    """
    from kosmodrom.view.imaging import Limits

    def _angle(text: str | None) -> float | None:
        return None if text is None else angle_of(text)

    end = 1 if possible else 0
    off_nadir = _angle(request.max_off_nadir)
    if off_nadir is None:
        off_nadir = sensor.off_nadir[end] if sensor else angle_of(_USUAL)
    roll, pitch = _angle(request.max_roll), _angle(request.max_pitch)
    if roll is None and sensor and sensor.roll:
        roll = sensor.roll[end]
    if pitch is None and sensor and sensor.pitch:
        pitch = sensor.pitch[end]
    try:
        return Limits(
            off_nadir=off_nadir,
            elevation=angle_of(request.min_elevation),
            sun_lowest=_angle(request.min_sun),
            sun_highest=_angle(request.max_sun),
            roll=roll,
            pitch=pitch,
            direction=request.direction,
        )
    except InputError as error:
        raise RequestError(str(error), [_blamed(request, str(error))]) from None


def _blamed(request: LookingRequest, message: str) -> str:
    if "Sun" in message:
        return "min_sun"
    if "roll" in message or "pitch" in message:
        return "max_roll" if "roll" in message else "max_pitch"
    return "min_elevation" if "elevation" in message else "max_off_nadir"


def looking_notes(
    request: LookingRequest, sensor: Sensor | None, *, possible: bool = True
) -> list[Note]:
    """Say which camera was taken and what is not modelled.

    Parameters
    ----------
    request : LookingRequest
        The request.
    sensor : Sensor or None
        The camera.
    possible : bool
        Whether it was searched as far as the camera may possibly look.

    Returns
    -------
    list of Note
        For the accuracy of a result.
    """
    from math import degrees

    sure, most = (
        round(degrees(limits_of(request, sensor, possible=end).off_nadir), 3)
        for end in (False, possible)
    )
    notes = [
        Note("looking_limits", {"angle": [most, "deg"]})
        if sure == most
        else Note("looking_limits_open", {"low": [sure, "deg"], "high": [most, "deg"]})
    ]
    if sensor is not None:
        notes.append(
            Note(
                "looking_sensor",
                {
                    "sensor": sensor.name,
                    "low": [round(sensor.sample_distance.low, 3), "m"],
                    "high": [round(sensor.sample_distance.high, 3), "m"],
                    "altitude": [round(sensor.altitude / 1000.0, 1), "km"],
                },
            )
        )
    notes.append(Note("looking_not_modelled", {}))
    return notes


def on_the_ground(places: Sequence[ResolvedPlace]) -> Observers:
    """Put resolved places on the ground.

    Parameters
    ----------
    places : sequence of ResolvedPlace
        The places.

    Returns
    -------
    Observers
        The same for a search.
    """
    import numpy as np

    from kosmodrom.view.observers import Observers

    return Observers.at(
        np.radians([place.latitude_deg for place in places]),
        np.radians([place.longitude_deg for place in places]),
        np.array([place.height_m for place in places]),
    )

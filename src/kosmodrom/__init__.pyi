# Written by `python -m kosmodrom.analyses._stub`; do not edit.
# fmt: off
"""Computed, sourced and repeatable answers about space launch and the claims made of it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from kosmodrom.analyses._result import Result

__version__: str
__all__: list[str]

def ascent(
    *,
    vehicle: str,
    site: str,
    perigee: str | None = None,
    apogee: str | None = None,
    inclination: str | None = None,
    argument_of_perigee: str | None = None,
    node: str | None = None,
    lift_off: str | None = None,
    payload: str | None = None,
    reserve: str = "0 m/s",
    direction: Literal["auto", "ascending", "descending"] = "auto",
    azimuth_from: str | None = None,
    azimuth_to: str | None = None,
    parking_perigee: str | None = None,
    parking_apogee: str | None = None,
    max_dynamic_pressure: str | None = None,
    max_separation_pressure: str | None = None,
    max_load: str = "4000 Pa rad",
    max_acceleration: str | None = None,
    max_heating: str = "1135 W/m2",
    drop_zones: Sequence[Mapping[str, object]] = (),
    samples: int = 400,
    altitudes: Sequence[str] = (),
    inclinations: Sequence[str] = (),
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Fly a launch vehicle from its pad to an orbit: the most payload, or a given one.

    Parameters
    ----------
    vehicle : str
        launch vehicle as it is put together
    site : str
        launch site by name, or latitude,longitude[,height]
    perigee : str, optional
        height of the perigee of the orbit
    apogee : str, optional
        height of its apogee; that of the perigee by default
    inclination : str, optional
        an angle, or sun-synchronous
    argument_of_perigee : str, optional
        argument of the perigee
    node : str, optional
        right ascension of the ascending node, TEME of date; with lift_off
    lift_off : str, optional
        when it lifts off: an instant with a zone
    payload : str, optional
        what is carried; without it the most is sought
    reserve : str, optional
        change of speed that is kept at the end
    direction : {"auto", "ascending", "descending"}, optional
        whether the launch goes north or south
    azimuth_from : str, optional
        open azimuths over the ground: first
    azimuth_to : str, optional
        open azimuths: last, clockwise from there
    parking_perigee : str, optional
        perigee of an orbit on the way
    parking_apogee : str, optional
        apogee of that orbit; its perigee by default
    max_dynamic_pressure : str, optional
        greatest dynamic pressure
    max_separation_pressure : str, optional
        greatest dynamic pressure where stages part and the next is lit later
    max_load : str, optional
        greatest dynamic pressure times angle of attack
    max_acceleration : str, optional
        greatest acceleration that is felt, like 45 m/s2
    max_heating : str, optional
        heating by the air below which the fairing goes
    drop_zones : Sequence[Mapping[str, object]], optional
        where parts have to fall
    samples : int, optional
        falls drawn for the ellipses; 0 leaves them away
    altitudes : sequence of str, optional
        of a payload map: heights of circular orbits
    inclinations : sequence of str, optional
        of a payload map: inclinations of the orbits
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def contacts(
    *,
    start: str,
    stations: Sequence[str],
    satellites: Sequence[str] = (),
    orbits: Sequence[Mapping[str, object]] = (),
    end: str | None = None,
    sensor: str | None = None,
    camera: Mapping[str, object] | None = None,
    max_off_nadir: str | None = None,
    max_roll: str | None = None,
    max_pitch: str | None = None,
    min_elevation: str = "0 deg",
    min_sun: str | None = None,
    max_sun: str | None = None,
    direction: Literal["any", "ascending", "descending"] = "any",
    station_mask: str = "5 deg",
    rate: str = "100 Mbit/s",
    acquisition: str = "0 s",
    targets: Sequence[str] = (),
    picture: str = "0 MB",
    rows: Literal["contacts", "pictures"] | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find when a satellite can talk to ground stations, and how late a picture comes down.

    Parameters
    ----------
    start : str
        from when: an instant with a zone, or a UTC day
    stations : sequence of str
        ground stations by name, or latitude,longitude[,height]
    satellites : sequence of str, optional
        satellites by number or name, or a file of element sets
    orbits : Sequence[Mapping[str, object]], optional
        orbits that are only drawn
    end : str, optional
        until when; a day is included whole; one day by default
    sensor : str, optional
        a camera of the catalog
    camera : Mapping[str, object], optional
        a camera of one's own
    max_off_nadir : str, optional
        largest angle off the geodetic nadir; the sensor's, or 30 deg
    max_roll : str, optional
        largest roll to either side
    max_pitch : str, optional
        largest pitch to front or back
    min_elevation : str, optional
        least elevation at the target
    min_sun : str, optional
        the Sun must stand above, at the target
    max_sun : str, optional
        the Sun must stand below, at the target
    direction : {"any", "ascending", "descending"}, optional
        whether the satellite goes north or south
    station_mask : str, optional
        least elevation at a station
    rate : str, optional
        data rate of the downlink
    acquisition : str, optional
        from the rise until data flow
    targets : sequence of str, optional
        places of which pictures are taken
    picture : str, optional
        size of a picture; 0 for the first contact
    rows : {"contacts", "pictures"}, optional
        what the table lists; pictures where there are targets
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def corridors(
    *,
    sites: Sequence[str],
    inclinations: Sequence[str] = (),
    sun_synchronous: str | None = None,
    azimuths: Sequence[str] = (),
    altitude: str = "200 km",
    turn_speed: str | None = None,
    downrange: str = "2000 km",
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find which orbits a launch site reaches, in which direction, and what lies below.

    Parameters
    ----------
    sites : sequence of str
        launch sites; facts are those of the first, rows of all
    inclinations : sequence of str, optional
        inclinations that are wanted
    sun_synchronous : str, optional
        altitude of a circular sun-synchronous orbit that is wanted
    azimuths : sequence of str, optional
        azimuths against the Earth whose inclination is wanted
    altitude : str, optional
        of the circular orbit at whose speed azimuths are converted
    turn_speed : str, optional
        inertial speed at which a turn on the way up begins
    downrange : str, optional
        how far from the site the ground below is looked at
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def coverage(
    *,
    start: str,
    satellites: Sequence[str] = (),
    orbits: Sequence[Mapping[str, object]] = (),
    end: str | None = None,
    sensor: str | None = None,
    camera: Mapping[str, object] | None = None,
    max_off_nadir: str | None = None,
    max_roll: str | None = None,
    max_pitch: str | None = None,
    min_elevation: str = "0 deg",
    min_sun: str | None = None,
    max_sun: str | None = None,
    direction: Literal["any", "ascending", "descending"] = "any",
    region: str = "world",
    polygon: Sequence[str] = (),
    places: Sequence[str] = (),
    cell: str = "200 km",
    access: Literal["imaging", "elevation"] = "imaging",
    swath: str | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find how often a region is seen: counts, gaps, response, share covered, cell by cell.

    Parameters
    ----------
    start : str
        from when: an instant with a zone, or a UTC day
    satellites : sequence of str, optional
        satellites by number or name, or a file of element sets
    orbits : Sequence[Mapping[str, object]], optional
        orbits that are only drawn
    end : str, optional
        until when; a day is included whole; one day by default
    sensor : str, optional
        a camera of the catalog
    camera : Mapping[str, object], optional
        a camera of one's own
    max_off_nadir : str, optional
        largest angle off the geodetic nadir; the sensor's, or 30 deg
    max_roll : str, optional
        largest roll to either side
    max_pitch : str, optional
        largest pitch to front or back
    min_elevation : str, optional
        least elevation at the target
    min_sun : str, optional
        the Sun must stand above, at the target
    max_sun : str, optional
        the Sun must stand below, at the target
    direction : {"any", "ascending", "descending"}, optional
        whether the satellite goes north or south
    region : str, optional
        world, or a country by name or ISO code
    polygon : sequence of str, optional
        corners of a region, latitude,longitude each; in place of region
    places : sequence of str, optional
        single places in place of cells
    cell : str, optional
        side of a cell
    access : {"imaging", "elevation"}, optional
        by the angle off nadir, or by min_elevation alone
    swath : str, optional
        width of the strip, in place of an angle off nadir
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def distance(
    *,
    from_: str,
    to: str | None = None,
    to_border: str | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Measure the shortest line between two places, or to a country's border.

    Parameters
    ----------
    from_ : str
        place, or latitude,longitude in degrees
    to : str, optional
        place, or latitude,longitude in degrees
    to_border : str, optional
        country whose nearest point is sought
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def identify(
    *,
    satellites: Sequence[str],
    site: str | None = None,
    launch: str | None = None,
    inclination_low: str | None = None,
    inclination_high: str | None = None,
    designator: str | None = None,
    designators: Literal["record", "year", "none"] = "record",
    most: int = 100,
    sites: Sequence[str] = (),
    days: str = "7 day",
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Say which objects a launch left in orbit, or which launch an object is from.

    Parameters
    ----------
    satellites : sequence of str
        satellites by number or name, or a file of element sets
    site : str, optional
        launch site by name, or latitude,longitude[,height]
    launch : str, optional
        lift-off: an instant with a zone, or two as FROM/UNTIL
    inclination_low : str, optional
        least inclination that is expected
    inclination_high : str, optional
        greatest inclination that is expected
    designator : str, optional
        launch of the international designator, like 2026-101, if it is known
    designators : {"record", "year", "none"}, optional
        what designators may tell: the launch by the record, the year and the number in it, or
        nothing
    most : int, optional
        rows that are shown at most
    sites : sequence of str, optional
        sites to look at for one object; those of the catalog by default
    days : str, optional
        how long before the first element set to look
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def launches(
    *,
    site: str | None = None,
    country: str | None = None,
    vehicle: str | None = None,
    payload: str | None = None,
    from_: str | None = None,
    until: str | None = None,
    outcome: Literal["any", "success", "failure"] = "any",
    date_basis: Literal["utc", "local"] = "utc",
    attempts: Literal["orbital"] = "orbital",
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Count orbital launch attempts under a stated definition.

    Parameters
    ----------
    site : str, optional
        launch site, like vostochny
    country : str, optional
        state that runs the launch site, by name or ISO code; PRK is North Korea; the Soviet Union
        is not Russia
    vehicle : str, optional
        launch vehicle, or a part of its name
    payload : str, optional
        a part of the name of a payload or mission
    from_ : str, optional
        first day, included whole
    until : str, optional
        last day, included whole
    outcome : {"any", "success", "failure"}, optional
        count only launches that ended so; shares are then not given
    date_basis : {"utc", "local"}, optional
        whose day counts: UTC, or the day at the site
    attempts : {"orbital"}, optional
        orbital and deep-space attempts; the data hold no others
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def missile_tests(
    *,
    from_: str | None = None,
    until: str | None = None,
    space_launches: Literal["include", "exclude", "only"] = "exclude",
    range_class: Literal["all", "long", "intermediate-up", "short", "unidentified"] = "all",
    unidentified: Literal["bound", "exclude", "include"] = "bound",
    unit: Literal["tests", "days"] = "tests",
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Count North Korean missile tests under a stated definition.

    Parameters
    ----------
    from_ : str, optional
        first day (UTC), included whole
    until : str, optional
        last day (UTC), included whole
    space_launches : {"include", "exclude", "only"}, optional
        whether satellite launches count as tests
    range_class : {"all", "long", "intermediate-up", "short", "unidentified"}, optional
        long: IRBM and ICBM; intermediate-up: MRBM, IRBM and ICBM; short: SRBM and SLBM; as the
        source classes them
    unidentified : {"bound", "exclude", "include"}, optional
        missiles of unidentified type: bound lets each belong to the range class or not, and the
        answer has two ends; exclude; include
    unit : {"tests", "days"}, optional
        count each missile fired, or each UTC day with at least one
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def notices(
    *,
    files: Sequence[str] = (),
    texts: Sequence[str] = (),
    site: str | None = None,
    launch: str | None = None,
    year: int | None = None,
    operator: str | None = None,
    prior: Literal["record", "none"] = "record",
    planes: Sequence[str] = (),
    places: Sequence[str] = (),
    altitude: str | None = None,
    min_elevation: str = "10 deg",
    within: str = "24 h",
    score: bool = False,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Read what hazard notices give away: which launch, from where, into which orbit, how surely.

    Parameters
    ----------
    files : sequence of str, optional
        files of notices as published, or GeoJSON polygons
    texts : sequence of str, optional
        texts of notices, as published
    site : str, optional
        launch site by name, or latitude,longitude; all sites by default
    launch : str, optional
        lift-off: an instant, or two with a slash; from the notices by default
    year : int, optional
        of texts that leave the year away
    operator : str, optional
        who launches, as the launch list calls it
    prior : {"record", "none"}, optional
        whether earlier launches are looked at
    planes : sequence of str, optional
        satellites to whose planes it may go
    places : sequence of str, optional
        places over which the first passes are looked for
    altitude : str, optional
        of the orbit for those passes; that of earlier launches by default
    min_elevation : str, optional
        of those passes
    within : str, optional
        after lift-off, in which they come
    score : bool, optional
        compare forecasts with what was catalogued later
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def overflights(
    *,
    targets: Sequence[str],
    satellites: Sequence[str] = (),
    orbits: Sequence[Mapping[str, object]] = (),
    start: str | None = None,
    end: str | None = None,
    sensor: str | None = None,
    camera: Mapping[str, object] | None = None,
    max_off_nadir: str | None = None,
    max_roll: str | None = None,
    max_pitch: str | None = None,
    min_elevation: str = "0 deg",
    min_sun: str | None = None,
    max_sun: str | None = None,
    direction: Literal["any", "ascending", "descending"] = "any",
    at: str | None = None,
    plan: bool = False,
    slew_rate: str = "1 deg/s",
    settling: str = "5 s",
    dwell: str = "5 s",
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find when a satellite could have taken a picture of a place, and how sharp.

    Parameters
    ----------
    targets : sequence of str
        places by name, or latitude,longitude[,height]
    satellites : sequence of str, optional
        satellites by number or name, or a file of element sets
    orbits : Sequence[Mapping[str, object]], optional
        orbits that are only drawn
    start : str, optional
        from when: an instant with a zone, or a UTC day
    end : str, optional
        until when; a day is included whole; one day by default
    sensor : str, optional
        a camera of the catalog
    camera : Mapping[str, object], optional
        a camera of one's own
    max_off_nadir : str, optional
        largest angle off the geodetic nadir; the sensor's, or 30 deg
    max_roll : str, optional
        largest roll to either side
    max_pitch : str, optional
        largest pitch to front or back
    min_elevation : str, optional
        least elevation at the target
    min_sun : str, optional
        the Sun must stand above, at the target
    max_sun : str, optional
        the Sun must stand below, at the target
    direction : {"any", "ascending", "descending"}, optional
        whether the satellite goes north or south
    at : str, optional
        could it have seen the target then? an instant, an interval A/B, a day
    plan : bool, optional
        choose pictures for one satellite, one a target
    slew_rate : str, optional
        how fast it turns, for a plan
    settling : str, optional
        until it is at rest, for a plan
    dwell : str, optional
        what a picture takes, for a plan
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def passes(
    *,
    start: str,
    places: Sequence[str],
    satellites: Sequence[str] = (),
    orbits: Sequence[Mapping[str, object]] = (),
    end: str | None = None,
    min_elevation: str = "10 deg",
    masks: Sequence[Mapping[str, object]] = (),
    visible: bool = False,
    darkness: str = "-6 deg",
    light_time: bool = False,
    refraction: bool = False,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find when satellites stand above places: every pass, to a millisecond.

    Parameters
    ----------
    start : str
        from when: an instant with a zone, or a UTC day
    places : sequence of str
        places by name, or latitude,longitude[,height]
    satellites : sequence of str, optional
        satellites by number or name, or a file of element sets
    orbits : Sequence[Mapping[str, object]], optional
        orbits that are only drawn
    end : str, optional
        until when; a day is included whole; one day by default
    min_elevation : str, optional
        least elevation at every place
    masks : Sequence[Mapping[str, object]], optional
        masks of single places
    visible : bool, optional
        when the satellite can be seen by eye, too
    darkness : str, optional
        the Sun must be below, to be seen by eye
    light_time : bool, optional
        see it where it was when the light left it
    refraction : bool, optional
        elevations as the air lifts them
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def sites(
    *,
    names: Sequence[str] = (),
    country: str | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """List orbital launch sites with their coordinates, country and record.

    Parameters
    ----------
    names : sequence of str, optional
        sites by name; none means all
    country : str, optional
        only those of this country
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def track(
    *,
    start: str,
    satellites: Sequence[str] = (),
    orbits: Sequence[Mapping[str, object]] = (),
    end: str | None = None,
    step: str = "60 s",
    frame: Literal["ITRS", "GCRS", "TEME"] = "ITRS",
    max_off_nadir: str | None = None,
    sensor: str | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Follow a satellite over the ground: where it stands, how high, in the Sun or not.

    Parameters
    ----------
    start : str
        from when: an instant with a zone, or a UTC day
    satellites : sequence of str, optional
        satellites by number or name, or a file of element sets
    orbits : Sequence[Mapping[str, object]], optional
        orbits that are only drawn
    end : str, optional
        until when; a day is included whole; one day by default
    step : str, optional
        time between two points
    frame : {"ITRS", "GCRS", "TEME"}, optional
        of the vectors
    max_off_nadir : str, optional
        draw the strip within this angle
    sensor : str, optional
        draw the strip of a camera of the catalog
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def window(
    *,
    site: str,
    start: str,
    satellite: str | None = None,
    inclination: str | None = None,
    node: str | None = None,
    epoch: str | None = None,
    frame: Literal["TEME", "GCRS"] = "TEME",
    local_time: str | None = None,
    local_time_of: Literal["ascending", "descending"] = "ascending",
    altitude: str | None = None,
    perigee: str | None = None,
    apogee: str | None = None,
    end: str | None = None,
    direction: Literal["any", "ascending", "descending"] = "any",
    azimuth_from: str | None = None,
    azimuth_to: str | None = None,
    delay: str = "5 min",
    insertion: str = "200 km",
    flight_time: str | None = None,
    flight_angle: str | None = None,
    as_of: str | None = None,
    dask: str | None = None,
    parquet: str | None = None,
) -> Result:
    """Find launch windows: when a site lies in a wanted orbital plane, and what a delay costs.

    Parameters
    ----------
    site : str
        launch site by name, or latitude,longitude[,height]
    start : str
        from when: an instant with a zone, or a UTC day
    satellite : str, optional
        whose plane: number, name or file
    inclination : str, optional
        an angle, or sun-synchronous
    node : str, optional
        right ascension of the ascending node
    epoch : str, optional
        when the node is there; the start by default
    frame : {"TEME", "GCRS"}, optional
        of node and inclination: TEME of date, or GCRS (J2000)
    local_time : str, optional
        mean local solar time of the node
    local_time_of : {"ascending", "descending"}, optional
        which node that is
    altitude : str, optional
        of a circular orbit, for drift of the node
    perigee : str, optional
        altitude of the perigee, instead
    apogee : str, optional
        altitude of the apogee, instead
    end : str, optional
        until when; a day is included whole; one day by default
    direction : {"any", "ascending", "descending"}, optional
        whether the launch goes north or south
    azimuth_from : str, optional
        open azimuths over the ground: first
    azimuth_to : str, optional
        open azimuths: last, clockwise from there
    delay : str, optional
        a delay, of which the cost is given
    insertion : str, optional
        altitude of the circular orbit of insertion
    flight_time : str, optional
        from lift-off to insertion
    flight_angle : str, optional
        ground below that flight, as an angle
    as_of : str, optional
        Use only what was public by the end of this UTC day.
    dask : str, optional
        Do the work on a cluster of Dask, whose scheduler is at this address.
    parquet : str, optional
        Write the rows to this Parquet file, piece by piece, and keep none.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

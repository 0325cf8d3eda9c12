-- An import holds launches or element sets; `row_count` counts either. `through` is the day of the
-- latest launch or epoch in it.
ALTER TABLE import RENAME COLUMN launches TO row_count;

-- Element sets as they were read, in the units of SGP4; NULL is not given. `position` is the place
-- in the file, `line` the line of the file. The epoch is nanoseconds of TAI since 2000-01-01 TAI.
CREATE TABLE element_set (
    import_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name VARCHAR,
    designator VARCHAR,
    epoch_tai_ns BIGINT NOT NULL,
    mean_motion_rad_min DOUBLE NOT NULL,
    eccentricity DOUBLE NOT NULL,
    inclination_rad DOUBLE NOT NULL,
    node_rad DOUBLE NOT NULL,
    argument_of_perigee_rad DOUBLE NOT NULL,
    mean_anomaly_rad DOUBLE NOT NULL,
    bstar DOUBLE NOT NULL,
    mean_motion_dot_rad_min2 DOUBLE NOT NULL,
    mean_motion_ddot_rad_min3 DOUBLE NOT NULL,
    set_number INTEGER,
    revolution INTEGER
);

-- One row an imported file. `through` is the day of the latest launch in it.
CREATE TABLE import (
    import_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL UNIQUE,
    edition VARCHAR,
    launches INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    bad INTEGER NOT NULL,
    through DATE,
    source VARCHAR NOT NULL,
    source_url VARCHAR NOT NULL,
    terms VARCHAR NOT NULL
);

-- Every data line as it stood in the file; `problem` says why a line could not be used.
CREATE TABLE source_row (
    import_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    problem VARCHAR,
    PRIMARY KEY (import_id, line)
);

-- Cleaned values beside it; NULL is unknown. `line` is the first line of the launch.
CREATE TABLE launch (
    import_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    tag VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    utc VARCHAR,
    utc_precision_s INTEGER,
    vehicle VARCHAR,
    variant VARCHAR,
    family VARCHAR,
    mission VARCHAR,
    payload VARCHAR,
    site_code VARCHAR,
    site_parent VARCHAR,
    pad VARCHAR,
    agency VARCHAR,
    state VARCHAR,
    code VARCHAR NOT NULL,
    fail_code VARCHAR,
    outcome VARCHAR NOT NULL,
    success_fraction DOUBLE,
    pad_explosion BOOLEAN NOT NULL,
    perigee_m DOUBLE,
    apogee_m DOUBLE,
    inclination_deg DOUBLE,
    orbit_class VARCHAR,
    PRIMARY KEY (import_id, tag)
);

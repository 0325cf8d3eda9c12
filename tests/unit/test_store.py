"""The store of imported histories, on small lists in GCAT's form."""

import gzip
import os
import subprocess
import sys
import textwrap

import pytest

from kosmodrom.errors import InputError, StoreError
from kosmodrom.store import Store, reading

HEADER = (
    "Launch_Tag,Launch_JD,Launch_Date,LV_Type,Variant,Mission,Launch_Site,Launch_Pad,Apogee,"
    "LaunchCode,FailCode,State,Launch_Site_Parent,Perigee,Inc"
)
# From GCAT (Jonathan McDowell, planet4589.org), CC BY 4.0.
ROWS = tuple(
    """\
2016-026,2457506.58,2016-04-28,Soyuz-2-1A,Volga,"Lomonosov, Aist",VOST,PU1S,486.0,OS,-,RU,Vostochniy,471.0,97.27
2017-F05,2458085.74,2017-11-28,Soyuz-2-1B,Fregat,Rideshare 5,VOST,PU1S,202.0,OF,S4G,RU,Vostochniy,,
2023-179,2460270.07,2023-11-21,Cheonlima-1,-,NK Recon 3,SOHAE,LC2,512.0,OS,-,KP,Tonghae,492.0,97.43
""".splitlines()  # noqa: E501 -- rows as they stand in the list
)
LOG_HEADER = (
    "#Launch_Tag|Launch_Date|Piece|Name|PLName|LV_Type|Launch_Site|Launch_Pad|Agency|LVState|"
    "Launch_Code"
).replace("|", "\t")
LOG_ROWS = tuple(
    """\
2016-026 |2016 Apr 28 0201:21|2016-026A|Lomonosov|MVL-300|Soyuz-2-1A|VOST|PU1S|FKA|RU|OS
2016-026 |2016 Apr 28 0201:21|2016-026B|Aist 2D|Aist 2D|Soyuz-2-1A|VOST|PU1S|FKA|RU|OS
2023-F07 |2023 Aug 23 1850?|2023-F07|Manligyeong|NK Recon 2|Cheonlima-1|SOHAE|LC2|KCST|KP|OF
""".replace("|", "\t").splitlines()
)


def write(folder, *lines, name="list.csv"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "store.duckdb"


def take(path, file, **more):
    with Store.open(path, read_only=False) as store:
        return store.import_file(file, **more)


def test_a_missing_store_holds_no_imports_and_is_not_made_by_a_reader(path):
    with Store.open(path) as store:
        assert store.tables() == []
        assert store.launches() == []
    assert not path.exists()


def test_a_launch_list_is_taken_in_and_given_back(path, tmp_path):
    report = take(path, write(tmp_path, HEADER, *ROWS))
    assert (report.rows, report.lines, report.skipped) == (3, 3, 0)
    assert report.name == "gcat-launches-2023-11-21"
    assert "McDowell" in report.credit
    with Store.open(path) as store:
        first, failed, korean = store.launches()
    assert first.mission == "Lomonosov, Aist"
    assert (first.perigee_km, first.apogee_km, first.inclination_deg) == (471.0, 486.0, 97.27)
    assert (failed.outcome, failed.fail_code, failed.perigee_km) == ("failure", "S4G", None)
    assert (korean.site_code, korean.site_parent) == ("SOHAE", "Tonghae")


def test_the_source_rows_are_kept_as_they_stand(path, tmp_path):
    take(path, write(tmp_path, HEADER, *ROWS))
    with Store.open(path) as store:
        texts = store._rows("SELECT text FROM source_row ORDER BY line")
    assert [text for (text,) in texts] == list(ROWS)


def test_a_launch_log_gives_one_launch_a_tag_with_all_its_payloads(path, tmp_path):
    file = tmp_path / "log.tsv.gz"
    text = "\n".join([LOG_HEADER, "# Updated 2024 Dec  8 0108", *LOG_ROWS])
    file.write_bytes(gzip.compress(text.encode()))
    report = take(path, file)
    assert (report.kind, report.rows, report.lines) == ("gcat-launchlog", 2, 3)
    with Store.open(path) as store:
        table = store.table()
        lomonosov, chollima = store.launches()
    assert lomonosov.payload == "MVL-300, Aist 2D"
    assert lomonosov.utc == "2016-04-28T02:01:21Z"
    assert (chollima.utc, chollima.utc_precision_s) == ("2023-08-23T18:50Z", None)
    assert table.edition == "2024 Dec  8 0108"


def test_the_same_file_twice_changes_nothing(path, tmp_path):
    file = write(tmp_path, HEADER, *ROWS)
    first = take(path, file)
    again = take(path, file)
    assert again.already
    assert not first.already
    assert (again.name, again.rows, again.sha256) == (first.name, first.rows, first.sha256)
    with Store.open(path) as store:
        assert len(store.tables()) == 1
        assert len(store.launches()) == 3


def test_a_list_that_reaches_further_is_the_one_that_counts(path, tmp_path):
    take(path, write(tmp_path, HEADER, *ROWS))
    take(path, write(tmp_path, HEADER, *ROWS[:2], name="older.csv"))
    with Store.open(path) as store:
        assert [table.name for table in store.tables()] == [
            "gcat-launches-2023-11-21", "gcat-launches-2017-11-28"
        ]  # fmt: skip
        assert len(store.launches()) == 3
        assert len(store.launches("gcat-launches-2017-11-28")) == 2
        with pytest.raises(StoreError, match="there are: gcat-launches-2023"):
            store.launches("satcat")


def test_good_rows_are_kept_and_bad_ones_named_by_line(path, tmp_path):
    bad_date = ROWS[0].replace("2016-04-28", "28.04.2016").replace("2016-026", "2016-X")
    short = "2018-014,2458150.59"
    twice = ROWS[1]
    unclosed = '2018-111,"2458480'
    report = take(path, write(tmp_path, HEADER, *ROWS, bad_date, short, twice, unclosed))
    assert report.rows == 3
    assert [(row.line, row.problem.split(";")[0][:20]) for row in report.bad] == [
        (5, "date '28.04.2016' is"), (6, "2 cells, not 15"), (7, "2017-F05 stands in l"),
        (8, "unexpected end of da"),
    ]  # fmt: skip
    with Store.open(path) as store:
        assert [row.line for row in store.bad_rows(report.name)] == [5, 6, 7, 8]
        assert store.table().skipped == 4


def test_what_was_not_meant_for_orbit_is_left_out_and_counted(path, tmp_path):
    report = take(path, write(tmp_path, HEADER, *ROWS, ROWS[0].replace(",OS,", ",SS,")))
    assert (report.rows, report.left_out, report.skipped) == (3, 1, 0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "list.csv:1: no launch list"),
        (b"name,value\n1,2\n", r"(?s)expected.*Launch_Tag.*received\nname,value"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "list.csv:1: binary data"),
        (HEADER.encode() + b"\n2016-026\x00,x\n", "list.csv:2: binary data"),
        (b'"' + HEADER.encode() + b"\n", "no launch list"),
        (HEADER.encode() + b"\n", "no launch could be read"),
        (HEADER.encode() + b"\n1,2\n", "no launch could be read; line 2: 2 cells"),
        (b"a" * 70_000, "list.csv:1: line longer than 65536 bytes"),
        (b"\x1f\x8b\x08\x00broken", "damaged gzip"),
    ],
    ids=["empty", "other", "picture", "nul", "quote", "no rows", "no good row", "long", "gzip"],
)  # fmt: skip
def test_a_file_that_is_no_launch_list_is_refused_and_nothing_is_kept(
    path, tmp_path, data, message
):
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    with pytest.raises(InputError, match=message):
        take(path, file)
    with Store.open(path) as store:
        assert store.tables() == []


def test_a_folder_or_missing_file_is_refused(path, tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        take(path, tmp_path)
    with pytest.raises(InputError, match="is no file"):
        take(path, tmp_path / "none.csv")


def test_a_file_over_the_limit_is_refused(path, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_BYTES", 2000)
    with pytest.raises(InputError, match="at most 2 GiB"):
        take(path, write(tmp_path, HEADER, *ROWS * 9))
    file = tmp_path / "small.csv.gz"
    file.write_bytes(gzip.compress("\n".join([HEADER, *ROWS * 9]).encode()))
    with pytest.raises(InputError, match="when unpacked"):
        take(path, file)


def test_latin_letters_are_read(path, tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes("\n".join([HEADER, ROWS[0].replace("Aist", "Añst")]).encode("latin-1"))
    take(path, file)
    with Store.open(path) as store:
        assert store.launches()[0].mission == "Lomonosov, Añst"


KILLED = """
    import os, sys
    from pathlib import Path
    from kosmodrom.store import Store

    def die(stage, done, total):
        if (stage, done) == ("write", 2):
            os.kill(os.getpid(), 9)

    with Store.open(Path(sys.argv[1]), read_only=False) as store:
        store.import_file(Path(sys.argv[2]), progress=die)
"""


def run(code, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, **more,
    )  # fmt: skip


def test_a_killed_import_leaves_no_trace(path, tmp_path):
    file = write(tmp_path, HEADER, *ROWS)
    with run(KILLED, path, file) as process:
        assert process.wait() != 0
    with Store.open(path) as store:
        assert store.tables() == []
        assert store.launches() == []
    assert take(path, file).rows == 3


def test_an_interrupted_import_leaves_no_trace_and_the_store_usable(path, tmp_path):
    file = write(tmp_path, HEADER, *ROWS)

    def stop(stage, done, total):
        if (stage, done) == ("write", 2):
            raise KeyboardInterrupt

    with Store.open(path, read_only=False) as store:
        with pytest.raises(KeyboardInterrupt):
            store.import_file(file, progress=stop)
        assert store.tables() == []
        assert store.import_file(file).rows == 3


HELD = """
    import sys
    from pathlib import Path
    from kosmodrom.store import Store

    with Store.open(Path(sys.argv[1]), read_only=False):
        print("ready", flush=True)
        sys.stdin.readline()
"""


def test_a_store_held_by_another_process_is_an_error_with_a_way_out(path):
    with run(HELD, path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(StoreError, match=r"another process holds the store; .* try again"):
            Store.open(path)
        process.communicate("go\n")


def test_a_reader_cannot_import(path, tmp_path):
    file = write(tmp_path, HEADER, *ROWS)
    with Store.open(path) as store, pytest.raises(StoreError, match="open it for writing"):
        store.import_file(file)
    take(path, file)
    other = write(tmp_path, HEADER, *ROWS[:1], name="other.csv")
    with Store.open(path) as store, pytest.raises(StoreError, match="open it for writing"):
        store.import_file(other)


def test_a_file_that_is_no_database_is_an_error(path):
    path.parent.mkdir()
    path.write_text("hello " * 5000)
    with pytest.raises(StoreError, match="move it away and import again"):
        Store.open(path)


def test_a_store_of_a_newer_program_is_refused(path):
    with Store.open(path, read_only=False) as store:
        store._execute("INSERT INTO schema_version VALUES (?)", [9999])
    with pytest.raises(StoreError, match=r"version 9999.*update kosmodrom"):
        Store.open(path)


def test_another_database_is_left_alone(path):
    with Store.open(path, read_only=False) as store:
        store._execute("DROP TABLE schema_version", [])
    with pytest.raises(StoreError, match="not one of kosmodrom"):
        Store.open(path, read_only=False)


def test_a_reader_does_not_change_tables_of_an_older_version(path):
    with Store.open(path, read_only=False) as store:
        store._execute("DELETE FROM schema_version", [])
    with pytest.raises(StoreError, match="version 0, version 2 is due"):
        Store.open(path)


def test_names_in_a_list_are_never_run_as_commands(path, tmp_path):
    nasty = ROWS[0].replace("Lomonosov, Aist", "'); DROP TABLE launch; --")
    take(path, write(tmp_path, HEADER, nasty))
    with Store.open(path) as store:
        assert store.launches()[0].mission == "'); DROP TABLE launch; --"

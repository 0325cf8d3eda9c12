"""The shell: help, the verbs and their forms of output, exit statuses."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import kosmodrom
from kosmodrom.analyses._registry import analysis, summary, verbs
from kosmodrom.analyses._request import Bare
from kosmodrom.cli import main
from kosmodrom.cli.app import DOORS, shell
from kosmodrom.cli.clock import local_time, read_zone
from kosmodrom.cli.options import SHARED
from kosmodrom.cli.talk import safe

VLADIVOSTOK = ("distance", "--from", "vostochny", "--to", "Vladivostok")


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")


def process(*arguments, code=None, **more):
    command = ["-c", code] if code else ["-m", "kosmodrom", *arguments]
    return subprocess.run(
        [sys.executable, *command], capture_output=True, encoding="utf-8", check=False, **more
    )


# Help


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom kosmodrom.cli import main\nmain(['--help'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = process(code=code)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    heavy = {"numpy", "pydantic", "duckdb", "rich", "yaml", "jinja2", "babel", "shapely", "pyproj",
             "erfa", "zoneinfo", "json"}  # fmt: skip
    assert not heavy & loaded
    ours = {name for name in done.stderr.split() if name.startswith("kosmodrom.")}
    assert ours <= {"kosmodrom.analyses", "kosmodrom.analyses._registry", "kosmodrom.cli",
                    "kosmodrom.cli.app", "kosmodrom.errors"}  # fmt: skip
    # An empty interpreter has about 60 modules, click brings about 60 more.
    assert len(done.stderr.split()) < 250


def test_help_of_a_verb_imports_no_numbers_and_no_tables():
    code = (
        "import sys\nfrom kosmodrom.cli import main\nmain(['distance', '--help'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = {name.partition(".")[0] for name in process(code=code).stderr.split()}
    assert not {"duckdb", "rich", "jinja2", "babel", "shapely", "pyproj"} & loaded


def test_help_lists_every_verb_and_every_door_with_a_line(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for name, text in [*((name, text) for name, (_, text) in DOORS.items()),
                       *((verb, summary(verb)) for verb in verbs())]:  # fmt: skip
        assert f"  {name}  " in said
        assert text.split()[0] in said
    assert all(len(line) <= 80 for line in said.splitlines())


@pytest.mark.parametrize("name", DOORS)
def test_the_line_in_the_list_is_the_first_line_of_the_commands_own_help(name):
    command = shell.get_command(click.Context(shell), name)
    assert command.help.partition("\n")[0] == DOORS[name][1]


def test_no_verb_has_the_name_of_a_door_and_no_field_that_of_a_shared_option():
    assert not set(DOORS) & set(verbs())
    for verb in verbs():
        model = analysis(verb).request
        assert not SHARED & {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_shows_its_fields_an_example_and_the_shared_options(verb, capsys):
    assert main([verb, "--help"]) == 0
    said = capsys.readouterr().out
    only_by_request = re.findall(
        r"\w+", (re.search(r"Only by --request: ([^.]*)", said) or ["", ""])[1]
    )
    for name, field in analysis(verb).request.model_fields.items():
        key = field.alias or name
        if any(isinstance(mark, Bare) for mark in field.metadata):  # words without an option
            assert f"[{key.removesuffix('s').upper()}]..." in said
            continue
        assert "--" + key.replace("_", "-") in said or key in only_by_request
        if key in only_by_request:
            continue
        assert field.description.split()[0] in said
    for option in ("--json", "--csv", "--as-of", "--timezone", "--request", "--lang"):
        assert option in said
    assert "kosmodrom " + verb.replace("_", "-") in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_a_verb_may_be_written_with_dashes(capsys):
    assert main(["missile-tests", "--until", "2022-02-01", "--json"]) == 0
    dashed = capsys.readouterr().out
    assert main(["missile_tests", "--until", "2022-02-01", "--json"]) == 0
    assert capsys.readouterr().out == dashed


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kosmodrom {kosmodrom.__version__}\n"


def test_no_arguments_show_the_help_and_are_no_success(capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert "Usage: kosmodrom" in said.err + said.out


def test_a_case_in_the_place_of_a_command_is_pointed_to_run(capsys):
    assert main(["my-case.yaml"]) == 2
    assert "did you mean 'kosmodrom run my-case.yaml'?" in capsys.readouterr().err


# Output of verbs


def test_json_is_one_object_with_the_parts_that_every_door_gives(capsys):
    assert main([*VLADIVOSTOK, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert " ".join(sorted(answer)) == (
        "accuracy alternatives analysis as_of facts features figures provenance request rows "
        "version warnings"
    )
    assert answer["analysis"] == "distance"
    assert answer["request"] == {"from": "vostochny", "to": "Vladivostok"}


def test_shell_and_python_give_the_same_facts(capsys):
    main([*VLADIVOSTOK, "--json"])
    shown = json.loads(capsys.readouterr().out)["facts"]["geodesic_km"]["value"]
    fact = kosmodrom.distance(from_="vostochny", to="Vladivostok").facts["geodesic_km"]
    assert shown == pytest.approx(fact.value, abs=0.05)  # km; shown rounded to 0.1 km


def test_csv_is_a_table_that_a_reader_of_csv_takes(capsys):
    assert main(["launches", "--site", "vostochny", "--until", "2016-12-31", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["outcome"] for row in rows] == ["success"]
    assert "\N{NARROW NO-BREAK SPACE}" not in str(rows)


def test_the_table_fits_a_window_of_80_and_says_what_it_left_out(capsys):
    assert main(["sites", "--country", "Japan"]) == 0
    said = capsys.readouterr()
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert "not shown for want of width" in said.err
    assert "grade" in said.err
    assert "\x1b" not in said.out


def test_a_pipe_gets_every_column_and_no_colour(monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS")
    assert main(["sites", "--country", "Japan"]) == 0
    said = capsys.readouterr()
    assert "coordinate_error_km" in said.out
    assert said.err == ""
    assert not [line for line in said.out.splitlines() if line != line.rstrip()]


def test_facts_stand_before_rows_with_their_ends_and_their_meaning(capsys):
    assert main(VLADIVOSTOK) == 0
    said = capsys.readouterr().out
    assert said.index("geodesic_km") < said.index("latitude_deg") < said.index("catalog/sites.csv")
    assert "length of the shortest line" in said
    assert " km " in said
    assert " to " in said


def test_indonesian_has_its_words_and_its_decimal_comma(capsys):
    assert main([*VLADIVOSTOK, "--lang", "id"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("fakta")
    assert "1010," in said
    assert "bukan rute" in said


def test_as_of_holds_back_and_is_shown(capsys):
    arguments = ["launches", "--site", "vostochny", "--as-of", "2020-01-01"]
    assert main([*arguments, "--json"]) == 0
    early = json.loads(capsys.readouterr().out)
    assert early["as_of"] == "2020-01-01"
    assert main([*arguments]) == 0
    assert capsys.readouterr().out.startswith("As known on 2020-01-01")


def test_a_request_file_and_options_make_one_request(tmp_path, capsys):
    (tmp_path / "ask.json").write_text('{"from": "vostochny", "to": "Moscow"}')
    assert main(["distance", "--request", "ask.json", "--to", "Vladivostok", "--json"]) == 0
    by_file = capsys.readouterr().out
    assert main([*VLADIVOSTOK, "--json"]) == 0
    assert capsys.readouterr().out == by_file


def test_a_request_comes_from_stdin():
    done = process("sites", "--request", "-", "--json", input="names: [vostochny]\n")
    assert done.returncode == 0
    assert json.loads(done.stdout)["request"] == {"names": ["vostochny"]}


# Time zones


def test_times_of_the_table_are_shown_in_the_zone_and_json_stays_in_utc(capsys):
    arguments = ["launches", "--site", "vostochny", "--until", "2016-12-31"]
    assert main([*arguments, "--timezone", "Asia/Yakutsk"]) == 0
    said = capsys.readouterr().out
    # First launch from Vostochny: 2016-04-28 02:01 UTC; Yakutsk is nine hours ahead.
    assert "2016-04-28 11:01" in said
    assert "Asia/Yakutsk" in said
    assert main([*arguments, "--timezone", "Asia/Yakutsk", "--json"]) == 0
    assert '"2016-04-28T02:01' in capsys.readouterr().out


def test_an_instant_keeps_the_decimals_it_had():
    zone = read_zone("Asia/Jakarta")  # seven hours ahead, no summer time
    assert local_time("2016-04-28T02:01:21.300Z", zone) == "2016-04-28 09:01:21.300+07:00"
    assert local_time("2016-04-28T02:01Z", zone) == "2016-04-28 09:01+07:00"


def test_a_day_and_a_number_stay_as_they_are():
    zone = read_zone("Asia/Jakarta")
    assert local_time("2016-04-28", zone) == "2016-04-28"
    assert local_time(3.5, zone) == 3.5


def test_a_leap_second_is_shown_in_the_zone_too():
    zone = read_zone("Asia/Jakarta")
    assert local_time("2016-12-31T23:59:60Z", zone) == "2017-01-01 06:59:60+07:00"
    assert local_time("2016-12-31T23:59:60.250Z", zone) == "2017-01-01 06:59:60.250+07:00"
    assert local_time("2016-12-31T23:59:60Z", None) == "2016-12-31T23:59:60Z"


# The process


def test_text_of_a_stranger_cannot_steer_the_terminal():
    assert safe("a\x1b[2Jb\u202ec\nd\ud800") == "a[2Jbc d"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pipe")
@pytest.mark.parametrize("arguments", [("sites",), ("--help",), ("schema",), ("sites", "--json")])
def test_a_reader_that_goes_away_is_no_bug(arguments):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kosmodrom", *arguments],
            stdout=write, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(write)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full device")
@pytest.mark.parametrize(
    "arguments",
    [("sites", "--json"), ("sites", "--csv"), ("sites",), ("schema",), ("--help",),
     ("run", "vostochny-2023", "--quiet")],
)  # fmt: skip
def test_a_full_disk_is_one_line_and_ends_with_3(arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kosmodrom", *arguments],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.decode() == (
        "error: the answer cannot be written: No space left on device\n"
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_narrow_code_page_gets_an_answer_and_whole_json(encoding):
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "kosmodrom", "sites", "--names", "andoya"],
        capture_output=True, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [sys.executable, "-m", "kosmodrom", "sites", "--names", "andoya", "--json"],
        capture_output=True, env=env, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout)["rows"][0]["name"] == "Andøya"


def test_a_pressed_key_ends_with_130(monkeypatch, capsys):
    def pressed(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("kosmodrom.cli.verb.run_step", pressed)
    assert main(VLADIVOSTOK) == 130
    assert capsys.readouterr().err == "stopped; nothing is left half written\n"


def test_a_damaged_data_file_ends_with_3(monkeypatch, capsys):
    from kosmodrom.errors import DataError

    def damaged(*_args, **_more):
        raise DataError("sites.csv:3: 4 cells, not 14")

    monkeypatch.setattr("kosmodrom.cli.verb.run_step", damaged)
    assert main(VLADIVOSTOK) == 3
    assert capsys.readouterr().err == "error: sites.csv:3: 4 cells, not 14\n"

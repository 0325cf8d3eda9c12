"""The doors that run a case or check it: run, check, new."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kosmodrom.analyses import launches
from kosmodrom.cases.template import template
from kosmodrom.cli import main
from kosmodrom.errors import ModelError

FILES = ["claimreview.jsonld", "features.geojson", "report.html", "results.json", "run.json"]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def case(tmp_path):
    (tmp_path / "my.yaml").write_text(template())
    return "my.yaml"


def names(folder):
    return sorted(path.name for path in Path(folder).iterdir())


# run


def test_a_run_writes_its_files_and_shows_the_verdicts_and_the_path(case, capsys):
    assert main(["run", case]) == 0
    said = capsys.readouterr().out
    assert names("my-report") == FILES
    assert said.splitlines()[-1] == "Report: my-report/report.html"
    rows = [line for line in said.splitlines() if line.lstrip()[:2].strip().isdigit()]
    assert [row.split()[2] for row in rows[:5]] == ["supported"] * 4 + ["not"]
    assert "4 supported; 1 not checkable" in said
    assert all(len(line) <= 80 for line in said.splitlines())


def test_the_same_case_gives_the_same_bytes(case):
    main(["run", case, "--out", "one", "--quiet"])
    main(["run", case, "--out", "two", "--quiet"])
    for name in set(FILES) - {"run.json"}:
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes(), name


def test_results_hold_no_clock_host_or_path_and_the_log_holds_them(case, tmp_path, monkeypatch):
    monkeypatch.setattr("platform.node", lambda: "host-of-this-test")
    main(["run", case, "--quiet"])
    text = Path("my-report/results.json").read_text("utf-8")
    assert str(tmp_path) not in text
    assert "host-of-this-test" not in text
    log = json.loads(Path("my-report/run.json").read_text("utf-8"))
    started = dt.datetime.fromisoformat(log["started"])
    assert started.tzinfo is not None
    assert set(log["steps_s"]) == {"moscow", "border", "so-far"}
    assert log["packages"]["numpy"]
    assert f"{started:%Y-%m-%d}" not in text
    assert log["host"] == "host-of-this-test"


def test_keys_of_results_are_in_order_and_the_file_ends_with_a_line(case):
    main(["run", case, "--quiet"])
    text = Path("my-report/results.json").read_text("utf-8")
    document = json.loads(text)
    assert list(document) == sorted(document)
    assert text.endswith("}\n")
    assert "\\u" not in text


def test_json_of_a_run_is_results_json(case, capsys):
    assert main(["run", case, "--json"]) == 0
    said = capsys.readouterr()
    assert said.out == Path("my-report/results.json").read_text("utf-8")
    assert "my-report/report.html" in said.err


def test_quiet_prints_the_path_alone(case, capsys):
    assert main(["run", case, "--quiet"]) == 0
    said = capsys.readouterr()
    assert said.out == "my-report/report.html\n"
    assert said.err == ""


def test_two_languages_give_two_reports_that_lead_to_each_other(case, capsys):
    assert main(["run", case, "--lang", "id", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Apa yang benar?")
    assert names("my-report") == sorted([*FILES, "report.en.html"])
    assert 'lang="id"' in Path("my-report/report.html").read_text("utf-8")[:400]
    assert "report.en.html" in Path("my-report/report.html").read_text("utf-8")
    assert "report.html" in Path("my-report/report.en.html").read_text("utf-8")


def test_a_language_given_twice_is_written_once(case):
    assert main(["run", case, "--lang", "id", "--lang", "id", "--quiet"]) == 0
    assert names("my-report") == FILES


def test_features_of_all_steps_stand_in_one_file_with_their_step(case):
    main(["run", case, "--quiet"])
    features = json.loads(Path("my-report/features.geojson").read_text("utf-8"))
    assert features["type"] == "FeatureCollection"
    assert {x["properties"]["step"] for x in features["features"]} >= {"moscow", "border"}


def test_the_day_of_the_shell_goes_before_that_of_the_case(case):
    main(["run", case, "--as-of", "2023-08-01", "--quiet"])
    document = json.loads(Path("my-report/results.json").read_text("utf-8"))
    assert document["as_of"] == "2023-08-01"
    claim = next(claim for claim in document["claims"] if claim["id"] == "luna-launched")
    assert claim["published_later"]
    assert [entry["source"] for entry in claim["hindsight"]] == ["statement"]


def test_a_failed_step_is_reported_and_ends_with_3(case, capsys, monkeypatch):
    def failing(request, context):
        raise ModelError("no answer today")

    monkeypatch.setattr(launches, "run", failing)
    assert main(["run", case]) == 3
    said = capsys.readouterr()
    assert "step so-far (launches) failed: no answer today" in said.err
    assert names("my-report") == FILES
    document = json.loads(Path("my-report/results.json").read_text("utf-8"))
    states = {claim["id"]: claim["status"] for claim in document["claims"]}
    assert states["launches-by-september"] == "failed"
    assert states["baikonur-moscow"] == "done"


def test_a_bug_in_the_middle_of_a_run_leaves_the_earlier_report(case, monkeypatch):
    main(["run", case, "--quiet"])
    before = Path("my-report/results.json").stat()

    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("kosmodrom.cli.files.report_files", broken)
    with pytest.raises(ZeroDivisionError):
        main(["run", case, "--quiet"])
    after = Path("my-report/results.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert names(".") == ["my-report", "my.yaml"]


def test_without_the_extra_everything_but_the_report_is_written(case):
    code = (
        "import sys\n"
        "for name in ('jinja2', 'babel', 'markupsafe'): sys.modules[name] = None\n"
        "from kosmodrom.cli import main\n"
        "sys.exit(main(['run', 'my.yaml']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "pip install 'kosmodrom[report]'" in done.stderr
    assert names("my-report") == sorted(set(FILES) - {"report.html"})
    assert done.stdout.splitlines()[-1] == "Report: my-report"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_stopped_in_the_middle_leaves_no_trace(case, sent, status):
    code = (
        "import sys, time, kosmodrom.cli.files as files\n"
        "def slow(*args):\n"
        "    print('here', flush=True)\n"
        "    time.sleep(30)\n"
        "files.report_files = slow\n"
        "from kosmodrom.cli import main\n"
        "sys.exit(main(['run', 'my.yaml']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout.readline() == b"here\n"
        hidden = [name for name in names(".") if name.startswith(".my-report.new-")]
        assert len(hidden) == 1
        began = time.monotonic()
        running.send_signal(sent)
        _, said = running.communicate(timeout=20)
    assert time.monotonic() - began < 15
    assert running.returncode == status
    assert said == b"stopped; nothing is left half written\n"
    assert names(".") == ["my.yaml"]


def test_the_shipped_case_runs_by_name(capsys):
    assert main(["run", "vostochny-2023"]) == 0
    said = capsys.readouterr().out
    assert "34  vladivostok" in said
    assert all(len(line) <= 80 for line in said.splitlines())
    assert Path("vostochny-2023-report/report.html").exists()


def test_a_statement_in_a_wide_window_stands_in_its_own_words(case, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    main(["run", case])
    assert "Baikonur lies about 2100 km from Moscow" in capsys.readouterr().out


# check and new


def test_a_sound_case_is_called_sound_with_its_steps(case, capsys):
    assert main(["check", case]) == 0
    said = capsys.readouterr().out
    assert "moscow  distance  ok" in said
    assert "my.yaml is sound: 5 claims, 3 steps to run, 0 awaited." in said
    assert names(".") == ["my.yaml"]


def test_awaited_steps_and_verbs_are_listed_and_are_no_problem(tmp_path, capsys):
    text = template().replace(
        "  so-far: {launches", "  trip: {transfer: {site: vostochny}}\n  so-far: {launches"
    )
    (tmp_path / "my.yaml").write_text(
        text.replace("    # awaits: [transfer] ", "    awaits: [transfer, launches] ")
    )
    assert main(["check", "my.yaml"]) == 0
    said = capsys.readouterr().out
    assert "trip    transfer  awaited" in said
    assert "not built yet: transfer" in said
    assert main(["check", "my.yaml", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is True
    assert answer["steps"]["trip"] == {"analysis": "transfer", "state": "awaited"}
    assert answer["awaited_verbs"] == ["transfer"]


def test_an_await_that_is_fulfilled_is_noted(tmp_path, capsys):
    text = template().replace("    # awaits: [transfer] ", "    awaits: [launches] ")
    (tmp_path / "my.yaml").write_text(text)
    assert main(["check", "my.yaml"]) == 0
    assert "luna-launched names in awaits only analyses that exist" in " ".join(
        capsys.readouterr().out.split()
    )


def test_check_as_json_lists_the_problems(tmp_path, capsys):
    (tmp_path / "my.yaml").write_text(template().replace("to: Moscow}", "to: Moscov}"))
    assert main(["check", "my.yaml", "--json"]) == 2
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert answer["ok"] is False
    assert len(answer["problems"]) == 1
    assert answer["problems"][0].startswith("my.yaml:25: ")
    assert said.err.splitlines() == answer["problems"]


def test_new_writes_a_case_that_can_be_checked_and_run(capsys):
    assert main(["new", "fresh"]) == 0
    assert capsys.readouterr().out == "fresh.yaml\n"
    assert main(["check", "fresh.yaml"]) == 0
    assert main(["run", "fresh.yaml"]) == 0
    assert "#" in Path("fresh.yaml").read_text("utf-8")


def test_new_quotes_a_name_for_the_next_command(capsys):
    assert main(["new", "x y.yaml"]) == 0
    said = capsys.readouterr()
    assert said.out == "x y.yaml\n"
    assert said.err == "next: kosmodrom check 'x y.yaml'; kosmodrom run 'x y.yaml'\n"


def test_new_takes_a_file_name_and_never_overwrites(tmp_path, capsys):
    Path("cases").mkdir()
    assert main(["new", "cases/mine.yml"]) == 0
    Path("cases/mine.yml").write_text("mine")
    assert main(["new", "cases/mine.yml"]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert Path("cases/mine.yml").read_text() == "mine"

"""Bad input: one clear line with its place, exit 2, no traceback, the last report untouched."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest

from kosmodrom.cases.template import template
from kosmodrom.cli import main

GOOD = template()


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def edited(old, new):
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def digest(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


# What stands in the template, what is written instead, what the error must say, and what stands
# on its line where that is another one.
EDITS = {
    "a wrong key": ("    kind: quantity                   #", "    knid: quantity  #",
                    ["unknown key 'knid'", "did you mean 'kind'?"]),
    "a wrong key of a request": ("{from: baikonur, to: Moscow}", "{form: baikonur, to: Moscow}",
                                 ["unknown key 'form'", "did you mean 'from'?"]),
    "an unknown verb": ("{distance: {from: baikonur", "{distanse: {from: baikonur",
                        ["there is no verb 'distanse'", "did you mean 'distance'?"]),
    "a wrong unit": ("{value: 2100 km, about: true}", "{value: 2100 kn, about: true}",
                     ["2100 kn", "kn"]),
    "a number without its unit": ("{value: 2100 km, about: true}", "{value: 2100, about: true}",
                                  ["2100 km"]),
    "an ambiguous point": ("{value: 2100 km, about: true}", "{value: 2.100 km, about: true}",
                           ["2.100 km", "2100 km", "2.1 km"]),
    "a clock time without a zone": ("date: 2023-08-11\n", "date: 2023-08-11T02:10\n",
                                    ["2023-08-11T02:10", "Z"]),
    "a day in another order": ("until: 2023-09-13}", "until: 13.09.2023}",
                               ["13.09.2023 is not a day", "2023-09-13"]),
    "an unknown site": ("{site: vostochny, until", "{site: vostochni, until",
                        ["'vostochni'", "did you mean Vostochny?"]),
    "an unknown place": ("to: Moscow}", "to: Moscov}", ["'Moscov'", "did you mean", "Moscow"]),
    "an unknown country": ("to_border: China}", "to_border: Chyna}", ["'Chyna'", "China"]),
    "an unknown fact": ("{fact: moscow.geodesic_km}", "{fact: moscow.geodesic}",
                        ["'geodesic'", "did you mean 'geodesic_km'?"]),
    "an unknown step": ("{fact: moscow.geodesic_km}", "{fact: moskow.geodesic_km}",
                        ["no step 'moskow'", "did you mean 'moscow'?"]),
    "an unknown source": ("- cites: statement", "- cites: statment",
                          ["no source 'statment'", "did you mean 'statement'?"]),
    "a wrong kind": ("    kind: count", "    kind: cuont", ["'cuont'", "did you mean 'count'?"]),
    "a wrong grade": ("grade: B1, group: agency}", "grade: G9, group: agency}", ["G9"]),
    "a duplicate key": ("  so-far: {launches:", "  moscow: {launches:",
                        ["key 'moscow' stands twice"]),
    "a refuted intent": ("    modality: possible\n",
                         "    modality: possible\n    refuted_if: {not: asserted}\n",
                         ["intent is never true or false"], "  prestige:"),
    "an anchor": ("title:          ", "title: &a         ", ["anchor '&a' is not taken"]),
    "a tag": ("as_of: 2023-09-15  ", "as_of: !!python/object/apply:os.system [ls]  ",
              ["tag ", "is not taken"]),
    "an escape for the terminal": ('en: "What holds?"', 'en: "What \\e[31m holds?"',
                                   ["control character 0x1b"]),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("verb", ["check", "run"])
def test_an_edit_that_breaks_the_case_is_shown_with_its_line(name, verb, tmp_path, capsys):
    old, new, parts, *where = EDITS[name]
    text = edited(old, new)
    (tmp_path / "case.yaml").write_text(text)
    assert main([verb, "case.yaml"]) == 2
    said = capsys.readouterr().err
    lines = said.splitlines()
    assert lines[0].startswith("case.yaml:")
    assert all(part in lines[0] for part in parts), said
    assert len(lines) == 1, said
    number = int(lines[0].split(":")[1])
    assert number == line_of(text, where[0] if where else new.strip()), said
    assert "Traceback" not in said
    assert not (tmp_path / "case-report").exists()


def test_sources_that_cite_each_other_in_a_circle_are_shown_as_the_circle(tmp_path, capsys):
    text = edited("grade: B1, group: agency}", "grade: B1, group: agency, cites: [article]}")
    text = text.replace("grade: C3, group: article}", "grade: C3, group: a, cites: [statement]}")
    (tmp_path / "case.yaml").write_text(text)
    assert main(["check", "case.yaml"]) == 2
    said = capsys.readouterr().err
    assert "circular citation: article cites statement cites article" in said


def test_claims_that_rest_on_each_other_are_shown_as_the_circle(tmp_path, capsys):
    text = edited("    # premises: [launches-by-september]", "    premises: [luna-launched]")
    (tmp_path / "case.yaml").write_text(text)
    assert main(["check", "case.yaml"]) == 2
    assert "circular premises: luna-launched rests on luna-launched" in capsys.readouterr().err


def test_several_problems_are_all_shown_in_the_order_of_the_file(tmp_path, capsys):
    text = edited("to: Moscow}", "to: Moscov}").replace("    kind: count", "    kind: cuont")
    (tmp_path / "case.yaml").write_text(text.replace("kind: cuont", "kind: count, x: 1"))
    main(["check", "case.yaml"])
    text = edited("to: Moscow}", "to: Moscov}").replace("to_border: China", "to_border: Chyna")
    (tmp_path / "case.yaml").write_text(text)
    capsys.readouterr()
    assert main(["check", "case.yaml"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert [line.split(":")[0] for line in lines] == ["case.yaml", "case.yaml"]
    assert int(lines[0].split(":")[1]) < int(lines[1].split(":")[1])


def bomb():
    rows = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    rows += [
        f"{k}: &{k} [{','.join([f'*{j}'] * 9)}]" for j, k in zip("abcdef", "bcdefg", strict=True)
    ]
    return "\n".join(rows).encode()


FILES = {
    "50 MB": (b"# " + b"x" * 50_000_000, "longer than 4 MiB"),
    "a YAML bomb": (bomb(), "anchor '&a' is not taken"),
    "a nest": (b"[" * 100_000, "nested deeper than 40"),
    "a mapping nest": (b"{a: " * 100_000, "nested deeper than 40"),
    "many values": (b"[" + b"a," * 300_000 + b"]", "more than 200000 values"),
    "binary junk": (bytes(range(256)) * 40, "is not UTF-8 text"),
    "zeros": (bytes(4000), "control character 0x00"),
    "latin-1": ("title: Baikonur à côté".encode("latin-1"), "is not UTF-8 text"),
    "an empty file": (b"", "the file is empty"),
    "a list": (b"- a\n- b\n", "a case is a mapping"),
    "a word": (b"hello", "a case is a mapping"),
    "two documents": (b"a: 1\n---\nb: 2\n", "second YAML document"),
    "broken YAML": (b"title: [a, b\nas_of: 2\n", "not YAML"),
    "an HTML page": (b"<!doctype html>\n<html><body>no</body></html>\n", "case.yaml:1: "),
    "a zip file": (b"PK\x03\x04" + b"\x00\xff" * 500, "is not UTF-8 text"),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    (folder / "case.yaml").write_text(GOOD)
    assert main(["run", str(folder / "case.yaml"), "--out", str(folder / "r"), "--quiet"]) == 0
    return folder / "r"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_case_is_refused_and_the_last_report_stays(
    name, report, tmp_path, capsys
):
    shutil.copytree(report, tmp_path / "case-report")
    before = digest(tmp_path / "case-report")
    raw, part = FILES[name]
    (tmp_path / "case.yaml").write_bytes(raw)
    assert main(["run", "case.yaml"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("case.yaml:")
    assert part in said.err
    assert len(said.err) < 500
    assert said.out == ""
    assert digest(tmp_path / "case-report") == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == [
        "case-report", "case.yaml",
    ]  # fmt: skip


def test_a_folder_is_refused(tmp_path, capsys):
    (tmp_path / "folder.yaml").mkdir()
    for name in ("folder.yaml", "."):
        assert main(["check", name]) == 2
        assert "is a folder; give a case file" in capsys.readouterr().err


def test_a_missing_file_is_refused(capsys):
    assert main(["run", "nowhere.yaml"]) == 2
    assert "there is no file nowhere.yaml" in capsys.readouterr().err


def test_a_misspelt_shipped_case_is_refused_with_the_near_one(capsys):
    assert main(["check", "vostochny-2022"]) == 2
    assert "did you mean 'vostochny-2023'?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a" * 5000, "zero\0byte", "/dev/null/x.yaml"])
def test_a_name_that_no_file_can_have_is_refused(name, capsys):
    assert main(["check", name]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert len(said) < 500


def test_a_file_without_permission_is_refused(tmp_path, capsys, monkeypatch):
    path = tmp_path / "case.yaml"
    path.write_text(GOOD)
    if os.geteuid() == 0:  # root reads everything: pretend

        def refused(*_args, **_more):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("pathlib.Path.open", refused)
    else:
        path.chmod(0)
    assert main(["check", "case.yaml"]) == 2
    assert "cannot read case.yaml: Permission denied" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(tmp_path, capsys):
    (tmp_path / "case.yaml").write_text(GOOD)
    (tmp_path / "file").write_text("")
    assert main(["run", "case.yaml", "--out", "file/report"]) == 2
    said = capsys.readouterr().err
    assert "cannot write the report" in said
    assert "--out" in said


def test_a_folder_that_is_no_report_is_not_replaced(tmp_path, capsys):
    (tmp_path / "case.yaml").write_text(GOOD)
    (tmp_path / "home-page").mkdir()
    (tmp_path / "home-page" / "index.html").write_text("mine")
    assert main(["run", "case.yaml", "--out", "home-page"]) == 2
    assert "is not a report of kosmodrom" in capsys.readouterr().err
    assert (tmp_path / "home-page" / "index.html").read_text() == "mine"


OPTIONS = {
    ("distance", "--from", "vostochny", "--to", "Vladivostock"): "--to: ",
    ("distance", "--from", "95,200", "--to", "Vladivostok"): "--from: ",
    ("distance", "--to", "Vladivostok"): "--from: 'from' is missing",
    ("distance", "--from", "vostochny"): "error: give either 'to'",
    ("sites", "--names", "vostochny", "--names", "baikonurr"): "--names: ",
    ("sites", "--country", "Ruritania"): "--country: ",
    ("distance", "--from", "nan,0", "--to", "Moscow"): "--from: 'nan,0' is neither a name nor a "
                                                       "point; write latitude,longitude",
    ("distance", "--from", "1e1,inf", "--to", "Moscow"): "--from: '1e1,inf' is neither a name nor",
    ("launches", "--site", "vostochni"): "--site: ",
    ("launches", "--until", "13.09.2023"): "--until: 13.09.2023 is not a day; write 2023-09-13",
    ("launches", "--outcome", "sucess"): "--outcome: outcome is 'sucess'",
    ("launches", "--site", "vostochny", "--from", "2023-09-01", "--until", "2023-01-01"): "--",
    ("sites", "--as-of", "yesterday"): "--as-of: ",
    ("sites", "--timezone", "Asia/Jakata"): "--timezone: there is no time zone 'Asia/Jakata'; "
                                            "did you mean Asia/Jakarta",
    ("run", "vostochny-2023", "--as-of", "2023-13-01"): "--as-of: ",
    ("explain", "vostochny-2023", "vladivostok-150"): "error: no claim or fact is called",
    ("schema", "distanc"): "error: there is no verb 'distanc'; did you mean 'distance'?",
    ("schema", "hypotheses"): "error: the verb 'hypotheses' is planned, not built yet",
    ("schema", "lunar-burn"): "error: the verb 'lunar_burn' is planned, not built yet",
    ("run", "vostochny-2023", "--out", ""): "--out: is empty; give the name of a folder",
    ("check", "/dev/zero"): "error: /dev/zero is not a regular file",
    ("find",): "Usage: ",
    ("sites", "--json", "--csv"): "Usage: ",
    ("distanc",): "Usage: ",
    ("passes",): "--start: 'start' is missing",
    ("launches-for-peace",): "Usage: ",
    ("distance", "--form", "x"): "Usage: ",
    ("new", "nowhere/case.yaml"): "error: cannot write nowhere/case.yaml",
    ("data", "import", "nothing.tsv"): "error: cannot read nothing.tsv",
    ("data", "import", "."): "error: . is a folder; give a file",
    ("new", "/"): "error: ",
}  # fmt: skip


@pytest.mark.parametrize("arguments", OPTIONS, ids=" ".join)
def test_a_wrong_option_is_named_and_ends_with_2(arguments, capsys):
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith(OPTIONS[arguments]), said.err
    assert said.out == ""


def test_a_wrong_request_file_is_shown_with_its_line(tmp_path, capsys):
    (tmp_path / "ask.yaml").write_text("# a request\nfrom: vostochny\nto: Vladivostock\n")
    assert main(["distance", "--request", "ask.yaml"]) == 2
    assert capsys.readouterr().err.startswith("ask.yaml:3: ")
    (tmp_path / "ask.json").write_text('{\n "from": "vostochny",\n "too": "Moscow"\n}\n')
    assert main(["distance", "--request", "ask.json"]) == 2
    said = capsys.readouterr().err
    assert "ask.json:3: unknown key 'too'; did you mean 'to'?" in said
    (tmp_path / "ask.json").write_text("[1, 2]")
    assert main(["distance", "--request", "ask.json"]) == 2
    assert capsys.readouterr().err.startswith("ask.json:1: a request is a mapping of keys")


def test_null_in_a_request_file_is_called_null(tmp_path, capsys):
    (tmp_path / "ask.json").write_text('{\n "from": "vostochny",\n "to": null\n}')
    assert main(["distance", "--request", "ask.json"]) == 2
    assert capsys.readouterr().err == (
        "ask.json:3: to is null; give it a value, or leave the key away\n"
    )
    (tmp_path / "ask.json").write_text('{"names": ["vostochny", null]}')
    assert main(["sites", "--request", "ask.json"]) == 2
    assert capsys.readouterr().err.startswith("ask.json:1: names is null; ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX pipes")
def test_a_pipe_in_the_place_of_a_case_is_refused_and_not_waited_for(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert main(["check", "pipe.yaml"]) == 2
    assert "pipe.yaml is not a regular file" in capsys.readouterr().err


def test_a_point_may_have_the_minus_sign_of_our_own_tables(capsys):
    assert main(["distance", "--from", "−6.2,106.8", "--to", "Moscow", "--json"]) == 0
    with_sign = json.loads(capsys.readouterr().out)["facts"]
    assert main(["distance", "--from", "-6.2,106.8", "--to", "Moscow", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"] == with_sign


def test_an_option_over_a_request_file_is_named_as_the_option(tmp_path, capsys):
    (tmp_path / "ask.yaml").write_text("from: vostochny\nto: Moscow\n")
    assert main(["distance", "--request", "ask.yaml", "--to", "Vladivostock"]) == 2
    assert capsys.readouterr().err.startswith("--to: ")


def shell(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "kosmodrom", *arguments], capture_output=True, check=False, **more
    )


def test_the_process_itself_ends_with_2_and_without_a_traceback(tmp_path):
    (tmp_path / "case.yaml").write_bytes(os.urandom(2000))
    done = shell("run", "case.yaml")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"case.yaml:")


def test_a_request_from_stdin_of_junk_is_refused():
    done = shell("distance", "--request", "-", input=b"\x00\x01")
    assert done.returncode == 2
    assert done.stderr.startswith(b"<stdin>:1: ")


def test_a_bug_keeps_its_traceback_and_ends_with_1(tmp_path):
    code = (
        "import sys, kosmodrom.catalog.shelf as s, kosmodrom.cli as c\n"
        "def broken(self, word): raise ZeroDivisionError('a bug')\n"
        "s.Catalog.find = broken\n"
        "sys.exit(c.main(['find', 'x']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" in done.stderr
    assert b"ZeroDivisionError: a bug" in done.stderr

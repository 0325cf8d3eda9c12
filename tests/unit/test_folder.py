"""A report folder is whole or not there."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kosmodrom.cases.folder import RunFolder, results_text
from kosmodrom.errors import InputError


def write_run(target, word):
    with RunFolder(target) as folder:
        folder.write("results.json", word)
        folder.write("run.json", "{}")
        return folder.publish()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_run_appears_under_its_name_and_leaves_nothing_beside_it(tmp_path):
    write_run(tmp_path / "a-report", "one")
    assert names(tmp_path) == ["a-report"]
    assert names(tmp_path / "a-report") == ["results.json", "run.json"]


def test_a_second_run_replaces_the_first_as_a_whole(tmp_path):
    target = tmp_path / "a-report"
    with RunFolder(target) as folder:
        folder.write("results.json", "one")
        folder.write("report.id.html", "satu")
        folder.publish()
    write_run(target, "two")
    assert names(target) == ["results.json", "run.json"]
    assert (target / "results.json").read_text() == "two"
    assert names(tmp_path) == ["a-report"]


def stopped_run(target, stop):
    with RunFolder(target) as folder:
        folder.write("results.json", "half")
        raise stop


@pytest.mark.parametrize("stop", [InputError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_a_run_that_stops_leaves_the_earlier_report_untouched(tmp_path, stop):
    target = write_run(tmp_path / "a-report", "one")
    with pytest.raises(type(stop)):
        stopped_run(target, stop)
    assert (target / "results.json").read_text() == "one"
    assert names(tmp_path) == ["a-report"]


def test_a_run_stopped_between_the_two_renames_brings_the_earlier_report_back(
    tmp_path, monkeypatch
):
    target = write_run(tmp_path / "a-report", "one")
    rename = Path.rename

    def stopped(self, other):
        if self.name.startswith(".a-report.new-"):
            raise KeyboardInterrupt
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_run(target, "two")
    assert (target / "results.json").read_text() == "one"
    assert names(tmp_path) == ["a-report"]


def test_a_run_killed_between_the_two_renames_is_mended_by_the_next_one(tmp_path):
    target = write_run(tmp_path / "a-report", "one")
    target.rename(tmp_path / ".a-report.old-0123abcd")  # what a kill leaves
    with pytest.raises(InputError):
        stopped_run(target, InputError("the next run fails, too"))
    assert (target / "results.json").read_text() == "one"
    assert names(tmp_path) == ["a-report"]


def test_what_a_killed_run_left_is_cleared_away_after_a_day_and_not_before(tmp_path):
    old, young = tmp_path / ".a-report.new-00000000", tmp_path / ".a-report.new-11111111"
    for path in (old, young):
        path.mkdir()
    os.utime(old, (0, 0))
    write_run(tmp_path / "a-report", "one")
    assert names(tmp_path) == [".a-report.new-11111111", "a-report"]


def test_two_runs_to_the_same_place_leave_the_one_that_ended_last(tmp_path):
    target = tmp_path / "a-report"
    with RunFolder(target) as first, RunFolder(target) as second:
        for folder, word in ((first, "first"), (second, "second")):
            folder.write("results.json", word)
            folder.publish()
    assert (target / "results.json").read_text() == "second"
    assert names(tmp_path) == ["a-report"]


def test_many_runs_at_once_into_one_folder_all_end_well(tmp_path):
    target = tmp_path / "a-report"
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write_run, target, str(n)) for n in range(160)]:
            assert done.result() == target
    assert names(target) == ["results.json", "run.json"]
    assert (target / "results.json").read_text() in {str(n) for n in range(160)}
    assert [name for name in names(tmp_path) if ".new-" in name] == []
    write_run(target, "last")
    assert names(tmp_path) == ["a-report"]


@pytest.mark.parametrize("word", ["old", "new"])
def test_what_another_run_removes_while_it_is_looked_at_is_left_to_it(tmp_path, monkeypatch, word):
    target = write_run(tmp_path / "a-report", "one")
    (tmp_path / f".a-report.{word}-01234567").mkdir()
    iterdir = Path.iterdir

    def listed(self):
        found = list(iterdir(self))
        for path in found:
            if path.name.startswith(".a-report."):
                shutil.rmtree(path)
        return iter(found)

    monkeypatch.setattr(Path, "iterdir", listed)
    write_run(target, "two")
    assert (target / "results.json").read_text() == "two"


def test_a_report_that_another_run_brings_back_first_is_left_to_it(tmp_path, monkeypatch):
    target = write_run(tmp_path / "a-report", "one")
    target.rename(tmp_path / ".a-report.old-0123abcd")
    rename = Path.rename

    def faster(self, other):
        if self.name.startswith(".a-report.old-"):
            rename(self, other)
            raise FileNotFoundError(2, "No such file or directory")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", faster)
    write_run(target, "two")
    assert (target / "results.json").read_text() == "two"


def test_a_folder_that_is_no_report_is_not_replaced(tmp_path):
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter.txt").write_text("years of work")
    with pytest.raises(InputError, match=r"is not a report of kosmodrom .* --out"):
        write_run(target, "one")
    assert names(tmp_path) == ["thesis"]
    assert names(target) == ["chapter.txt"]


def test_a_report_that_holds_a_file_of_the_users_is_not_replaced(tmp_path):
    target = write_run(tmp_path / "a-report", "one")
    (target / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds notes\.txt, which kosmodrom did not write"):
        write_run(target, "two")
    assert (target / "results.json").read_text() == "one"


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "new").mkdir()
    write_run(tmp_path / "new", "one")
    assert (tmp_path / "new" / "results.json").read_text() == "one"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="is a file; give the name of a folder"):
        write_run(tmp_path / "out", "one")


def test_a_folder_that_cannot_be_made_is_refused_before_the_run(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"cannot write the report to .*file/deep"):
        write_run(tmp_path / "file" / "deep" / "out", "one")


def test_a_full_disk_is_an_error_with_its_reason_and_keeps_the_earlier_report(
    tmp_path, monkeypatch
):
    target = write_run(tmp_path / "a-report", "one")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_run(target, "two")
    assert (target / "results.json").read_text() == "one"
    assert names(tmp_path) == ["a-report"]


def test_the_folder_one_stands_in_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="the folder you are in"):
        write_run(Path(), "one")


def test_folders_above_are_made(tmp_path):
    write_run(tmp_path / "reports" / "2023" / "a", "one")
    assert (tmp_path / "reports" / "2023" / "a" / "results.json").exists()


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    write_run(tmp_path / "real", "one")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_run(tmp_path / "link", "two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "results.json").read_text() == "two"


def test_a_name_that_no_run_writes_is_refused(tmp_path):
    with (
        RunFolder(tmp_path / "a") as folder,
        pytest.raises(InputError, match="not a file of a run"),
    ):
        folder.write("../escape.txt", "x")


def test_results_are_written_in_the_order_of_their_keys_and_without_escapes():
    assert results_text({"b": "Восточный", "a": 1.5}) == '{\n "a": 1.5,\n "b": "Восточный"\n}\n'


def test_a_number_that_is_none_never_reaches_the_file():
    with pytest.raises(ValueError, match="JSON compliant"):
        results_text({"a": float("nan")})

"""Threads that do pieces in order, and files that take rows piece by piece."""

import threading
from datetime import UTC, datetime

import numpy as np
import pytest

from kosmodrom.analyses._result import ColumnSpec
from kosmodrom.errors import InputError
from kosmodrom.workspace.sinks import ParquetSink
from kosmodrom.workspace.workers import ThreadMap, processors, serial_map

SPECS = (
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("name", "text", "name"),
    ColumnSpec("rise", "instant", "when it rises"),
    ColumnSpec("range_km", "km", "distance"),
    ColumnSpec("sure", "bool", "whether it is sure"),
)


def rows(*numbers):
    return {
        "norad_id": np.array([float(number) for number in numbers]),
        "name": np.array([f"satellite {number}" for number in numbers]),
        "rise": np.array(["2026-08-23T00:00:00.000001"] * len(numbers), "datetime64[us]"),
        "range_km": np.array([np.nan if number == 7 else number / 8 for number in numbers]),
        "sure": np.array([number % 2 == 0 for number in numbers]),
    }


@pytest.mark.parametrize("workers", [serial_map, ThreadMap(1), ThreadMap(3)])
def test_pieces_come_out_in_their_order_however_long_each_takes(workers):
    gate = threading.Event()

    def slow_first(number):
        if number == 0 and workers is not serial_map and workers.threads > 1:
            gate.wait(5)  # until another one is done
        gate.set()
        return number * number

    assert list(workers(slow_first, range(20))) == [number * number for number in range(20)]


def test_pieces_are_taken_as_they_are_needed():
    taken = []

    def pieces():
        for number in range(1000):
            taken.append(number)
            yield number

    found = ThreadMap(2)(lambda number: number, pieces())
    assert next(iter(found)) == 0
    found.close()
    assert len(taken) < 10


def test_an_error_in_a_piece_comes_out_in_its_turn_and_ends_the_work():
    done = []

    def fails(number):
        if number == 2:
            raise InputError("no such piece")
        done.append(number)
        return number

    found = ThreadMap(2)(fails, range(100))
    assert [next(found), next(found)] == [0, 1]
    with pytest.raises(InputError, match="no such piece"):
        next(found)
    assert len(done) < 20


def test_no_threads_are_refused_and_a_machine_has_one_at_least():
    with pytest.raises(InputError, match="0 threads; give 1 or more"):
        ThreadMap(0)
    assert processors() >= 1


def test_rows_come_back_with_types_units_and_nulls(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra: 'kosmodrom[report]'")
    with ParquetSink(tmp_path / "rows.parquet") as sink:
        sink.write(rows(4, 7), SPECS)
        sink.write(rows(9), SPECS)
        assert not (tmp_path / "rows.parquet").exists()  # not before it is whole
    assert sink.rows == 3
    table = parquet.read_table(tmp_path / "rows.parquet")
    assert table.column("norad_id").to_pylist() == [4, 7, 9]
    assert table.column("range_km").to_pylist() == [0.5, None, 1.125]
    assert table.column("sure").to_pylist() == [True, False, False]
    assert table.column("rise").to_pylist()[0] == datetime(2026, 8, 23, 0, 0, 0, 1, tzinfo=UTC)
    assert table.schema.field("range_km").metadata == {b"unit": b"km", b"meaning": b"distance"}
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


def test_a_run_that_fails_leaves_the_last_file_as_it_was(tmp_path):
    pytest.importorskip("pyarrow", reason="an extra: 'kosmodrom[report]'")
    (tmp_path / "rows.parquet").write_bytes(b"the last one")

    def stopped():
        with ParquetSink(tmp_path / "rows.parquet") as sink:
            sink.write(rows(1), SPECS)
            raise InputError("stopped")

    with pytest.raises(InputError, match="stopped"):
        stopped()
    assert (tmp_path / "rows.parquet").read_bytes() == b"the last one"
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]


def test_a_place_where_no_file_can_be_is_refused(tmp_path):
    pytest.importorskip("pyarrow", reason="an extra: 'kosmodrom[report]'")
    with pytest.raises(InputError, match=f"{tmp_path} is a folder"):
        ParquetSink(tmp_path)
    with pytest.raises(InputError, match=r"there is no folder .*nowhere"):
        ParquetSink(tmp_path / "nowhere" / "rows.parquet")

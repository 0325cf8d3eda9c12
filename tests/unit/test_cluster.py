"""Work on a cluster: the same bytes as at home, also when a worker is killed amid it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kosmodrom.cli.app import main

# Run by a Python of its own: workers are processes, and tests have no sockets.
SCRIPT = """\
import os, signal, sys, threading, time, json
import numpy as np

WALKER = [{"name": "made", "altitude": "550 km", "inclination": "53 deg", "planes": 12,
           "satellites": SATELLITES, "phasing": 1}]
PLACES = ["pyongyang", "jakarta", "Oslo"]
COMMON = {"orbits": WALKER, "start": "2026-08-23", "end": "2026-08-24"}
WORK = {
    "passes": COMMON | {"places": PLACES, "parquet": "PARQUET"},
    "coverage": COMMON | {"region": "Indonesia", "cell": "300 km"},
    "contacts": COMMON | {"stations": PLACES, "targets": ["Seoul"]},
    "overflights": COMMON | {"targets": PLACES},
}


def digest(result):
    import hashlib
    found = hashlib.sha256(repr(sorted(result.facts.items())).encode())
    for name, column in result.columns.items():
        values = np.asarray(column)
        text = values.astype(str) if values.dtype == object else values
        found.update(name.encode() + np.ascontiguousarray(text).tobytes())
    return len(result), found.hexdigest()


def done(address, folder):
    import kosmodrom
    found = {}
    for verb, asked in WORK.items():
        asked = {key: value.replace("PARQUET", f"{folder}/{verb}.parquet") if key == "parquet"
                 else value for key, value in asked.items()}
        found[verb] = digest(getattr(kosmodrom, verb)(**asked, dask=address))
    return found


def killer(cluster, killed):
    while True:  # amid the work: some pieces are done and others are not
        states = [task.state for task in list(cluster.scheduler.tasks.values())]
        if "processing" in states:
            pid = next(iter(cluster.workers.values())).pid
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.002)


def main():
    from distributed import LocalCluster
    os.makedirs("home"), os.makedirs("away")
    at_home = done(None, "home")
    killed = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        threading.Thread(target=killer, args=(cluster, killed), daemon=True).start()
        away = done(cluster.scheduler_address, "away")
    same = open("home/passes.parquet", "rb").read() == open("away/passes.parquet", "rb").read()
    print(json.dumps({"home": at_home, "away": away, "killed": len(killed), "parquet": same}))


if __name__ == "__main__":
    main()
"""


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path):
    pytest.importorskip("distributed", reason="an extra: pip install 'kosmodrom[dask]'")
    (tmp_path / "work.py").write_text(SCRIPT.replace("SATELLITES", "600"))
    ran = subprocess.run(
        [sys.executable, "work.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["killed"] == 1
    assert found["away"] == found["home"]
    assert found["parquet"]
    rows = {verb: count for verb, (count, _) in found["home"].items()}
    assert rows["passes"] == 0  # they went to the file
    assert min(rows["coverage"], rows["contacts"], rows["overflights"]) > 10


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "tcp://here", "http://127.0.0.1:1", ""])
def test_what_is_no_address_is_refused_at_once(address, capsys):
    pytest.importorskip("distributed", reason="an extra: pip install 'kosmodrom[dask]'")
    assert main(["run", "vostochny-2023", "--dask", address]) == 2
    said = capsys.readouterr().err
    assert f"no scheduler of Dask answers at {address!r}" in said
    assert "tcp://10.0.0.1:8786" in said


def test_without_dask_the_way_to_get_it_is_said(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["run", "vostochny-2023", "--dask", "tcp://127.0.0.1:8786"]) == 2
    assert "pip install 'kosmodrom[dask]'" in capsys.readouterr().err
    assert not Path("vostochny-2023-report").exists()

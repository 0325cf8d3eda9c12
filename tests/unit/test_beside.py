"""Work beside the program, in copies of the process where that is safe: the same answers."""

import os
import subprocess
import sys
import threading
from functools import partial

import pytest

from kosmodrom.errors import ModelError
from kosmodrom.workspace.workers import beside, forked_map

#: In a process of its own: a test runner may have threads, and then nothing is copied.
ALONE = """
import os
from kosmodrom.workspace.workers import beside, forked_map
answer = beside(os.getpid)
print(answer() != os.getpid(), len(set(forked_map(lambda _: os.getpid(), range(4)))))
print(forked_map(lambda number: number**2, range(7)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes copies")
@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor has no room for two")
def test_work_is_done_in_a_copy_and_maps_keep_their_order():
    told = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0] == f"True {min(4, len(os.sched_getaffinity(0)))}"
    assert told[1] == str([number**2 for number in range(7)])


def failing():
    raise ModelError("no flight was found")


def test_what_fails_in_a_copy_fails_where_it_is_asked_for():
    answer = beside(failing)
    with pytest.raises(ModelError, match="no flight was found"):
        answer()


def test_what_a_copy_cannot_hand_over_is_done_here():
    answer = beside(lambda: threading.current_thread().name and (lambda: "made here"))
    assert answer()() == "made here"


def test_large_answers_come_whole():
    assert beside(partial(bytes, 3_000_000))() == bytes(3_000_000)


def test_with_other_threads_nothing_is_copied():
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        assert set(forked_map(lambda _: os.getpid(), range(4))) == {os.getpid()}
    finally:
        stop.set()
        other.join()

"""YAML read as text, and what a stranger's file may not do."""

import pytest

from kosmodrom.cases import yamltext
from kosmodrom.cases.yamltext import read_file, read_text
from kosmodrom.errors import CaseError


def test_everything_stays_text():
    data = read_text("a: 12:30:00\nb: no\nc: 00005\nd: 1e3\ne: null\nf: 2023-09-13\n", "x").data
    assert data == {"a": "12:30:00", "b": "no", "c": "00005", "d": "1e3", "e": "null",
                    "f": "2023-09-13"}  # fmt: skip


def test_lines_are_known_for_keys_and_items():
    document = read_text("a:\n  b: 1\n  c:\n    - x\n    - {y: 2}\n", "f.yaml")
    assert document.line(("a", "b")) == 2
    assert document.line(("a", "c", 1, "y")) == 5
    assert document.place(("a", "c", 1, "missing")) == "f.yaml:5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f:3: key 'a' stands twice, first in line 1"),
        ("a: &x 1\nb: *x\n", "f:1: anchor '&x' is not taken"),
        ("a: !!python/object/apply:os.system ['x']\n", "f:1: tag"),
        ("a: 1\n---\nb: 2\n", "f:2: a second YAML document"),
        ("<<: {a: 1}\n", "f:1: merge key"),
        ("? [a, b]\n: 1\n", "f:1: a key must be one word"),
        ("a: [1, 2\nb: 3\n", "f:"),
        ("", "f:1: the file is empty"),
        ("a: \x07\n", "f:1: control character 0x07"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text, said):
    with pytest.raises(CaseError) as error:
        read_text(text, "f")
    assert said in str(error.value)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor():
    bomb = "a: &a [x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
    )
    with pytest.raises(CaseError, match="anchor"):
        read_text(bomb, "bomb.yaml")


def test_a_bomb_of_depth_is_refused_without_recursion():
    with pytest.raises(CaseError, match=r"nested deeper|not YAML"):
        read_text("a: " + "[" * 100_000, "deep.yaml")


def test_too_many_values_are_refused(monkeypatch):
    monkeypatch.setattr(yamltext, "MAX_NODES", 10)
    with pytest.raises(CaseError, match="more than 10 values"):
        read_text("a: [1,2,3,4,5,6,7,8,9,10,11]", "f")


def test_a_file_over_the_limit_is_not_even_read(tmp_path):
    big = tmp_path / "big.yaml"
    with big.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(CaseError, match=r"big\.yaml:1: the file is longer than 4 MiB"):
        read_file(big)


def test_binary_junk_is_named_with_its_byte(tmp_path):
    junk = tmp_path / "junk.yaml"
    junk.write_bytes(b"a: 1\nb: \xff\xfe\x00")
    with pytest.raises(CaseError, match=r"junk\.yaml:2: byte 8 is not UTF-8"):
        read_file(junk)

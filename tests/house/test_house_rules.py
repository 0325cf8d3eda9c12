"""Rules of the house that a linter cannot see."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from string import Formatter

import click
import pytest
from numpydoc.docscrape import NumpyDocString

import kosmodrom
from kosmodrom import errors, messages
from kosmodrom.analyses._registry import analysis, verbs
from kosmodrom.analyses._request import Bare
from kosmodrom.cases import load_case, run_case, shipped
from kosmodrom.cases.schema import (
    Asserted,
    CaseModel,
    ClaimModel,
    EvidenceModel,
    RefutedIf,
    SourceModel,
)
from kosmodrom.cli.app import DOORS, shell
from kosmodrom.workspace import Context

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "kosmodrom"
DOCS = ROOT / "docs"
FILES = sorted(SRC.rglob("*.py"))
NUMBER = re.compile(r"\b(float|array_like|ndarray)\b")
UNIT = re.compile(r"\[[^\]]+\]")
MOST_LINES = 500  # of a file
MOST_FUNCTION = 60  # lines of a function, its docstring left out


def name_of(file):
    return file.relative_to(SRC).as_posix()


@cache
def tree(file):
    return ast.parse(file.read_text("utf-8"))


files = pytest.mark.parametrize("file", FILES, ids=name_of)


# Docstrings


def public_modules():
    for info in pkgutil.walk_packages(kosmodrom.__path__, "kosmodrom."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def public_objects():
    for module in public_modules():
        for name in getattr(module, "__all__", ()):
            thing = getattr(module, name)
            where = f"{module.__name__}.{name}"
            if inspect.isfunction(thing) or inspect.isclass(thing):
                yield pytest.param(thing, id=where)
            for key, method in vars(thing).items() if inspect.isclass(thing) else ():
                function = getattr(method, "__func__", method)
                if inspect.isfunction(function) and not key.startswith("_"):
                    yield pytest.param(function, id=f"{where}.{key}")


@pytest.mark.parametrize("thing", list(public_objects()))
def test_numbers_in_docstrings_state_a_unit_and_arrays_a_shape(thing):
    doc = NumpyDocString(inspect.getdoc(thing) or "")
    for section in ("Parameters", "Attributes", "Returns"):
        for field in doc[section]:
            if not NUMBER.search(field.type):
                continue
            where = f"{thing.__name__}, {field.name or section}"
            assert UNIT.search(" ".join(field.desc)), f"{where}: state a unit, like [m]"
            if "array" in field.type:
                assert "shape" in field.type, f"{where}: state a shape, like shape (..., 3)"


def test_every_public_module_says_what_it_offers():
    for module in public_modules():
        if not module.__name__.rpartition(".")[2].startswith("_"):
            assert module.__doc__, f"{module.__name__} has no docstring"
            assert hasattr(module, "__all__") or not public_names(module), module.__name__


def public_names(module):
    return [
        name
        for name, thing in vars(module).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == module.__name__
    ]


# Errors


def test_every_error_descends_from_the_base_and_is_in_the_tree():
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.KosmodromError)
        assert name in errors.__doc__


def test_every_error_is_explained_in_the_docs():
    page = (DOCS / "errors-and-limits.md").read_text("utf-8")
    for name in errors.__all__:
        assert f"`{name}`" in page, f"docs/errors-and-limits.md does not explain {name}"


# Source files


@files
def test_no_file_grows_beyond_what_can_be_read_at_once(file):
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= MOST_LINES, f"{name_of(file)} has {lines} lines; split it"


@files
def test_no_function_grows_beyond_a_page(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = node.end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= MOST_FUNCTION, f"{name_of(file)}, {node.name}: {lines} lines"


@files
def test_nothing_turns_text_into_code(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "compile"}, f"line {node.lineno}"


@files
def test_no_error_is_caught_without_its_name(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "Exception"
            passed_on = isinstance(node.body[-1], ast.Raise)
            if not (caught == "BaseException" and passed_on):  # to tidy up, then on it goes
                assert not re.search(r"\b(Base)?Exception\b", caught), f"line {node.lineno}"


# Imports

HEAVY = {
    "dask",
    "duckdb",
    "jinja2",
    "matplotlib",
    "numpy",
    "pydantic",
    "pyproj",
    "shapely",
    "yaml",
}


def modules_after(code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('|', *sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("|")[2].split())


def test_importing_the_package_stays_light():
    loaded = modules_after("import kosmodrom")
    assert not {*HEAVY, "click"} & loaded


def test_the_list_of_commands_is_shown_without_loading_one():
    loaded = modules_after("from kosmodrom.cli import main\nmain(['--help'])")
    assert not {*HEAVY, "rich"} & loaded
    assert not {f"kosmodrom.analyses.{verb}" for verb in verbs()} & loaded


# Documentation

HEADINGS = ("## The question", "## Three doors", "## Method", "## Accuracy", "## Limits")


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_a_page_with_all_its_parts(verb):
    page = (DOCS / f"{verb}.md").read_text("utf-8")
    places = [page.find(f"\n{heading}\n") for heading in HEADINGS]
    assert -1 not in places, f"docs/{verb}.md needs the headings {', '.join(HEADINGS)}"
    assert places == sorted(places)
    doors = page[places[1] : places[2]]
    for door in ("```console", "```pycon", "```yaml"):
        assert door in doors, f"docs/{verb}.md shows no {door[3:]} listing under Three doors"


@pytest.mark.parametrize("verb", verbs())
def test_the_page_of_a_verb_names_every_option_and_every_fact(verb):
    page = (DOCS / f"{verb}.md").read_text("utf-8")
    loaded = analysis(verb)
    for name, field in loaded.request.model_fields.items():
        option = "--" + (field.alias or name).replace("_", "-")
        if any(isinstance(mark, Bare) for mark in field.metadata):  # words without an option
            option = f"{name.removesuffix('s').upper()}..."
        assert f"`{option}`" in page, f"docs/{verb}.md does not name {option}"
    for spec in loaded.facts:
        assert f"`{spec.name}`" in page, f"docs/{verb}.md does not name the fact {spec.name}"


def test_the_page_of_a_case_names_every_key():
    page = (DOCS / "case.md").read_text("utf-8")
    models = (CaseModel, SourceModel, ClaimModel, Asserted, RefutedIf, EvidenceModel)
    for model in models:
        for name, field in model.model_fields.items():
            key = field.alias or name
            shown = re.search(rf"`\{{?{key}[`:]", page)
            assert shown, f"docs/case.md does not name {key} of {model.__name__}"


def commands(command, words):
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{words} {name}")


@pytest.mark.parametrize("door", DOORS)
def test_every_command_has_help_an_example_and_a_place_in_the_docs(door):
    page = (DOCS / "shell.md").read_text("utf-8")
    found = shell.get_command(click.Context(shell), door)
    assert f"\n## {door}\n" in page, f"docs/shell.md has no heading '## {door}'"
    part = page.partition(f"\n## {door}\n")[2].partition("\n## ")[0]
    assert "```console" in part, f"docs/shell.md shows no example of {door}"
    for words, command in commands(found, door):
        assert command.help, f"{words} has no help"
        for option in command.params:
            if option.param_type_name == "option":
                assert any(f"`{name}" in page for name in option.opts), f"{words} {option.opts}"


def test_the_front_page_leads_to_every_other():
    index = (DOCS / "index.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "index.md" or f"({page.name})" in index, f"index.md omits {page.name}"


# Messages

CODE = re.compile(r"(reason|change|note|cli|report|open|tests|launches|records|distance)_")
#: Strings that look like a code and are none.
NO_CODES = {"open_low", "launches_scored", "launches_not_catalogued"}
#: The same in both languages, because it is a symbol, a name or a word they share.
SHARED_TEXTS = {"report_column_n", "report_data", "report_column_hash", "cell_suborbital"}


def places(sentence):
    return sorted(place for _, place, _, _ in Formatter().parse(sentence) if place is not None)


def raw(lang):
    import tomllib

    texts = {}
    for file in sorted((SRC / "messages" / "texts").glob(f"*.{lang}.toml")):
        texts |= tomllib.loads(file.read_text("utf-8"))
    return texts


def test_both_languages_have_the_same_codes_with_the_same_places():
    english, indonesian = raw("en"), raw("id")
    assert set(english) == set(indonesian)
    for code in english:
        assert places(english[code]) == places(indonesian[code]), code


def test_no_sentence_is_left_untranslated():
    english, indonesian = raw("en"), raw("id")
    for code, sentence in english.items():
        words = re.sub(r"\{\w+\}|\bkm\b", "", sentence)
        if code not in SHARED_TEXTS and re.search(r"[A-Za-z]", words):
            assert sentence != indonesian[code], f"{code} is the same in English and Indonesian"


def used_codes(file):
    """Find the codes that a file names: whole ones, and patterns of those it puts together."""
    listed = {
        id(item)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets)
        for item in ast.walk(node.value)
    }
    inner = {
        id(part)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in listed | inner and re.fullmatch(CODE.pattern + r"\w+", node.value):
                yield node.value, re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            pattern = "".join(
                re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+"
                for part in node.values
            )
            if CODE.match(pattern) and re.fullmatch(r"(\w|\\w\+)+", pattern):
                yield ast.unparse(node), pattern
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            code = node.args[0].value
            if called in {"Note", "Reason", "messages.text", "words.say", "self.say"}:
                yield code, re.escape(code)
            if called == "page.word":
                yield code, f"cli_{re.escape(code)}"


@files
def test_every_code_has_a_text(file):
    known = messages.codes()
    for code, pattern in used_codes(file):
        if code not in NO_CODES:
            assert any(re.fullmatch(pattern, each) for each in known), f"no text for {code}"


def test_every_code_of_the_templates_has_a_text():
    for file in (SRC / "report" / "templates").glob("*.j2"):
        for code in re.findall(r"\bt\(\s*[\"'](\w+)[\"']\s*[,)]", file.read_text("utf-8")):
            assert messages.has(code), f"{file.name}: no text for {code}"


def notes_in(thing):
    if isinstance(thing, dict):
        if {"code", "params", "text"} <= set(thing):
            yield thing
        for value in thing.values():
            yield from notes_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from notes_in(value)


@pytest.mark.parametrize("case", shipped())
def test_every_sentence_of_a_shipped_case_is_there_in_both_languages(case):
    document = run_case(load_case(case), Context(store_path=None), "id")
    found = list(notes_in(document))
    assert found
    for note in found:
        assert note["text"] == messages.text(note["code"], note["params"], "id")
        assert note["text"] != messages.text(note["code"], note["params"], "en"), note["code"]
    for step in document["steps"].values():
        for label in step["alternatives"]:
            assert messages.has(label, "en"), f"{step['analysis']}: no text for {label}"
            assert messages.has(label, "id"), f"{step['analysis']}: no text for {label}"


# Cases


@pytest.mark.parametrize("case", shipped())
def test_a_shipped_case_speaks_both_languages(case):
    model = load_case(case).model
    assert {"en", "id"} <= set(model.title)
    for key, claim in model.claims.items():
        texts = [claim.says, claim.note, *(item.text for item in claim.evidence)]
        for said in filter(None, texts):
            assert {"en", "id"} <= set(said), f"{key} says {said}"
    for key, source in model.sources.items():
        assert source.note is None or {"en", "id"} <= set(source.note), f"source {key}"


def test_the_meaning_of_every_fact_is_written_in_both_languages():
    from kosmodrom import messages
    from kosmodrom.analyses._registry import analysis, verbs

    for verb in verbs():
        for spec in analysis(verb).facts:
            code = f"meaning_{verb}_{spec.name}"
            assert messages.text(code, {}, "en") == spec.meaning
            assert messages.text(code, {}, "id") != spec.meaning

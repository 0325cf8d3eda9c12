"""The types that editors see are those of the verbs."""

from pathlib import Path

import kosmodrom
from kosmodrom.analyses._registry import analysis, verbs
from kosmodrom.analyses._stub import render_stub

STUB = Path(kosmodrom.__file__).with_name("__init__.pyi")


def test_the_committed_stub_is_what_the_registry_gives():
    assert STUB.read_text("utf-8") == render_stub(), (
        "stale: run python -m kosmodrom.analyses._stub"
    )


def test_the_stub_names_every_verb_and_every_field():
    text = render_stub()
    for name in verbs():
        _, _, rest = text.partition(f"def {name}(\n")
        head, _, _ = rest.partition(") -> Result:")
        for field in analysis(name).request.model_fields:
            assert f"    {field}: " in head


def test_the_package_says_that_it_is_typed():
    assert STUB.with_name("py.typed").exists()

"""``kosmodrom explain``: the chain from a claim to the data."""

from __future__ import annotations

import click

from kosmodrom.cli.options import as_of_option, lang_option

__all__ = ["command"]


@click.command(
    "explain",
    epilog="""\b
Examples:
  kosmodrom explain vostochny-2023 vladivostok-1500
  kosmodrom explain vostochny-2023 34
  kosmodrom explain vostochny-2023 vladivostok.geodesic_km
""",
)
@click.argument("case")
@click.argument("name", metavar="CLAIM|FACT")
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print the claim or the step as JSON.")
@lang_option
def _command(case: str, name: str, as_of: str | None, lang: str, *, as_json: bool) -> None:
    """Show how a verdict or a fact came about.

    The case is run, and nothing is written. For a claim (its key or its number): what was
    asserted and what would refute it, each piece of evidence with its step and its data, the
    verdict, how likely, how sure, and what would change it. For a fact (STEP.FACT): its meaning,
    its value, what was asked, the data, and the claims that use it.
    """
    from kosmodrom.cases.run import run_case
    from kosmodrom.cli.cases import open_case
    from kosmodrom.cli.explain import explain, part_of
    from kosmodrom.cli.page import Page
    from kosmodrom.cli.talk import emit_json

    loaded, context = open_case(case, as_of)
    document = run_case(loaded, context, lang)
    if as_json:
        emit_json(part_of(document, name))
    else:
        explain(document, name, Page(lang))


command = _command

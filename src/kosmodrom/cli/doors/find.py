"""``kosmodrom find``: names of the catalog."""

from __future__ import annotations

import click

from kosmodrom.cli.options import lang_option

__all__ = ["command"]


@click.command(
    "find",
    epilog="""\b
Examples:
  kosmodrom find vostochny
  kosmodrom find soyuz --json
""",
)
@click.argument("word")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@lang_option
def _command(word: str, lang: str, *, as_json: bool) -> None:
    """Find sites, cities, satellites, vehicles, stations, countries.

    WORD is a name, a part of one, or something like one, in any case and with or without accents.
    The id or the name can be written wherever a request wants a name. Where no name holds the
    word, names that look like it are listed and marked; finding nothing is an answer, not an
    error (exit 0).
    """
    from dataclasses import asdict

    from kosmodrom import messages
    from kosmodrom.catalog import load_catalog
    from kosmodrom.cli.page import Column, Page
    from kosmodrom.cli.talk import emit_json

    hits = load_catalog().find(word)
    if as_json:
        emit_json([asdict(hit) for hit in hits])
        return
    page = Page(lang)
    if not hits:
        page.line(page.word("found_nothing", word=word))
        return
    if hits[0].near:
        page.line(page.word("found_near", word=word))
    heads = [
        Column(page.word("kind")),
        Column("id", most=24),
        Column(page.word("name"), elastic=True),
        Column(page.word("detail"), elastic=True),
    ]
    page.table(heads, [(messages.fixed(hit.kind, "cell", lang), hit.id, hit.name, hit.detail)
                       for hit in hits])  # fmt: skip


command = _command

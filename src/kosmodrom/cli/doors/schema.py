"""``kosmodrom schema``: the format of a case, for editors."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command(
    "schema",
    epilog="""\b
Examples:
  kosmodrom schema > kosmodrom-case.json
  kosmodrom schema distance

\b
An editor with the YAML language server takes it by a first line in the case:
  # yaml-language-server: $schema=kosmodrom-case.json
""",
)
@click.argument("verb", required=False)
def _command(verb: str | None) -> None:
    """Print the JSON Schema of a case, for editors.

    With VERB, the schema of that verb's request. A schema knows keys and forms; names, units and
    circles are for `kosmodrom check`.
    """
    from kosmodrom.cases.json_schema import case_schema, request_schema
    from kosmodrom.cli.talk import emit_json

    emit_json(request_schema(verb) if verb else case_schema())


command = _command

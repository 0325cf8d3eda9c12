"""``kosmodrom schema``: the format of a case, for editors."""

from __future__ import annotations

import click

from kosmodrom.errors import InputError

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
    from kosmodrom.analyses._registry import PLANNED, verbs
    from kosmodrom.cases.json_schema import case_schema, request_schema
    from kosmodrom.cli.talk import emit_json

    name = (verb or "").replace("-", "_")
    if name in PLANNED and name not in verbs():
        raise InputError(f"the verb {name!r} is planned, not built yet; it has no schema")
    emit_json(request_schema(verb) if verb else case_schema())


command = _command

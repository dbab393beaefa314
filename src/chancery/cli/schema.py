"""``chancery schema``: the JSON Schema of what ``chancery read`` prints."""

from __future__ import annotations

import typer

from chancery.cli.endings import quiet_endings

__all__ = ["schema"]


def schema() -> None:
    """Print the JSON Schema of a reading, as `read --format json` and `jsonl` print them."""
    import json  # noqa: PLC0415 - with the next, kept from those who only want help

    from chancery.records import Reading  # noqa: PLC0415 - pydantic builds the models for 100 ms

    with quiet_endings():
        document = Reading.model_json_schema(mode="serialization")
        document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))

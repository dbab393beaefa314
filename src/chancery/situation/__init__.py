"""The state of affairs between two sides, as many reports tell it."""

from chancery.situation.brief import brief
from chancery.situation.build import Exposure, Situation, situation
from chancery.situation.choosing import Entry, Options, Section
from chancery.situation.page import page
from chancery.situation.plain import plain
from chancery.situation.sides import Side, Sides

__all__ = [
    "Entry",
    "Exposure",
    "Options",
    "Section",
    "Side",
    "Sides",
    "Situation",
    "brief",
    "page",
    "plain",
    "situation",
]

"""Figures: numbers that measure something in the world.

The grammar (`data/figures_words.csv`, `data/figures_rules.toml`) finds numbers
with their bounds, currencies and measures; the parse says what they count.
Times, ages, ordinals, labels ("Flight 17", "resolution 2254") and scores are
no figures. Kinds of counted things are listed in `data/figures_nouns.csv`.
"""

from chancery.extract.figures.finder import find_figures
from chancery.extract.figures.mention import FigureMention

__all__ = ["FigureMention", "find_figures"]

"""Embed every word of a batch once, not at each of its places.

A token's embedding follows from what is known of it alone (form, norm, prefix,
suffix, shape, the blank after it), yet spaCy computes it anew for every token:
of 64,656 tokens of 64 reports, 15,545 were different within their batch. The
rows come out the same to the last bit, because a row of a product of matrices
depends on no other row; a test holds them against the model as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.vectors import Mode, Vectors  # type: ignore[import-not-found]
from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["embed_words_once"]

type Layer = Model[Any, Any]
type Forward = Callable[..., tuple[Any, Callable[[Any], Any]]]

# What spaCy's MultiHashEmbed with static vectors is made of, from the outside in: modules of spaCy and thinc.
PARTS = ["concatenate", "with_array", "ragged2list"]
INPUTS = ["chain", "staticvectors"]
FEATURES = ["featureextractor", "list2ragged", "with_array"]

# An odd factor for each column, so that the columns of a row add up to one key (multiplicative
# hashing, Knuth, TAOCP 6.4). Rows of one key are compared: a collision costs time and nothing else.
GOLDEN = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class _Embedding:
    """The parts of one embedding layer: what it looks at, two ways to look it up, and what mixes both."""

    columns: list[str | int]
    hashed: Layer
    static: Layer
    mixed: Layer


def embed_words_once(nlp: Language) -> int:
    """Let a pipeline embed each different word of a batch once; return in how many models.

    Models that are not built as spaCy's own for the processor are left as they are.
    """
    done = 0
    vectors = nlp.vocab.vectors
    has_rows = isinstance(vectors, Vectors) and vectors.mode == Mode.default and vectors.attr == ORTH
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if has_rows and (parts := _parts(layer)) is not None:
                # thinc has no other way to wrap a layer where it stands, with its name and weights
                layer._func = _once(parts, layer._func)  # noqa: SLF001
                done += 1
    return done


def _parts(layer: Layer) -> _Embedding | None:
    """Take an embedding layer apart; None where the layer is something else."""
    if _kinds(layer) != PARTS or type(layer.ops) is not NumpyOps:
        return None
    inputs, mixed, _ = layer.layers
    if _kinds(inputs) != INPUTS or _kinds(inputs.layers[0]) != FEATURES:
        return None
    (columns, _, hashed), static = inputs.layers[0].layers, inputs.layers[1]
    return _Embedding(list(columns.attrs["columns"]), hashed.layers[0], static, mixed.layers[0])


def _kinds(layer: Layer) -> list[str]:
    """Name the modules that a layer's parts come from; their own names are made up of their parts'."""
    return [part._func.__module__.rpartition(".")[2] for part in layer.layers]  # noqa: SLF001


def _once(parts: _Embedding, stock: Forward) -> Forward:
    """Make the forward pass that embeds each different word once; training is left to spaCy's own."""

    def forward(model: Layer, docs: list[Doc], is_train: bool) -> tuple[Any, Callable[[Any], Any]]:  # noqa: FBT001 - thinc's signature
        if is_train or not any(map(len, docs)):
            return stock(model, docs, is_train)
        table = np.concatenate([doc.to_array([*parts.columns, ORTH]) for doc in docs])
        first, places = _different(table)
        words = table[first]
        rows = parts.hashed.predict(np.ascontiguousarray(words[:, :-1]))
        static = _static(parts.static, docs[0], words[:, -1])
        mixed = parts.mixed.predict(np.hstack([rows, static]))
        lengths = model.ops.asarray1i([len(doc) for doc in docs])
        return model.ops.unflatten(mixed[places], lengths), _no_gradient

    return forward


def _no_gradient(_: object) -> list[Doc]:
    raise RuntimeError("words embedded once have no gradient; train with the pipeline as spaCy loads it")


def _different(table: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find the different rows: where each stands first, and which of them each row is."""
    factors = np.arange(1, 2 * table.shape[1], 2, dtype=np.uint64) * np.uint64(GOLDEN)
    keys = (table * factors).sum(axis=1, dtype=np.uint64)
    _, first, places = np.unique(keys, return_index=True, return_inverse=True)
    if (table[first][places] == table).all():
        return first, places
    every = np.arange(len(table))  # two rows share a key
    return every, every


def _static(layer: Layer, doc: Doc, words: NDArray[np.uint64]) -> NDArray[np.float32]:
    """Project the static vectors of words; a word without one is a row of zeros (spacy.ml.staticvectors)."""
    vectors = doc.vocab.vectors
    rows = vectors.find(keys=words.tolist())
    weights: Any = layer.ops.as_contig(layer.get_param("W"))
    projected = np.asarray(layer.ops.gemm(layer.ops.as_contig(vectors.data[rows]), weights, trans2=True))
    projected[rows < 0] = 0
    return projected

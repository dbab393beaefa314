"""Multiply matrices by numpy's library, which is three times as fast as the one that thinc brings.

Four fifths of a parse are products of matrices. thinc computes them by BLIS, whose
wheels know no instructions newer than AVX2; numpy's wheels bring OpenBLAS, which
does. Sums of floats come out differently in their last bit, which is seen only where
two readings of a word are as likely as each other to seven digits: docs/performance.md
has how often (docs/decisions/0009).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

__all__ = ["NumpyProducts", "multiply_by_numpy"]

# Rows are multiplied so many at a time. A library takes other steps for the rows that are left over
# at the end, so a row's last bit would depend on how many there are; of whole blocks (16 rows were
# enough with AVX-512) it depends on nothing, and a report reads the same beside whatever others.
BLOCK = 64


class NumpyProducts(NumpyOps):  # type: ignore[misc]
    """thinc's operations on the processor, but for the products of a forward pass.

    One thread multiplies: with several, what a row is added up beside depends on their
    number, and workers would fight for the processors that they share.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadpoolController()

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - thinc's signature
        """Multiply rows by a layer's weights; other products are left to thinc."""
        if out is not None or trans1 or not trans2:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        with self.threads.limit(limits=1, user_api="blas"):
            return _product(x, y.T)


def _product(rows: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    many = len(rows) - len(rows) % BLOCK
    product = np.empty((many + BLOCK, weights.shape[1]), dtype=rows.dtype)
    np.matmul(rows[:many], weights, out=product[:many])
    rest = np.zeros((BLOCK, rows.shape[1]), dtype=rows.dtype)
    rest[: len(rows) - many] = rows[many:]
    np.matmul(rest, weights, out=product[many:])
    return product[: len(rows)]


def multiply_by_numpy(nlp: Language) -> None:
    """Let a pipeline's models on the processor multiply by numpy."""
    products = NumpyProducts()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = products

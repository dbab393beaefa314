"""Where the nodes of a small graph stand, decided on the server: the same graph always looks the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["laid_out"]

# Fruchterman and Reingold (1991): all nodes push each other away, edges pull; steps grow smaller.
STEPS = 160
FIRST_STEP = 0.12
NEAREST = 0.3  # of the radius


def laid_out(nodes: Sequence[str], edges: Mapping[tuple[str, str], float]) -> dict[str, tuple[float, float]]:
    """Return a place between -1 and 1 for each node; the first stays in the middle.

    Args:
        nodes: each once, the first of them the one that the graph is about.
        edges: two nodes -> how strongly they are drawn together; only relations matter.
    """
    import numpy as np  # noqa: PLC0415 - 100 ms, for one view of one page

    count = len(nodes)
    index = {node: at for at, node in enumerate(nodes)}
    angles = 2 * np.pi * np.arange(count) / max(1, count - 1)
    at = np.column_stack([np.cos(angles), np.sin(angles)])
    at[:1] = 0
    pull = np.zeros((count, count))
    strongest = max(edges.values(), default=1.0)
    for (one, other), weight in edges.items():
        a, b = index[one], index[other]
        pull[a, b] = pull[b, a] = max(pull[a, b], (weight / strongest) ** 0.5)
    ideal = 1.1 / max(1.0, count**0.5)
    for step in range(STEPS):
        apart = at[:, None] - at[None, :]
        far = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 0.01)
        force = (ideal**2 / far**2 - pull * far / ideal * 0.5)[..., None] * apart
        move = force.sum(axis=1)
        long = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)[:, None]
        at += move / long * np.minimum(long, FIRST_STEP * (1 - step / STEPS))
        at[:1] = 0
    out = np.hypot(at[:, 0], at[:, 1])[:, None]
    # What is drawn closest would lie on the middle: the names need room.
    at *= np.where(
        out > 0,
        (NEAREST + (1 - NEAREST) * out / max(float(out.max(initial=0)), 1e-9)) / np.maximum(out, 1e-9),
        0,
    )
    return {node: (round(float(at[n, 0]), 3), round(float(at[n, 1]), 3)) for n, node in enumerate(nodes)}

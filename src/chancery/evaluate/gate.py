"""The quality gate: measure, print, and compare with floors that only rise.

`make eval` reads every gold file once, lets the project's yardsticks score the
predictions, checks that the product's own scorers agree to the third decimal,
and compares the headline figures with `quality/floors.toml`. With `--raise`
it writes higher floors; it never lowers one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chancery.evaluate.matching import read_lines
from chancery.evaluate.tasks import TASKS, Reads, Task, predict

__all__ = ["GOLD", "Figure", "main", "measure"]

FLOORS = Path("quality/floors.toml")

# Figures move in the third decimal with the order of equal scores and the
# version of a dependency; a floor is set this much under the measured figure.
NOISE = 0.002

# What is measured on what: files of this repository, or of the shared folder.
GOLD: tuple[tuple[str, str, str], ...] = (
    ("nato", "records", "gold/nato_2022-02-10.jsonl"),
    ("reports_dev", "records", "gold/reports_dev.jsonl"),
    ("dev_a", "records", "quality/gold/dev_a.jsonl"),
    ("dev_b", "records", "quality/gold/dev_b.jsonl"),
    ("dev_c", "records", "quality/gold/dev_c.jsonl"),
    ("dev_d", "records", "quality/gold/dev_d.jsonl"),
    ("dev_e", "records", "quality/gold/dev_e.jsonl"),
    ("held_out", "records", "quality/gold/held_out.jsonl"),
    ("polnear_dev", "attributions", "corpora/polnear/dev.jsonl"),
    ("polnear_dev_said", "said-cues", "corpora/polnear/dev.jsonl"),
    ("polnear_dev_read", "statements", "corpora/polnear/dev.jsonl"),
    ("polnear_dev_scores", "scores", "corpora/polnear/dev.jsonl"),
    ("held_out_scores", "scores", "quality/gold/held_out.jsonl"),
    ("events_train", "events", "gold/events_train.jsonl"),
    ("plv_train", "events", "corpora/events/plv_train.jsonl"),
    ("plv_given", "types_given", "corpora/events/plv_train.jsonl"),
    ("plv_given_rules", "types_given_rules", "corpora/events/plv_train.jsonl"),
    ("times_gum_news", "times", "corpora/times/gum_news.jsonl"),
    ("times_meantime", "times", "corpora/times/meantime.jsonl"),
    ("places_geovirus", "places", "corpora/places/geovirus.jsonl"),
    ("places_geowebnews", "places", "corpora/places/geowebnews.jsonl"),
    ("names_gum_news", "names", "corpora/entities/gum_news.jsonl"),
    ("names_meantime", "names", "corpora/entities/meantime.jsonl"),
    ("figures_re3d", "figures", "corpora/entities/re3d.jsonl"),
    ("coref_gum_news", "coreference", "corpora/coref/gum_news.jsonl"),
    ("coref_meantime", "coreference", "corpora/coref/meantime.jsonl"),
    ("neardup", "duplicates", "corpora/dedup/neardup_pairs.jsonl"),
    ("ecbplus_dev", "stories", "corpora/dedup/ecbplus_clusters.jsonl"),
    ("meantime_crossdoc", "crossdoc", "corpora/dedup/meantime_crossdoc_events.jsonl"),
    ("stream_pairs", "pairs", "quality/pairs.jsonl"),
)

# Layers that a gold file leaves out.
UNMARKED = {
    "dev_b": frozenset({"figures F1", "times F1", "places F1"}),
    **dict.fromkeys(("dev_c", "dev_d", "dev_e"), frozenset({*TASKS["records"].headline} - {"positions F1"})),
}

# A lower figure is the better one.
LOWER_IS_BETTER = frozenset(
    {"unreal told as real", "different pairs merged", "Brier score", "calibration error"}
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: where, what, how much, and the floor it must keep."""

    data: str
    name: str
    value: float | None
    floor: float | None

    @property
    def kept(self) -> bool:
        """Whether the floor is kept; a figure without a floor keeps it."""
        if self.floor is None:
            return True
        if self.value is None:
            return False
        return self.value <= self.floor if self.name in LOWER_IS_BETTER else self.value >= self.floor


def measure(task: Task, gold_path: Path, reader: Reads, yardsticks: Path) -> dict[str, Any]:
    """Score one task with the yardstick, where it has one, and check that our own scorer agrees with it.

    Raises:
        AssertionError: the two disagree in the third decimal.
    """
    gold = read_lines(gold_path)
    predicted = list(predict(task, gold, reader, gold_path))
    ours = json.loads(json.dumps(task.score(gold, predicted)))
    if task.table is not None:
        print(task.table(ours))
    if task.yardstick is None:
        return {name: _pick(ours, path) for name, path in task.headline.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as handle:
        handle.writelines(json.dumps(entry) + "\n" for entry in predicted)
        handle.flush()
        theirs = _yardstick(yardsticks / task.yardstick, gold_path, Path(handle.name), task.flags)
    for name, path in task.headline.items():
        a, b = _pick(ours, path), _pick(theirs, path)
        assert a == b or abs((a or 0) - (b or 0)) < 0.0006, f"{task.name} {name}: ours {a}, the yardstick {b}"
    return {name: _pick(theirs, path) for name, path in task.headline.items()}


def _yardstick(script: Path, gold: Path, predicted: Path, flags: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    run = subprocess.run(  # noqa: S603 - the project's own scorer
        [sys.executable, script, gold, predicted, "--json", *flags],
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(run.stdout)
    return answer.get("scores", answer)


def _pick(answer: Any, path: Sequence[str | int]) -> float | None:  # noqa: ANN401 - JSON
    for step in path:
        answer = answer[step]
    return answer if answer is None else float(answer)


def _gold(shared: Path, path: str) -> Path:
    """Find a gold file in this repository, else in the shared folder."""
    return Path(path) if Path(path).exists() else shared / path


def _digest(paths: Sequence[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def _figures(shared: Path, floors: Mapping[str, Any], only: Sequence[str]) -> Iterator[Figure]:
    from chancery.reader import load  # noqa: PLC0415 - loads the language model

    reader = load()
    for data, task, path in GOLD:
        if only and data not in only:
            continue
        gold = _gold(shared, path)
        if not gold.exists():
            print(f"{data}: {gold} is not there, left out")
            continue
        for name, value in measure(TASKS[task], gold, reader, shared / "scorers").items():
            if name in UNMARKED.get(data, ()):
                continue
            yield Figure(data, name, value, floors.get(data, {}).get(name))


def _line(figure: Figure) -> str:
    value = "-" if figure.value is None else f"{figure.value:.3f}"
    floor = "" if figure.floor is None else f"floor {figure.floor:.3f}"
    return f"{figure.data:18} {figure.name:36} {value:>7}  {floor}{'' if figure.kept else '  BELOW'}"


def _raised(floors: Mapping[str, Any], figures: Sequence[Figure]) -> dict[str, dict[str, float]]:
    out = {data: dict(rows) for data, rows in floors.items() if isinstance(rows, dict)}
    for figure in figures:
        if figure.value is None:
            continue
        lower = figure.name in LOWER_IS_BETTER
        new = round(min(1.0, figure.value + NOISE) if lower else max(0.0, figure.value - NOISE), 3)
        if figure.value == 1.0 and not lower:
            new = 1.0
        old = figure.floor
        better = old is None or (new < old if lower else new > old)
        out.setdefault(figure.data, {})[figure.name] = new if better or old is None else old
    return out


def _write(path: Path, floors: Mapping[str, Mapping[str, float]], digest: str) -> None:
    lines = [
        "# Floors of `make eval`: measured figures less the noise of 0.002. They only rise (`--raise`).",
        f'digest = "{digest}" # of the gold files, in the order of evaluate/gate.py',
    ]
    for data, rows in floors.items():
        lines += ["", f"[{data}]", *(f'"{name}" = {value:.3f}' for name, value in rows.items())]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the gate; return 1 where a floor is broken."""
    parser = argparse.ArgumentParser(prog="make eval", description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="folder with gold/, corpora/, scorers/"
    )
    parser.add_argument("--raise", dest="raised", action="store_true", help="write floors that are higher")
    parser.add_argument("--only", nargs="*", default=(), help=f"of {', '.join(data for data, _, _ in GOLD)}")
    options = parser.parse_args(argv)
    if not (options.shared / "scorers").is_dir():
        print(f"no gold and scorers at {options.shared}; name their folder: make eval SHARED=/path/to/shared")
        return 2
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    paths = [_gold(options.shared, path) for path in dict.fromkeys(path for _, _, path in GOLD)]
    digest = _digest([path for path in paths if path.exists()])
    print(
        f"data {digest}" + ("" if floors.get("digest") in (None, digest) else ", not the data of the floors")
    )
    figures: list[Figure] = []
    for figure in _figures(options.shared, floors, options.only):
        print(_line(figure), flush=True)
        figures.append(figure)
    if options.raised:
        _write(FLOORS, _raised(floors, figures), digest)
    broken = [figure for figure in figures if not figure.kept]
    print(f"{len(figures)} figures, {len(broken)} below their floor")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())

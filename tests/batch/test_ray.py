"""Ray's actors give the rows that processes of one machine give, also when one is killed."""

import os
import signal
from pathlib import Path

import pytest

pytest.importorskip("ray")

from chancery.batch import Settings, run_batch
from chancery.batch.engines import start_engine
from chancery.batch.run import Step, Told

pytestmark = pytest.mark.slow

KINDS = ("reports", "statements", "events")


@pytest.fixture
def archive(tmp_path, lines):
    for part in range(4):
        lines(tmp_path / "archive" / f"{part}.jsonl", range(6 * part + 1, 6 * part + 7))
    return tmp_path / "archive"


def run(name, archive, out, watch=lambda _event: None):
    settings = Settings(
        out=str(out), work=f"{out}/_chancery/work", root=str(archive), made_by="test",
        gates_off=frozenset({"not_international", "near_duplicate"}),
    )  # fmt: skip
    return run_batch(settings, lambda one: start_engine(name, one, 2), watch, reports=6)


def actors():
    """Find the processes of Ray's actors by the names that Ray gives them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            name = path.read_bytes()
        except OSError:
            continue
        if b"ray::_Worker" in name:
            found.append(int(path.parent.name))
    return found


class Killer:
    """Kills one actor when the first shard is done, and others are read."""

    def __init__(self):
        self.killed, self.told = None, []

    def __call__(self, event):
        if isinstance(event, Told):
            self.told.append(event.what)
        if isinstance(event, Step) and self.killed is None:
            at_hand = actors()
            if at_hand:
                self.killed = min(at_hand)
                os.kill(self.killed, signal.SIGKILL)


def test_the_same_rows_as_on_one_machine_also_when_an_actor_is_killed(archive, tmp_path, rows_of):
    local = run("local", archive, tmp_path / "local")
    killer = Killer()
    ray = run("ray", archive, tmp_path / "ray", killer)
    assert local.shards == ray.shards == 4
    assert not local.failed
    assert not ray.failed
    assert killer.killed
    assert killer.told
    for kind in KINDS:
        assert rows_of(tmp_path / "local", kind) == rows_of(tmp_path / "ray", kind)
    assert len(rows_of(tmp_path / "ray", "reports")) == 24
    # What a run has done, another engine does not do again.
    again = run("local", archive, tmp_path / "ray")
    assert again.skipped == 4

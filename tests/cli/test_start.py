"""What everybody pays: the time and the imports of starting up."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


def run(*arguments):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


def seconds(*arguments):
    """Processor time of the best of three: what else the machine does is not what is measured."""
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(*arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def test_importing_chancery_takes_under_100_ms():
    assert seconds("-c", "import chancery") - seconds("-c", "pass") < 0.1


def test_help_takes_under_400_ms():
    assert seconds("-m", "chancery", "--help") < 0.4


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"], ["schema", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys; from chancery.cli import app; app(sys.argv[1:], standalone_mode=False); "
        "print({'spacy', 'numpy', 'trafilatura', 'lxml', 'lingua', 'chancery.records'} & set(sys.modules))"
    )
    assert run("-c", code, *arguments).stdout.endswith("set()\n")

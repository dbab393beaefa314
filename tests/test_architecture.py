"""The house of docs/architecture.md, kept: floors, circles, sizes, and nothing done at import."""

import ast
import importlib
import json
import statistics
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "chancery"

# A room may import the rooms of lower floors and nothing beside or above it.
FLOORS = (
    ("errors", "records"),
    ("ontology",),
    ("articles", "knowledge", "language", "ledger"),
    ("extract",),
    ("resolve",),
    ("follow", "reader", "render"),
    ("component", "evaluate", "export", "lots"),
    ("asking", "batch"),
    ("ingest", "situation"),
    ("server",),
    ("cli",),
    ("__main__",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

LONGEST_FUNCTION = 60
LONGEST_FILE = 700
MEDIAN_FUNCTION = 12

MODULES = sorted(SOURCE.rglob("*.py"))


def dotted(path):
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return {name for name in found if name.split(".")[0] == "chancery"}


def room(name):
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else None


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_point_down(path):
    here = room(dotted(path))
    if here is None:
        pytest.skip("the package root names what it offers and loads it on first use")
    assert here in FLOOR_OF, f"{here} has no floor; give it one in FLOORS"
    for name in imports(path):
        there = room(name)
        # chancery.__version__ and the like are names of the root, not rooms
        if there in FLOOR_OF and there != here:
            assert FLOOR_OF[there] < FLOOR_OF[here], f"{dotted(path)} imports {name}, which is not below it"


def test_no_circle_of_imports():
    known = {dotted(path): path for path in MODULES}
    edges = {
        name: sorted({other for other in imports(path) if other in known} - {"chancery", name})
        for name, path in known.items()
    }
    done, now = set(), []

    def visit(name):
        assert name not in now, " -> ".join([*now[now.index(name) :], name])
        if name in done:
            return
        now.append(name)
        for other in edges[name]:
            visit(other)
        now.pop()
        done.add(name)

    for name in sorted(edges):
        visit(name)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_files_and_functions_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    too_long = [
        f"{node.name}: {length} lines" for node, length in functions(path) if length > LONGEST_FUNCTION
    ]
    assert not too_long


def test_the_median_function_fits_in_a_glance():
    assert statistics.median(length for path in MODULES for _, length in functions(path)) <= MEDIAN_FUNCTION


def test_the_text_of_a_report_is_put_together_once():
    """`Doc.text` joins all tokens at every call; asked once a figure, it makes long reports quadratic."""
    asking = [
        f"{dotted(path)}:{node.lineno}"
        for path in MODULES
        if room(dotted(path)) in {"extract", "resolve"} and path.stem != "syntax"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "text"
        if ast.unparse(node.value).split(".")[-1] == "doc"
    ]
    assert not asking, "use extract.syntax.text_of(doc)"


def test_no_attic():
    assert not [path for path in MODULES if path.stem in {"utils", "util", "helpers", "misc", "common"}]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_public_names_are_listed_once_and_exist(path):
    module = importlib.import_module(dotted(path))
    names = getattr(module, "__all__", None)
    if names is None:
        assert path.name in {"__init__.py", "__main__.py"}, "a module lists its public names in __all__"
        return
    assert len(set(names)) == len(names)
    assert not [name for name in names if not hasattr(module, name)]


WATCH = """
import importlib, json, sys
opened = []
def watch(event, args):
    name = args[0] if event == "open" and isinstance(args[0], str) else ""
    if "/src/chancery/" in name and not name.endswith((".py", ".so")) and ".pyc" not in name:
        opened.append(name)
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
heavy = sorted({"spacy", "numpy", "trafilatura", "lingua", "pydantic"} & set(sys.modules))
print(json.dumps([opened, heavy]))
"""


def imported(*names):
    run = subprocess.run(
        [sys.executable, "-c", WATCH, *names],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCE.parent), "PATH": ""},
    )
    opened, heavy = json.loads(run.stdout)
    return opened, set(heavy)


def test_importing_every_module_reads_no_file_and_loads_no_model():
    # spaCy itself loads the component, by its entry point; `language` loads the others with the model
    late = {"__main__", "component", "embedding", "products", "remembering"}
    names = [dotted(path) for path in MODULES if path.stem not in late]
    opened, heavy = imported(*names)
    assert not opened
    assert not {"spacy", "trafilatura", "lingua"} & heavy


def test_importing_chancery_loads_nothing_heavy():
    assert imported("chancery") == ([], set())

"""The Python that the pages show runs, and prints what the pages say."""

import contextlib
import io
import re
from pathlib import Path

import pytest

import chancery.component  # noqa: F401 - registers the components where the package is not installed

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["README.md", "docs/reference/python.md"])
def test_the_python_of_the_page_runs_and_prints_what_stands_below_it(page):
    names, printed = {}, ""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert blocks
    for language, block in blocks:
        if language == "text":
            assert printed == block
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block, page, "exec"), names)  # noqa: S102 - the project's own page
        printed = out.getvalue()

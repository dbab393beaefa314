"""Found by Python at its start where this folder is on PYTHONPATH: a reader that reads at once.

What a report says is done to whoever reads it: "DIE HERE" ends the process as a
crash does, "HANG HERE" takes for ever, "FAIL HERE" raises an error. STUB_SECONDS
is the time that a report takes.
"""

import os
import signal
import time

from chancery import lots
from chancery.articles import source
from chancery.language import Maker
from chancery.records import Reading, Statement

MAKER = Maker("0.1.0", "stub 1")
SECONDS = float(os.environ.get("STUB_SECONDS", "0"))


def read(article):
    if "DIE HERE" in article.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "HANG HERE" in article.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, set())
        while True:
            time.sleep(1)
    if "FAIL HERE" in article.text:
        raise ZeroDivisionError
    time.sleep(SECONDS)
    said = Statement(
        id="s1", speaker={"span": (0, 3), "actor": None}, speaker_is="role", kind="indirect",
        cue={"span": (4, 8), "lemma": "say"}, content=((9, len(article.text)),), negated=False,
        method=MAKER.method("stub"), score=1 / 3,
    )  # fmt: skip
    return Reading(article=article, statements=(said,))


class Stub:
    maker = MAKER

    def pipe(self, articles):
        return map(read, articles)


def load_reader(_equipment):
    return Stub()


def draft_of_html(data, name):
    if b"DIE HERE" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"HANG HERE" in data:
        while True:
            time.sleep(1)
    return find_article(data, name)


find_article = source.draft_of_html
source.draft_of_html = draft_of_html
lots.load_reader = load_reader

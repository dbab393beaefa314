"""Take the pictures of the web application that README and docs show.

    python tools/screenshots.py [FOLDER]

From the sample ledger (`chancery serve --demo`), with Debian's Chromium, so that
everybody can take them again. FOLDER is docs/images unless named.
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import httpx
import uvicorn
from playwright.sync_api import ViewportSize, sync_playwright

from chancery.server.app import create_app
from chancery.server.demo import demo_ledger
from chancery.server.settings import Settings

OUT = Path(__file__).parent.parent / "docs" / "images"
SIZE: ViewportSize = {"width": 1360, "height": 900}
type Scheme = Literal["light", "dark"]

QUALITY = 82  # of the pictures' JPEG: words stay sharp at a third of the size of PNG


def main(folder: Path) -> None:
    """Serve the sample, and take one picture a page."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no chromium; tools/browser.sh installs Debian's")
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, path, scheme in pages(address):
            page = opened.new_page(viewport=SIZE, color_scheme=scheme)
            page.goto(address + path, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=QUALITY)
            page.close()
            print(f"{name}.jpg: {(folder / f'{name}.jpg').stat().st_size // 1024} kB, {path}")
        opened.close()


def pages(address: str) -> list[tuple[str, str, Scheme]]:
    """Name the pictures: the page with most in it stands for the Report page."""
    rows = httpx.get(f"{address}/ledger/reports.json?limit=200").json()["rows"]
    counted = [row for row in rows if row["statement_count"] and row["event_count"]]
    full = max(counted, key=lambda row: (row["statement_count"] + row["event_count"], row["version_key"]))
    return [
        ("web-today", "/?since=2022-02-24", "light"),
        ("web-ledger", "/ledger/events?country=RUS&toward=UKR", "light"),
        ("web-report", f"/reports/{full['version_key']}", "light"),
        ("web-pair", "/pairs/RUS/UKR", "light"),
        ("web-map", "/map", "dark"),
    ]


@contextmanager
def serving() -> Iterator[str]:
    """Run the application beside, at a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(demo_ledger())), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)

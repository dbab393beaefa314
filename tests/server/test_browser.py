"""The pages in Chromium: with script and without, by mouse and by keyboard, and checked by axe.

Every page of the sample's first reports is walked. Screenshots go to the folder
named by CHANCERY_SCREENSHOTS, if it is set.
"""

import json
import os
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; tools/browser.sh installs Debian's")

REPORTS = 25
WIDTHS = {"desk": (1400, 1000), "phone": (390, 844)}
# Faults of these weights keep a reader out.
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    from chancery.follow.store import follow_ledger
    from chancery.ingest import Plan, ingest
    from chancery.ledger import Ledger
    from chancery.server.demo import REPORTS as ALL

    folder = tmp_path_factory.mktemp("browser")
    few = folder / "reports.jsonl"
    few.write_text(
        "".join(ALL.read_text(encoding="utf-8").splitlines(keepends=True)[40 : 40 + REPORTS]),
        encoding="utf-8",
    )
    with Ledger.create(folder / "sample.ledger") as made:
        ingest(made, Plan((str(few),)), lambda _step: None)
        follow_ledger(made)
    return folder / "sample.ledger"


@pytest.fixture(scope="module")
def address(ledger):
    import uvicorn

    from chancery.server.app import create_app
    from chancery.server.settings import Settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(ledger)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Watched:
    """A page, and what went wrong on it: errors of scripts, of the policy, requests to elsewhere."""

    def __init__(self, page, address):
        self.page, self.address, self.faults = page, address, []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message):
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _answered(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def goto(self, path):
        self.page.goto(self.address + path, wait_until="networkidle")


@pytest.fixture
def open_page(browser, address):
    contexts = []

    def opened(*, script=True, width="desk", scheme="light"):
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        context = browser.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme)
        contexts.append(context)
        return Watched(context.new_page(), address)

    yield opened
    for context in contexts:
        context.close()


def first_links(address):
    """Find one page of each sort that has an id in its address."""
    import httpx

    with httpx.Client(base_url=address) as client:
        event = client.get("/ledger/events.json?limit=1&actor=RUS").json()["rows"][0]
    return {
        "report": f"/reports/{event['version_key']}",
        "record": f"/records/{event['version_key']}/{event['id']}",
    }


@pytest.fixture(scope="module")
def paths(address):
    fixed = {
        "today": "/", "statements": "/ledger/statements", "events": "/ledger/events?status=planned",
        "positions": "/ledger/positions", "figures": "/ledger/figures", "reports": "/ledger/reports",
        "actors": "/actors", "actor": "/actors/RUS", "pairs": "/pairs", "pair": "/pairs/RUS/UKR",
        "map": "/map", "coverage": "/coverage", "paste": "/paste", "corrections": "/corrections",
        "empty": "/ledger/statements?text=zzzzqqq", "api": "/api",
    }  # fmt: skip
    return fixed | first_links(address)


PAGES = (
    "today", "statements", "events", "positions", "figures", "reports", "actors", "actor", "pairs", "pair",
    "map", "coverage", "paste", "corrections", "empty", "api", "report", "record",
)  # fmt: skip


def keep(page, name):
    """Keep a picture where one was asked for."""
    if folder := os.environ.get("CHANCERY_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def axe(page):
    """Return the serious faults that axe-core finds (the copy inside axe-playwright-python)."""
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_with_script(open_page, paths, name):
    watched = open_page()
    watched.goto(paths[name])
    keep(watched.page, f"{name}-light")
    assert watched.page.locator("h1").count() == 1
    assert watched.page.title().endswith("· Chancery")
    assert axe(watched.page) == []
    assert watched.faults == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_complete_without_script_on_a_phone_in_the_dark(open_page, paths, name):
    watched = open_page(script=False, width="phone", scheme="dark")
    watched.goto(paths[name])
    keep(watched.page, f"{name}-phone-dark")
    main = watched.page.locator("main")
    assert len(main.inner_text()) > 80
    width = WIDTHS["phone"][0]
    # What is wider scrolls inside its own box, so that the page itself does not.
    assert watched.page.locator("body").bounding_box()["width"] <= width
    assert watched.faults == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_walked_by_keyboard(open_page, paths, name):
    watched = open_page()
    watched.goto(paths[name])
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        place = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert ring != "none" or page.evaluate("document.activeElement === document.body"), place
    assert len(seen) > 1
    assert watched.faults == []


def test_a_reader_comes_from_a_word_to_its_report_by_mouse(open_page):
    watched = open_page()
    watched.goto("/")
    watched.page.get_by_role("searchbox").first.fill("sanctions")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/ledger/statements?text=sanctions")
    watched.page.locator("main a[href^='/reports/']").first.click()
    watched.page.wait_for_url("**/reports/**")
    assert "sanctions" in watched.page.locator("main").inner_text().lower()
    assert watched.faults == []


def test_charts_are_drawn_under_the_policy(open_page):
    watched = open_page()
    watched.goto("/pairs/RUS/UKR")
    watched.page.wait_for_selector(".chart .drawing svg")
    assert watched.page.locator(".chart .drawing svg path").count() > 3
    assert watched.faults == []


def test_nothing_of_a_page_depends_on_colour_alone(open_page, paths):
    watched = open_page()
    watched.goto(paths["events"])
    words = json.dumps(watched.page.locator("main").inner_text())
    assert "planned" in words


def test_an_editor_moves_through_a_report_by_keys_and_corrects_an_entry(open_page, paths):
    watched = open_page()
    watched.goto(paths["report"])
    page = watched.page
    ids = page.eval_on_selector_all(".entries .entry", "found => found.map((one) => one.id)")
    focused = "document.activeElement.id"
    for at in (0, 1, 2):
        page.keyboard.press("j")
        assert page.evaluate(focused) == ids[at]
    page.keyboard.press("k")
    assert page.evaluate(focused) == ids[1]
    assert page.locator(f"#{ids[1]}.lit").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys[open] dl").is_visible()
    page.keyboard.press("o")
    page.wait_for_url("**/records/**")
    page.go_back()
    page.locator(f"#{ids[1]}").focus()
    page.keyboard.press("e")
    page.wait_for_selector("form.correct")
    page.fill("[name=why]", "as printed")
    page.get_by_role("button", name="It is right as it is").click()
    page.wait_for_url(f"**#{ids[1]}")
    assert "checked" in page.locator(f"#{ids[1]} > .line").inner_text()
    assert watched.faults == []


def test_a_correction_is_made_and_undone_without_script(open_page, paths):
    watched = open_page(script=False)
    watched.goto(paths["report"])
    page = watched.page
    entry = page.locator(".entries .entry > .line").nth(3)
    name = entry.locator(".pin").inner_text()
    entry.get_by_role("link", name="correct").click()
    page.get_by_role("button", name="Take the").click()
    page.wait_for_url("**#corrections")
    assert page.locator(f"li[id='{name}']").count() == 0
    page.locator("table.corrections tr", has_text="rejected").get_by_role("button", name="Undo").first.click()
    page.wait_for_url("**/reports/*")
    assert page.locator(f"li[id='{name}']").count() == 1
    assert watched.faults == []

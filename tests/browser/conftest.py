"""A real browser over a local server: Debian's Chromium, driven by Playwright.

Skipped where there is no Chromium. Screenshots are written under build/screenshots.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import LAW, fill_with_example
from tests.site.hostile import hostile_arrivals
from tracker.site import template
from tracker.site.build import build
from tracker.store.ingest import ingest
from tracker.store.versions import Store

CHROMIUM = Path("/usr/bin/chromium")
SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
LAMPS = """某市路灯条例（征求意见稿）

第一条　【立法目的】为了规范路灯管理，制定本条例。

第二条　【巡查维护】路灯管理单位应当每日巡查。
"""
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT = """[...document.querySelectorAll('.tracker *')].filter(e =>
     e.getBoundingClientRect().right > innerWidth + 1 &&
     e.getClientRects().length && !e.closest('.tracker-scroll, .tracker-spoken'))
   .map(e => e.outerHTML.slice(0, 120))"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site: the invented law, one that is made of hostile strings, and a short one."""
    folder = tmp_path_factory.mktemp("browser")
    template.write(folder)
    with Store.create(folder) as store:
        fill_with_example(store)
        for arrival in hostile_arrivals():
            store.save(arrival)
        ingest(store, LAMPS.encode(), name="lamps.txt", law_id="lamps")
    return build(folder)


def page_paths(site: Path) -> dict[str, str]:
    """One page of each kind: its name and its path."""
    versions = sorted(p.name for p in (site / "laws" / LAW).iterdir() if p.name[:2] == "20")
    compared = sorted(p.name for p in (site / "laws" / LAW / "compare").iterdir())
    neighbours = f"{versions[1]}--{versions[2]}"
    assert neighbours in compared
    return {
        "home": "",
        "laws": "laws/",
        "law": f"laws/{LAW}/",
        "version": f"laws/{LAW}/{versions[1]}/",
        "comparison": f"laws/{LAW}/compare/{neighbours}/",
        "comparison-first-last": f"laws/{LAW}/compare/{versions[0]}--{versions[-1]}/",
        "provisions": f"laws/{LAW}/provisions/",
        "provision": f"laws/{LAW}/provisions/art_36@{versions[0]}/",
        "hostile-law": "laws/hostile/",
        "hostile-version": "laws/hostile/2021-01-01-draft/",
        "hostile-comparison": "laws/hostile/compare/2021-01-01-draft--2021-02-01-second_reading/",
        "hostile-provisions": "laws/hostile/provisions/",
        "hostile-provision": "laws/hostile/provisions/art_1@2021-01-01-draft/",
    }


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running browser."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium here: apt-get install chromium fonts-noto-cjk")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page of the browser, and what it said and asked for."""

    page: Any
    address: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.address + path)

    def shot(self, name: str, start: str = "body") -> None:
        """Keep a picture of the page from the first element of `start` on."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("scrollTo(0, 0)")
        box = self.page.locator(start).first.bounding_box()
        width = self.page.viewport_size["width"]
        area = {"x": 0, "y": max(0, box["y"] - 60), "width": width, "height": 2000}
        self.page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True, clip=area)

    def wait_until(self, condition: str) -> None:
        """Wait until a condition of JavaScript holds.

        Not `wait_for_function`: where the condition does not hold at once that evaluates a text,
        which the policy of our pages forbids, so that a busy machine made the test fail.
        """
        self.page.evaluate(
            "new Promise((done, fail) => { let looks = 0; const look = () => "
            f"({condition}) ? done() : ++looks > 1500 ? fail(new Error('never')) "
            ": setTimeout(look, 20); look() })"
        )

    def check_fits(self, name: str, *widths: int) -> None:
        """Nothing of the page is wider than a window of these widths; a picture is kept of each."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.shot(f"{name.format(width)}")
            assert self.page.evaluate(_WIDE) == 0, width
            assert self.page.evaluate(_CUT) == [], width

    def violations(self, *rules: str) -> list[Any]:
        """What axe finds in our markup; all its rules where none is named."""
        axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")
        # Of a page of forty alike sections ten are enough.
        self.page.evaluate("document.querySelectorAll('.tracker-provision:nth-of-type(n + 11)')"
                           ".forEach(e => e.remove())")  # fmt: skip
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = axe_module.Axe().run(self.page, context=".tracker", options=options)
        return [
            (violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
            for violation in found.response["violations"]
        ]

    @property
    def foreign(self) -> list[str]:
        """Requests that left the host."""
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]


@pytest.fixture
def open_tab(chromium: Any, address: str) -> Iterator[Any]:
    """Opens tabs of a given width and colour scheme."""
    contexts = []

    def opened(width: int = 1280, **options: Any) -> Tab:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        tab = Tab(context.new_page(), address)
        tab.page.on("console", lambda message: tab.said.append(message.text))
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def comparison(site: Path, open_tab: Any) -> Any:
    """A comparison, open at full width."""
    tab = open_tab()
    tab.go(page_paths(site)["comparison"])
    return tab

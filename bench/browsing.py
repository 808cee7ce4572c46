"""What somebody with a browser waits for: python -m bench.browsing --cache DIR.

The home screen again beside its twin and hello; a filter on the trend page until the new chart stands there,
each time another question, so that nothing kept can answer it; and a click on Save until it is confirmed,
beside a click on hello.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from statistics import median
from typing import TYPE_CHECKING

from bench import gen, pages, serving, turns, watching
from bench.goals import Asked, Figure, alone, drawn
from bench.pages import HELLO_NAME, absolute, ours, twin
from bench.serving import Server
from tracker.words import speak

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAY = speak("nl")
CHART = "[class*=st-key-timeline_] [data-testid=stVegaLiteChart]"
_SMALL = 1_000


def measure(asked: Asked) -> list[Figure]:
    """All three, at the sizes that have a bar for them."""
    sizes = tuple(size for size in asked.sizes if size >= 10_000)
    with pages.everybody(asked, sizes) as servers, serving.browsing() as browser:
        found = list(_home(browser, servers, sizes, asked.rounds))
        found += _filter(browser, servers, asked)
    with serving.browsing() as browser:
        return found + list(_saving(browser, asked))


def _home(
    browser: Browser, servers: dict[str, Server], sizes: tuple[int, ...], rounds: int
) -> Iterator[Figure]:
    places = {name: serving.opened(browser, server.url) for name, server in servers.items()}
    found = turns.in_turns({name: watching.again(place) for name, place in places.items()}, rounds)
    for size in sizes:
        beside = absolute(found, size)
        own, other = ours(size), twin(size)
        yield drawn("P2", found, turns.ratio_of(own, other), size=size, beside=beside)
        slow = turns.ratio_of(own, other, share=0.95)
        yield drawn("P2 p95", found, slow, size=size, beside=beside)


def _filter(browser: Browser, servers: dict[str, Server], asked: Asked) -> Iterator[Figure]:
    sizes = asked.judged
    whole: dict[int, list[float]] = {size: [] for size in sizes}
    contest = {
        ours(size): _another_filter(serving.opened(browser), f"{servers[ours(size)].url}/trend", whole[size])
        for size in sizes
    }
    found = turns.in_turns(contest, asked.rounds)
    for size in sizes:
        page = median(whole[size])
        beside = f"median {1000 * found.median(ours(size)):.0f} ms; the whole page {page:,.0f} ms"
        slow = turns.quantile_of(ours(size), 0.95)
        yield drawn("P5", found, slow, times=1000, size=size, beside=beside)


def _another_filter(page: Page, url: str, whole: list[float]) -> Callable[[], float]:
    """A click on a filter that makes a question no round asked before; the first chart must be drawn anew.

    `whole` gets the milliseconds until the rest of the page stands too.
    """
    clicks = _clicks(page, url)

    def change() -> float:
        name = next(clicks)
        choice = page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True)
        chart, page_too = watching.until_drawn_anew(page, "click", choice.click, changed=CHART)
        whole.append(page_too)
        return chart / 1000

    return change


def _clicks(page: Page, url: str) -> Iterator[str]:
    """Seven choices that are new together with a first day; then the page with another first day."""
    for number in count():
        page.goto(f"{url}?from={gen.this_week() - timedelta(days=365 * 8 + number)}")
        serving.drawn(page)
        yield from ("2", "3", "4", SAY("every day"), "3", "2", "1")


def _saving(browser: Browser, asked: Asked) -> Iterator[Figure]:
    """At a small log and at the large ones."""
    sizes = tuple(sorted({_SMALL, *asked.judged} & {_SMALL, *asked.sizes}))
    with pages.everybody(asked, sizes) as servers:
        contest = {HELLO_NAME: _click_again(serving.opened(browser, servers[HELLO_NAME].url))}
        for size in sizes:
            contest[ours(size)] = _save(serving.opened(browser, f"{servers[ours(size)].url}/log"))
        found = turns.in_turns(contest, asked.rounds)
    for size in sizes:
        beside = (
            f"median {1000 * found.median(ours(size)):.0f}, hello {1000 * found.median(HELLO_NAME):.0f} ms"
        )
        slow = turns.ratio_of(ours(size), HELLO_NAME, share=0.95)
        yield drawn("P6", found, slow, size=size, beside=beside)


def _click_again(page: Page) -> Callable[[], float]:
    button = page.get_by_role("button", name="Again")
    return lambda: watching.milliseconds(page, "click", button.click) / 1000


def _save(page: Page) -> Callable[[], float]:
    """Types a subject, and clicks on Save: until the page says that this very subject was logged."""
    save = page.get_by_role("button", name=SAY("Log it"), exact=True)
    subject = page.get_by_role("textbox", name=SAY("Subject"), exact=True)
    titles = (f"Overleg nummer {number}" for number in count())

    def log() -> float:
        title = next(titles)
        if not subject.is_visible():
            page.get_by_text(SAY("More, if you want"), exact=True).click()
        subject.fill(title)
        subject.press("Tab")
        page.wait_for_timeout(150)  # a change takes a moment to reach the server
        serving.drawn(page)
        said = SAY("Logged: {what}", what=title)
        return watching.milliseconds(page, "click", save.click, wanted=said) / 1000

    return log


if __name__ == "__main__":
    alone(measure, sizes=(1_000, 100_000), rounds=30)

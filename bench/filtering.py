"""From a click on a filter of the trend page to the new chart: python -m bench.filtering --cache DIR.

Each time another question, so that nothing kept can answer it. The rest of the page is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from statistics import median
from typing import TYPE_CHECKING

from bench import gen, serving, turns, watching
from bench.goals import Asked, Figure, alone, drawn
from tracker.words import speak

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAY = speak("nl")
# The class of what the first chart of the page stands in: the timeline, whatever the page calls its place.
PLACE_OF_CHART = """() => [...document.querySelectorAll('[class*=st-key-]')]
  .find(one => one.offsetParent && one.querySelector('[data-testid=stVegaLiteChart]'))
  .className.match(/st-key-\\S+/)[0]"""


def measure(asked: Asked) -> list[Figure]:
    """The slow ones at the large log, and at the largest; one in twenty may be slower."""
    sizes, contest = asked.judged, {}
    whole: dict[int, list[float]] = {size: [] for size in sizes}
    with ExitStack() as stack:
        browser = stack.enter_context(serving.browsing())
        for size in sizes:
            folder = asked.folder(f"filtering-{size}")
            database = str(gen.copied(asked.cache, size, folder))
            server = stack.enter_context(serving.running(folder, serving.OURS, TRACKER_DB=database))
            page = serving.opened(browser)
            contest[str(size)] = _another_filter(page, f"{server.url}/trend", whole[size])
        rounds = turns.in_turns(contest, asked.rounds)
    found = []
    for size in sizes:
        name = str(size)
        beside = f"median {1000 * rounds.median(name):.0f} ms; the whole page {median(whole[size]):,.0f} ms"
        slow = turns.quantile_of(name, 0.95)
        found.append(drawn("P5", rounds, slow, times=1000, size=size, beside=beside))
    return found


def _another_filter(page: Page, url: str, whole: list[float]) -> Callable[[], float]:
    """A click on a filter that makes a question no round asked before; the first chart must be drawn anew.

    `whole` gets the milliseconds until the rest of the page stands too.
    """
    clicks = _clicks(page, url)

    def change() -> float:
        name = next(clicks)
        choice = page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True)
        changed = f".{page.evaluate(PLACE_OF_CHART)} [data-testid=stVegaLiteChart]"
        chart, page_too = watching.until_drawn_anew(page, "click", choice.click, changed=changed)
        whole.append(page_too)
        return chart / 1000

    return change


def _clicks(page: Page, url: str) -> Iterator[str]:
    """Seven choices that are new together with a first day; then the page with another first day."""
    for number in count():
        page.goto(f"{url}?from={gen.this_week() - timedelta(days=365 * 8 + number)}")
        serving.drawn(page)
        yield from ("2", "3", "4", SAY("every day"), "3", "2", "1")


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=15)

"""From a click on Save until the page says it was logged: python -m bench.clicking --cache DIR.

Every time with a subject of its own, which the page must say; beside a click on hello.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from bench import pages, serving, turns, watching
from bench.goals import Asked, Figure, alone, drawn
from bench.pages import HELLO_NAME, ours
from tracker.words import speak

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAY = speak("nl")
_SMALL = 1_000


def measure(asked: Asked) -> list[Figure]:
    """At a small log and at the large ones."""
    return list(_figures(asked, tuple(sorted({_SMALL, *asked.judged}))))


def _figures(asked: Asked, sizes: tuple[int, ...]) -> Iterator[Figure]:
    with pages.everybody(asked, sizes) as servers, serving.browsing() as browser:
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

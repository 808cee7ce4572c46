"""How long a newcomer takes, in a real browser beside a spreadsheet: python -m bench.stopwatch --out FILE.

A hand that is no faster than a person: before a click it points for 1.1 s and, where something must be
decided, it thinks for 1.35 s; it types 40 words a minute and reads 200. The waits are real, so the clock
has what the product needs as well. Beside it stands the same job in a spreadsheet by the same operators.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench import keystrokes, serving
from bench.keystrokes import CLICK, HAND, KEY, MIND, POINT, Sheet
from bench.provenance import commit
from tracker import store as stores
from tracker.records import Activity, Arrangement, Record

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_FOLD = 800  # px: what stands above it is read without scrolling
_IN_SIGHT = """() => {
  const walker = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), 4);
  let said = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const hidden = node.parentElement.closest('style, script, .unseen, [aria-hidden=true]');
    if (!hidden && box.width && box.top >= 0 && box.bottom <= innerHeight) said += ' ' + node.data;
  }
  return said;
}"""


@dataclass
class Person:
    """Somebody at a mouse and a keyboard; counts what is done and waits as long as a person would."""

    page: Page
    clicks: int = 0
    keys: int = 0
    words: int = 0
    human: float = 0.0
    at_keys: bool = False

    def click(self, at: Locator, *, knows: bool = False) -> None:
        """Thinks (unless it `knows` where to go on), points and clicks."""
        at.wait_for(state="visible")
        at.scroll_into_view_if_needed()
        self._wait((0 if knows else MIND) + (HAND if self.at_keys else 0) + POINT + CLICK)
        at.click()
        self.clicks, self.at_keys = self.clicks + 1, False

    def type(self, text: str) -> None:
        """Types with a key every 0.28 s."""
        self._wait(0 if self.at_keys else HAND)
        self.page.keyboard.type(text, delay=KEY * 1000)
        self.human += KEY * len(text)
        self.keys, self.at_keys = self.keys + len(text), True

    def press(self, key: str) -> None:
        """Presses one key."""
        self._wait(KEY + (0 if self.at_keys else HAND))
        self.page.keyboard.press(key)
        self.keys, self.at_keys = self.keys + 1, True

    def read(self) -> None:
        """Reads what stands above the fold."""
        words = len(self.page.evaluate(_IN_SIGHT).split())
        self.words += words
        self._wait(keystrokes.reading_seconds(words))

    def sees(self, text: str) -> None:
        """Waits until it stands there."""
        self.page.get_by_text(text).first.wait_for(state="visible", timeout=30_000)

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)
        self.human += seconds


@dataclass(frozen=True)
class Job:
    """What is done, from home to what is seen at its end, within `limit` seconds; `row` is its promise.

    `logs` activities must stand in the log after it; `needs` stood there before.
    """

    name: str
    row: int
    what: str
    limit: int
    does: Callable[[Person], None]
    sheet: Sheet | None = None
    logs: int = 0
    needs: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Timed:
    """One job done: seconds in all, those of the person, and what was done in them."""

    job: Job
    seconds: float
    human: float
    clicks: int
    keys: int
    words: int


def _button(person: Person, name: str) -> Locator:
    return person.page.get_by_role("button", name=name)


def first_value(person: Person) -> None:
    """Three meetings from the list, the day each last met, and what is quiet."""
    person.read()
    box = person.page.get_by_role("combobox", name="Overleggen")
    for name in _THREE:
        person.click(box)
        person.click(person.page.get_by_role("option", name=name))
        person.press("Escape")
    for name, days in _THREE.items():
        label = person.page.get_by_test_id("stDateInput").filter(has_text=f"{name}: laatst bijeen op")
        person.click(label.get_by_role("spinbutton").first)
        person.type(f"{date.today() - timedelta(days=days):%d%m%Y}")
        person.press("Escape")  # the calendar, which opens over what stands below
    person.click(_button(person, "Toon wat stil valt"))
    person.sees("stilgevallen")
    person.read()


def incident(person: Person) -> None:
    """Two answers; the rest is filled in already."""
    person.click(_button(person, "Incident vastleggen"))
    person.click(person.page.get_by_role("textbox", name="Wat is er gebeurd?"))
    person.type("Rellen bij het station")
    person.click(person.page.get_by_text("4 · Maatschappelijke onrust", exact=True))
    person.click(_button(person, "Leg vast"))
    person.sees("Vastgelegd: Rellen bij het station")


def repeat(person: Person) -> None:
    """The last meeting again, today."""
    person.click(_button(person, "Herhaal:"))
    person.click(_button(person, "Leg vast"))
    person.sees("Vastgelegd:")


def backlog(person: Person) -> None:
    """Two years of months ticked: the mind is needed once, the rest is the hand."""
    person.click(person.page.get_by_role("link", name="Ritme", exact=True))
    person.sees("Ritme van het afgesproken overleg")
    serving.drawn(person.page)
    person.click(person.page.get_by_role("combobox", name="Welke samenwerkingsvorm?"))
    person.click(person.page.get_by_role("option", name="Lokale driehoek"))
    boxes = person.page.get_by_test_id("stCheckbox")
    boxes.first.wait_for(state="visible")
    for number in range(boxes.count()):
        box = boxes.nth(number)
        if not box.get_by_role("checkbox").is_checked():
            person.click(box.locator("label"), knows=number > 0)
    person.click(_button(person, "Leg de aangevinkte maanden vast"))
    person.sees("bijeenkomsten vastgelegd")
    person.sees("Het afgesproken overleg:")


def example(person: Person) -> None:
    """The example opened and what stands above the fold read to its end."""
    person.read()
    person.click(_button(person, "Bekijk eerst het voorbeeld"))
    person.sees("VOORBEELDDATA")
    person.sees("Volgende stap:")
    serving.drawn(person.page)
    person.read()


_THREE = {
    "Lokale driehoek": 20,
    "Weegploeg radicalisering": 200,
    "Stuurgroep": 45,
}  # days since they last met
_MONTHLY = (
    Arrangement(name="Lokale driehoek", kind="local_triangle", cadence="FREQ=MONTHLY", grace_weeks=2),
    Activity(happened_on=date.today(), kind="regular_meeting", arrangement_id=-1),
)
JOBS = (
    Job("first value", 37, "no incident: choose three meetings, say when each last met, read what is quiet",
        600, first_value, keystrokes.QUIET, logs=3),
    Job("incident", 1, "log an incident", 60, incident, keystrokes.INCIDENT),
    Job("repeat", 1, "log a meeting by repeating the last one", 45, repeat, keystrokes.REPEAT, logs=1),
    Job("backlog", 44, "tick 24 months of a meeting and see the verdict", 60,
        backlog, keystrokes.BACKLOG, logs=24, needs=_MONTHLY),
    Job("example", 38, "from an empty start to the verdict of the example, read", 120, example),
)  # fmt: skip


def main() -> None:
    """Does all jobs once and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each end")
    wanted = parser.parse_args()
    text = page(timed(wanted.pictures), date.today(), commit())
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def timed(pictures: Path | None = None) -> list[Timed]:
    """Every job once, in their order; those with a log of their own run side by side, and mostly wait."""
    with ThreadPoolExecutor() as hands:
        alone = hands.map(lambda jobs: _in_one_log(jobs, pictures), (JOBS[:3], JOBS[3:4], JOBS[4:]))
        return [one for found in alone for one in found]


def _in_one_log(jobs: tuple[Job, ...], pictures: Path | None) -> list[Timed]:
    """Jobs one after the other in a log that begins empty, but for what the first of them `needs`."""
    found = []
    with tempfile.TemporaryDirectory() as folder, serving.browsing() as browser:
        database = Path(folder) / "tracker.db"
        if jobs[0].needs:
            stores.create(database, now=_now).add_all(jobs[0].needs, by="bench", batch="bench")
        with serving.running(Path(folder), serving.OURS, TRACKER_DB=str(database)) as server:
            tab = serving.opened(browser, server.url)
            tab.set_viewport_size({"width": 1280, "height": _FOLD})
            for job in jobs:
                tab.goto(server.url)
                serving.drawn(tab)
                found.append(_timed(job, tab))
                if pictures:
                    serving.drawn(tab)
                    tab.screenshot(path=pictures / f"{job.name.replace(' ', '-')}.png")
        logged = len(stores.open(database, now=_now).records(Activity))
    least = sum(job.logs for job in jobs)
    assert logged >= least, f"{logged} activities in the log, not {least}"
    return found


def _now() -> datetime:
    return datetime.now(UTC)


def _timed(job: Job, tab: Page) -> Timed:
    person, began = Person(tab), time.monotonic()
    job.does(person)
    seconds = time.monotonic() - began
    return Timed(job, seconds, person.human, person.clicks, person.keys, person.words)


def page(found: list[Timed], day: date, code: str) -> str:
    """The page docs/stopwatch.md."""
    lines = [*_opening(day, code), *map(_line, found), "", *_sheets(), ""]
    return "\n".join(lines)


def _opening(day: date, code: str) -> Iterator[str]:
    yield from (
        "# With a stopwatch",
        "",
        "Made by `python -m bench.stopwatch --out docs/stopwatch.md`; do not edit by hand.",
        "",
        f"- {day}, commit {code}; one run, in Chromium 1280 px wide, in Dutch; each job starts at home",
        f"- the hand is a script that waits as the keystroke-level model says: to point {POINT} s, to click"
        f" {CLICK} s, to think before what",
        f"  must be decided {MIND} s, to move the hand to the other device {HAND} s, a key {KEY} s (some 40"
        " words a minute)",
        f"- reading is {keystrokes.WORDS_A_MINUTE} words a minute, of all that stands above the fold at"
        f" {_FOLD} px",
        "- seconds are those of the clock, with what the machine needs; the person's own stand behind",
        "- a script knows where everything stands: a person who searches takes longer. No person was timed",
        "- the spreadsheet is open on the right tab with its columns made, its machine takes no time: that",
        "  favours it",
        "",
        "| row | job | bar | seconds | of the person | clicks | keys | words read"
        " | in a spreadsheet: seconds, clicks, keys | quicker |",
        "|---|---|---|---|---|---|---|---|---|---|",
    )


def _line(one: Timed) -> str:
    job, sheet = one.job, one.job.sheet
    kept = "kept" if one.seconds <= job.limit else "**missed**"
    beside, quicker = "no counterpart: a sheet has no verdict", ""
    if sheet:
        beside = f"{sheet.seconds:.0f}, {sheet.clicks}, {sheet.keys}"
        quicker = "the spreadsheet" if sheet.seconds < one.seconds else "the dashboard"
    return (
        f"| {job.row} | {job.what} | {job.limit} s: {kept} | {one.seconds:.0f} | {one.human:.0f}"
        f" | {one.clicks} | {one.keys} | {one.words} | {beside} | {quicker} |"
    )


def _sheets() -> Iterator[str]:
    yield from ("## The same jobs in a spreadsheet", "")
    for job in JOBS:
        if job.sheet:
            yield from (f"### Row {job.row}: {job.what}", "", f"It gives {job.sheet.gives}.", "")
            yield from ("| step | think | hand | click | keys | seconds |", "|---|---|---|---|---|---|")
            for step in job.sheet.steps:
                yield (
                    f"| {step.what} | {step.minds} | {step.hands} | {step.clicks} | {step.keys}"
                    f" | {step.seconds:.1f} |"
                )
            yield f"| together |  |  | {job.sheet.clicks} | {job.sheet.keys} | {job.sheet.seconds:.1f} |"
            yield ""


if __name__ == "__main__":
    main()

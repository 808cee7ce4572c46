"""How fast a report is made, in one run: python -m bench.report_speed [--sizes 1000 100000] [--out FILE].

Reading and reckoning, and each of the four files, beside the floor of their pictures: vl-convert drawing the
very same specs and nothing else. All take turns within every round, so that a busy machine slows all of them
alike. The first report of a process also starts its libraries; that is measured apart, once. Times are for
reading; no test leans on them.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from bench import gen
from bench.provenance import commit
from tracker import report
from tracker import store as stores
from tracker.analysis.quarter import Quarter
from tracker.records import Activity, Arrangement, Partner
from tracker.report import rendering
from tracker.report.document import Document, Picture
from tracker.store import Store
from tracker.words import speak

TODAY, YEARS = date(2026, 7, 3), 10
MADE = datetime(2026, 7, 3, 7, 30, tzinfo=UTC)
QUARTER = Quarter(2026, 2)
SIZES = (1_000, 100_000)
DOMAINS = ("safety", "social", "education", "care")
ARRANGEMENTS, PARTNERS, INCIDENTS, AGREEMENTS = 12, 20, 60, 40
DRAWN = {"pdf": "svg", "pptx": "png", "html": "svg"}  # a workbook has no pictures
Times = dict[str, list[float]]


def main() -> None:
    """Builds the logs, runs all rounds and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="activities in the log")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="the file to write; without it the text is printed")
    wanted = parser.parse_args()
    text = "\n".join([*_opening(wanted.rounds), *_measured(tuple(wanted.sizes), wanted.rounds), ""])
    if wanted.out:
        wanted.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def logged(folder: Path, activities: int) -> Store:
    """Ten years of a municipality, always the same: half of the activities in arrangements, half loose."""
    chance = random.Random(7)
    store = stores.create(folder / "tracker.db", now=lambda: MADE, municipality="Vliethoven")
    names = [Partner(name=f"Organisatie {n}", domain=DOMAINS[n % 4]) for n in range(PARTNERS)]
    partners = store.add_all(names, by="bench", batch="bench")
    first = TODAY - timedelta(days=365 * YEARS)
    standing = [_arrangement(n, first, partners) for n in range(ARRANGEMENTS)]
    arrangements = store.add_all(standing, by="bench", batch="bench")
    happened = [gen.incident(n, _some_day(chance, first)) for n in range(INCIDENTS)]
    incidents = store.add_all(happened, by="bench", batch="bench")
    promised = [gen.agreement(_some_day(chance, first), chance.choice(partners)) for _ in range(AGREEMENTS)]
    store.add_all(promised, by="bench", batch="bench")
    rows = (_activity(chance, first, partners, arrangements, incidents) for _ in range(activities))
    store.add_all(list(rows), by="bench", batch="bench")
    return store


def specs(document: Document, kind: str) -> list[dict[str, Any]]:
    """The specs that a format draws, as it draws them; html draws a second one for a phone."""
    pictures = [document.picture, *(one.picture for one in document.sections)]
    drawn = [one for one in pictures if one is not None]
    narrow = [one.narrow(_rows(one, kind)) for one in drawn if kind == "html" and one.narrow]
    return [*(one.spec(_rows(one, kind)) for one in drawn), *narrow]


def _rows(one: Picture, kind: str) -> int:
    """A deck shows eight rows of a strip, a page on paper at most ten, the web page all."""
    return {"pptx": 8, "pdf": 10}.get(kind, one.rows)


def _arrangement(number: int, first: date, partners: list[int]) -> Arrangement:
    return Arrangement(
        name=f"Overleg {number}",
        kind="local_triangle",
        cadence=("FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3")[number % 3],
        started_on=first,
        owner_id=partners[number % PARTNERS],
        partner_ids=tuple(partners[number : number + 6]),
    )


def _activity(
    chance: random.Random, first: date, partners: list[int], arrangements: list[int], incidents: list[int]
) -> Activity:
    loose = chance.random() < 0.5
    return Activity(
        happened_on=_some_day(chance, first),
        kind=chance.choice(("training", "regular_meeting", "dialogue", "aftercare")),
        arrangement_id=None if loose else chance.choice(arrangements),
        incident_id=chance.choice(incidents) if chance.random() < 0.05 else None,
        partner_ids=tuple(chance.sample(partners, chance.randrange(2, 6))),
        phase=chance.choice(("primary", "secondary", "tertiary", "")),
    )


def _some_day(chance: random.Random, first: date) -> date:
    return first + timedelta(days=chance.randrange((TODAY - first).days))


def _measured(sizes: tuple[int, ...], rounds: int) -> Iterator[str]:
    yield from ("| activities | what | CPU seconds | its pictures alone | ratio |", "|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield from _of_size(logged(Path(folder), size), size, rounds)


def _of_size(store: Store, size: int, rounds: int) -> Iterator[str]:
    began = time.process_time()
    material = report.gather(store, QUARTER, today=TODAY)
    report.make(material, "pdf", say=speak("nl"), made_at=MADE)
    whole = time.process_time() - began
    document = report.document(material, say=speak("nl"), made_at=MADE)
    work: dict[str, Callable[[], object]] = {
        "gather": partial(report.gather, store, QUARTER, today=TODAY),
        **{form: partial(make, document) for form, make in report.FORMATS.items()},
        **{f"{form} pictures": partial(_draw, specs(document, form), kind) for form, kind in DRAWN.items()},
    }
    times = _in_turns(work, rounds)
    yield f"| {size} | the first PDF of a process, from reading on | {whole:.2f} |  |  |"
    yield f"| {size} | reading and reckoning | {median(times['gather']):.2f} |  |  |"
    for form in report.FORMATS:
        yield _line(size, form, times)


def _in_turns(work: dict[str, Callable[[], object]], rounds: int) -> Times:
    times: Times = {name: [] for name in work}
    for name, go in chain.from_iterable([*work.items()] for _ in range(rounds)):
        began = time.process_time()
        go()
        times[name].append(time.process_time() - began)
    return times


def _draw(found: list[dict[str, Any]], kind: str) -> None:
    for spec in found:
        if kind == "png":
            rendering.png(spec)
        else:
            rendering.svg(spec, "x")


def _line(size: int, form: str, times: Times) -> str:
    whole = median(times[form])
    if form not in DRAWN:
        return f"| {size} | {form} | {whole:.2f} |  |  |"
    alone = median(times[f"{form} pictures"])
    return f"| {size} | {form} | {whole:.2f} | {alone:.2f} | {whole / alone:.1f} |"


def _opening(rounds: int) -> Iterator[str]:
    load = os.getloadavg()[0]
    yield "# How fast a report is made"
    yield ""
    yield "Made by `python -m bench.report_speed`; do not edit by hand."
    yield ""
    yield f"- commit {commit()}; medians of {rounds} rounds in which all take turns"
    cores = os.cpu_count()
    yield f"- {cores} cores; load of the machine at the start {load:.1f}, so seconds are those of the"
    yield "  processor: other work stretches the clock, by as much as there is of it"
    yield f"- ten years with {ARRANGEMENTS} arrangements, {PARTNERS} organisations and {INCIDENTS} incidents"
    yield ""
    yield "Its pictures alone: vl-convert on the same specs, which is the floor of a file with pictures. A"
    yield "PDF is laid out several times, with ever fewer rows, until it fits; that draws some of them again."
    yield ""


if __name__ == "__main__":
    main()

"""What every page sends: rows in its charts and bytes in all: python -m bench.views --cache DIR.

Every page of the menu and the hidden ones, and what of a page only its address shows, at a large log.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from bench import gen, serving
from bench.goals import Asked, Figure, alone
from tests.trust.touring import LOOKS
from tests.trust.wire import Wire, call


def measure(asked: Asked) -> list[Figure]:
    """The page with most chart rows and the one with most bytes, at the large log and the largest."""
    found = []
    for size in asked.judged:
        views = seen(asked, size)
        for key, place in (("P4 rows", 0), ("P4 view", 1)):
            most = max(views, key=lambda path, place=place, of=views: of[path][place])
            assert views[most][place] > 0, "a page that sends nothing was not seen"
            own = sorted((views[path][place] for path in views), reverse=True)
            beside = f"{most}; the next {own[1]:,.0f}; {len(views)} views"
            found.append(Figure(key=key, value=views[most][place], size=size, beside=beside))
    return found


def seen(asked: Asked, size: int) -> dict[str, tuple[float, float]]:
    """Path -> chart rows and kilobytes of one run of it."""
    place = asked.folder(f"views-{size}")
    database = gen.copied(asked.cache, size, place)
    with serving.running(place, serving.OURS, TRACKER_DB=str(database)) as server:
        return {path: _view(server.url, path) for path in dict.fromkeys(LOOKS)}


def _view(url: str, path: str) -> tuple[float, float]:
    name, _, query = path.strip("/").partition("?")
    with call(url) as line:
        line.run()
        line.run(query=query, page=line.pages()[name] if name else "")
        assert not any(kind == "exception" for kind, _ in line.elements()), path
        return chart_rows(line), sum(one.ByteSize() for one in line.came) / 1000


def chart_rows(line: Wire) -> int:
    """Rows of data in all charts that were drawn."""
    return sum(_rows(chart) for kind, chart in line.elements() if kind.endswith("vega_lite_chart"))


def _rows(chart: Any) -> int:
    tables = [one.data.data for one in chart.datasets] + ([chart.data.data] if chart.data.data else [])
    return sum(pa.ipc.open_stream(table).read_all().num_rows for table in tables) + _inline(
        json.loads(chart.spec)
    )


def _inline(spec: Any) -> int:
    """Rows that stand in the drawing itself."""
    if isinstance(spec, list):
        return sum(map(_inline, spec))
    if not isinstance(spec, dict):
        return 0
    own = [spec["values"]] if isinstance(spec.get("values"), list) else []
    own += [rows for rows in spec.get("datasets", {}).values() if isinstance(rows, list)]
    of_data = [rows for rows in own if rows and isinstance(rows[0], dict)]
    return sum(map(len, of_data)) + sum(_inline(part) for name, part in spec.items() if name != "datasets")


if __name__ == "__main__":
    alone(measure, sizes=(100_000,), rounds=1)

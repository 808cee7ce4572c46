"""How fast the home screen comes again in a browser: python -m bench.browsing --cache DIR.

Beside its twin and hello, by the same key; until the last change on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench import pages, serving, turns, watching
from bench.goals import Asked, Figure, alone, drawn
from bench.pages import absolute, ours, twin
from bench.turns import Rounds

_SMALLEST = 10_000


def measure(asked: Asked) -> list[Figure]:
    """The ratio of medians, and the slow ones beside the median of the twin, from ten thousand on."""
    sizes = tuple(size for size in asked.sizes if size >= _SMALLEST)
    with pages.everybody(asked, sizes) as servers, serving.browsing() as browser:
        places = {name: serving.opened(browser, server.url) for name, server in servers.items()}
        contest = {name: watching.again(place) for name, place in places.items()}
        rounds = turns.in_turns(contest, asked.rounds)
    return [one for size in sizes for one in _figures(rounds, size)]


def _figures(rounds: Rounds, size: int) -> Iterator[Figure]:
    beside, own, other = absolute(rounds, size), ours(size), twin(size)
    yield drawn("P2", rounds, turns.ratio_of(own, other), size=size, beside=beside)
    slow = turns.ratio_of(own, other, share=0.95)
    yield drawn("P2 p95", rounds, slow, size=size, beside=beside)


if __name__ == "__main__":
    alone(measure, sizes=(10_000, 100_000), rounds=30)

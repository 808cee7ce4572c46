"""How fast the home screen comes again, without a browser: python -m bench.pages --cache DIR.

A page with nothing on it, the home screen for each size of log, and the static twin of each take turns within
every round, spoken to over the websocket. Also how its time and its bytes grow with the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from bench import elements, exponents, gen, serving, turns
from bench.goals import Asked, Figure, alone, drawn
from bench.serving import Server
from bench.turns import Rounds
from tests.trust.wire import Wire, call

HELLO_NAME = "hello"


def measure(asked: Asked) -> list[Figure]:
    """Times beside the twin and beside hello, and both exponents."""
    with everybody(asked) as servers, ExitStack() as stack:
        lines = {name: stack.enter_context(call(one.url)).run() for name, one in servers.items()}
        rounds = turns.in_turns({name: _again(line) for name, line in lines.items()}, asked.rounds)
        for name in (name for size in asked.sizes for name in (ours(size), twin(size))):
            kinds = {kind for kind, _ in lines[name].elements()}
            assert any(kind.endswith("vega_lite_chart") for kind in kinds), f"{name} drew only {kinds}"
        sent = {size: sum(one.ByteSize() for one in lines[ours(size)].came) for size in asked.sizes}
    found = [one for size in asked.sizes for one in _beside(rounds, size)]
    if len(asked.sizes) >= exponents.FEWEST_SIZES:
        names = {size: ours(size) for size in asked.sizes}
        times = ", ".join(f"{1000 * rounds.median(name):.0f}" for name in names.values())
        found.append(
            drawn("P4", rounds, exponents.exponent_of(names), beside=f"{times} ms for {sizes_told(asked)}")
        )
        kilobytes = ", ".join(f"{one / 1000:.0f}" for one in sent.values())
        grown = exponents.exponent(sent)
        found.append(Figure(key="P4 bytes", value=grown, beside=f"{kilobytes} kB for {sizes_told(asked)}"))
    return found


def ours(size: int) -> str:
    """The name of the home screen for a log of this size."""
    return f"home {size}"


def twin(size: int) -> str:
    """The name of its twin."""
    return f"twin {size}"


def sizes_told(asked: Asked) -> str:
    """The sizes in words."""
    return ", ".join(f"{size:,}" for size in asked.sizes)


@contextmanager
def everybody(asked: Asked, sizes: tuple[int, ...] = ()) -> Iterator[dict[str, Server]]:
    """Name -> running server: hello, and for each size the home screen and its twin."""
    with ExitStack() as stack:
        place = asked.folder("hello")
        servers = {HELLO_NAME: stack.enter_context(serving.running(place, serving.HELLO))}
        for size in sizes or asked.sizes:
            servers |= _both(stack, asked, size)
        yield servers


def _both(stack: ExitStack, asked: Asked, size: int) -> dict[str, Server]:
    place = asked.folder(str(size))
    database = gen.copied(asked.cache, size, place)
    same = elements.written(place / "twin.json", database)
    return {
        ours(size): stack.enter_context(serving.running(place, serving.OURS, TRACKER_DB=str(database))),
        twin(size): stack.enter_context(serving.running(place, serving.TWIN, BENCH_TWIN=str(same))),
    }


def _again(line: Wire) -> Callable[[], float]:
    return turns.timed(line.run)


def _beside(rounds: Rounds, size: int) -> Iterator[Figure]:
    beside = absolute(rounds, size)
    yield drawn("P3", rounds, turns.ratio_of(ours(size), twin(size)), size=size, beside=beside)
    yield drawn("P3 hello", rounds, turns.ratio_of(ours(size), HELLO_NAME), size=size, beside=beside)


def absolute(rounds: Rounds, size: int) -> str:
    """The medians side by side in milliseconds."""
    names = {"ours": ours(size), "twin": twin(size), "hello": HELLO_NAME}
    return ", ".join(f"{who} {1000 * rounds.median(name):.0f}" for who, name in names.items()) + " ms"


if __name__ == "__main__":
    alone(measure, sizes=(1_000, 10_000, 30_000, 100_000), rounds=30)

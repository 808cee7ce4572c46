"""What a run of all measurements found, and the file in which it waits to be gone on with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from bench.goals import Figure, as_json, from_json


@dataclass
class Run:
    """What was found, minutes of every part, why one failed, and the machine's load before and after.

    `product` is the last commit that changed it.
    """

    name: str
    product: str = ""
    figures: list[Figure] = field(default_factory=list)
    minutes: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    load: tuple[float, float] = (0.0, 0.0)
    fits: list[str] = field(default_factory=list)


def begun(name: str, product: str, kept: Path | None) -> Run:
    """What the file holds of a run of this name and product, but for parts that failed; else a new run."""
    if kept is None or not kept.exists():
        return Run(name, product)
    told = json.loads(kept.read_text(encoding="utf-8"))
    if (told["run"], told["product"]) != (name, product):
        return Run(name, product)
    done = Run(name, product, load=tuple(told["load"]), fits=told["fits"])
    done.figures = [from_json(one) for one in told["figures"]]
    done.minutes = {part: spent for part, spent in told["minutes"].items() if part not in told["failed"]}
    return done


def results(done: Run) -> dict[str, object]:
    """The run as it stands in the file."""
    told = {"run": done.name, "product": done.product, "load": done.load, "minutes": done.minutes}
    return {
        **told,
        "failed": done.failed,
        "fits": done.fits,
        "figures": [as_json(one) for one in done.figures],
    }

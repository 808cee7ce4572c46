"""Counts per label -> what people call their activities, held against what the timing says.

A label says why an activity took place; the model only sees when. A monthly meeting that happens to follow
an incident is structural by label and incident-driven by timing: the difference is a question, not a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.analysis.estimate import MISSING, Estimate

STRUCTURAL = "structural"
UNTAGGED = "untagged"
# In the order they are shown; what has no label is a class of its own.
CLASSES = (STRUCTURAL, "structure_in_action", "incident_driven", UNTAGGED)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The share of each class of activities, and the model's share without incidents.

    `counts`: every class of `CLASSES` -> activities. `called` says how the labels stand to the timing:
    higher | lower | same | "" when one of both is not known. It compares the model's interval with the two
    ends the labels allow: when nothing untagged is structural, and when all of it is. What an arrangement did
    about an incident (structure_in_action) is no structural label here: by timing it follows the incident.
    """

    counts: Mapping[str, float]
    timing: Estimate = MISSING
    called: str = ""

    @property
    def total(self) -> float:
        """All activities."""
        return sum(self.counts.values())

    @property
    def shares(self) -> dict[str, float]:
        """Class -> its share; they add to 1. Empty without activities."""
        return {name: n / self.total for name, n in self.counts.items()} if self.total else {}

    @property
    def percentages(self) -> dict[str, int]:
        """Class -> its share in whole per cent that add to 100, by the largest remainders."""
        exact = {name: 100 * share for name, share in self.shares.items()}
        whole = {name: int(share + 1e-9) for name, share in exact.items()}
        left = 100 - sum(whole.values()) if whole else 0
        nearest = sorted(exact, key=lambda name: (whole[name] - exact[name], CLASSES.index(name)))
        return {name: n + (name in nearest[:left]) for name, n in whole.items()}

    @property
    def structural(self) -> tuple[float, float]:
        """The least and the most that can be structural by label, whatever the untagged ones are."""
        shares = self.shares
        least = shares.get(STRUCTURAL, 0.0)
        return (least, least + shares[UNTAGGED]) if shares else (0.0, 1.0)


def against_timing(counts: Mapping[str, float], structural_share: Estimate) -> Labels:
    """The classes of these activities beside the model's share.

    `counts`: mode -> activities, as `records.activity_mode` names them; an empty or unknown mode is untagged.
    The same activities as those of the fit: joint ones, in its window.
    """
    found = dict.fromkeys(CLASSES, 0.0)
    for mode, n in counts.items():
        found[mode if mode in CLASSES else UNTAGGED] += n
    plain = Labels(counts=found, timing=structural_share)
    return Labels(counts=found, timing=structural_share, called=_called(plain))


def _called(labels: Labels) -> str:
    low, high = labels.timing.low, labels.timing.high
    if not labels.total or not labels.timing.stated or low is None or high is None:
        return ""
    least, most = labels.structural
    return "higher" if least > high else "lower" if most < low else "same"

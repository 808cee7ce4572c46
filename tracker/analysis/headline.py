"""The two verdicts -> one headline; neither pillar is hidden because it disagrees."""

from __future__ import annotations

from dataclasses import replace

from tracker.analysis.finding import Finding
from tracker.analysis.structure import Structure

SAME = {"holds": "persists", "slips": "falls_back", "undecided": "undecided", "too_early": "too_early"}


def joined(finding: Finding, structure: Structure) -> Finding:
    """The finding of the activity with the structure verdict beside it and the headline of both."""
    verdict, leads = _headline(finding.activity_verdict, structure.verdict)
    case, certainty = finding.case, finding.certainty
    if leads == "structure":
        case, certainty = f"structure_{structure.verdict}", _certainty(verdict)
    elif leads == "neither":
        on_paper = structure.verdict == "holds"
        case, certainty = "undecided_on_paper" if on_paper else "undecided_not_through_meetings", "unsure"
    return replace(
        finding,
        verdict=verdict,
        structure_verdict=structure.verdict,
        structure=structure,
        case=case,
        certainty=certainty,
        needed=(*finding.needed, *structure.needed),
    )


def _headline(activity: str, structure: str) -> tuple[str, str]:
    """(verdict, which pillar it speaks from: activity | structure | neither)."""
    other = SAME[structure]
    if activity == other or other == "too_early":
        return activity, "activity"
    if activity == "too_early" or activity == "undecided":
        return other, "structure"
    if other == "undecided":
        return activity, "activity"
    return "undecided", "neither"


def _certainty(verdict: str) -> str:
    """The second pillar decides alone: never more than fairly sure."""
    return "unsure" if verdict == "undecided" else "fairly_sure"

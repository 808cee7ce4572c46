"""How certain a finding is: a word, three dots, the range it rests on and the weeks nobody knows of."""

from __future__ import annotations

from tracker.analysis.estimate import Estimate
from tracker.analysis.finding import Finding
from tracker.analysis.structure import Structure
from tracker.words import counts
from tracker.words.voice import N_, Voice

CERTAINTIES = {
    "sure": (N_("sure"), "●●●"),
    "fairly_sure": (N_("fairly sure"), "●●○"),
    "unsure": (N_("unsure"), "●○○"),
    "cannot_say": (N_("can't say"), "○○○"),
}


def certainty(say: Voice, finding: Finding) -> str:
    """The line under the sentence: word, dots, the range it rests on, and the weeks that are not known."""
    word, dots = certainty_word(say, finding)
    return " ".join([say("Certainty: {word} {dots}", word=word, dots=dots), *_grounds(say, finding)])


def certainty_word(say: Voice, finding: Finding) -> tuple[str, str]:
    """The word and its dots: ("redelijk zeker", "●●○")."""
    word, dots = CERTAINTIES[finding.certainty]
    return say(word), dots


def _grounds(say: Voice, finding: Finding) -> list[str]:
    if finding.case == "nothing_logged":
        return [say("Nothing has been logged yet. That is no zero: I don't know.")]
    spoken = [_range(say, finding), counts.leaning(say, finding)]
    if finding.case != "too_little_logged":
        spoken.append(_unknown_weeks(say, finding))
    return [text for text in spoken if text]


def _range(say: Voice, finding: Finding) -> str:
    """The interval of the figure that the verdict rests on; empty when there is no verdict or no figure."""
    level, year = finding.peacetime_level, finding.retention_year
    if finding.certainty == "cannot_say":
        return ""
    if finding.case.startswith("structure_") and finding.structure is not None:
        return _adherence(say, finding.structure)
    if _closed(level) and finding.case not in ("falls_back_year", "falls_back_recent"):
        return say(
            "In peacetime cooperation runs at {range} of the quarter after an incident.",
            range=say.percent_range(level.low or 0, level.high or 0),
        )
    if _closed(year):
        return say(
            "In the last year the floor was {range} of the year before.",
            range=say.percent_range(year.low or 0, year.high or 0),
        )
    return ""


def _adherence(say: Voice, structure: Structure) -> str:
    """The range of what takes place of the agreed meetings, meetings without an answer counted both ways."""
    low, high = structure.adherence_lower.low, structure.adherence_upper.high
    if low is None or high is None:
        return ""
    return say("Of the agreed meetings {range} takes place.", range=say.percent_range(low, high))


def _closed(estimate: Estimate) -> bool:
    return estimate.stated and estimate.low is not None and estimate.high is not None


def _unknown_weeks(say: Voice, finding: Finding) -> str:
    unknown, weeks = finding.window.unknown_weeks, finding.window.weeks
    if not unknown:
        return say("No week is unknown.")
    return say(
        "It is not known what happened in {unknown} of the {weeks}.",
        unknown=say.number(unknown),
        weeks=say.plural("{n} week", "{n} weeks", weeks),
    )

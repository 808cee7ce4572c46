"""The finding as the first thing on a page: one sentence, its certainty, the next step."""

from __future__ import annotations

from tracker.analysis.finding import Finding
from tracker.pages.around import write
from tracker.words import Words


def draw(say: Words, finding: Finding, *, asks: bool = False) -> None:
    """Sentence, certainty line and next step; the sentence is the same string everywhere.

    `asks`: something on this page waits for an answer.
    """
    write.heading(say.sentence(finding), 1)
    dots = say.certainty_word(finding)[1]
    lead, mark, rest = say.certainty(finding).partition(dots)
    write.paragraph(rest.strip(), strong=lead + mark)
    if finding.structure is not None and finding.case != "nothing_logged":
        write.paragraph(say.both_verdicts(finding))
    write.paragraph(say.next_step(finding, asks=asks), strong=say("Next step:"))

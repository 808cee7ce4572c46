"""All that the product says about findings and mistakes, on one page per language.

A reviewer reads sheet.nl.txt and sheet.en.txt; `python -m tests.words.sheet` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

from tests.words import directing, lessons, working
from tests.words.around import everything
from tests.words.findings import ESTIMATES, NEEDS, every_case, finding
from tracker.words import LANGUAGES, Words, speak
from tracker.words.codes import GROUPS, WHYS
from tracker.words.figures import DAYS, FEW_INCIDENTS, in_words
from tracker.words.needs import briefly
from tracker.words.problems import DAMAGE, PROBLEMS, PROBLEMS_OF_A_FIELD, REFUSALS

FOLDER = Path(__file__).parent


def path(language: str) -> Path:
    return FOLDER / f"sheet.{language}.txt"


def sheet(say: Words) -> str:
    """The page of one language, headings in English."""
    parts = [
        _findings(say),
        _around(say),
        _working(say),
        _directing(say),
        _lessons(say),
        _needs(say),
        _figures(say),
        _codes(say),
        _problems(say),
    ]
    return "\n\n".join(["\n".join(part) for part in parts]) + "\n"


def about(say: Words, case: str) -> list[str]:
    """Everything said about one finding above its table of figures."""
    found = every_case()[case]
    return [say.sentence(found), say.certainty(found), say.next_step(found), say.what_counts(found)]


def _findings(say: Words) -> list[str]:
    lines = ["FINDINGS", f"(limits) {say.limits()}"]
    for case in every_case():
        lines += ["", f"[{case}]", *(f"  {line}" for line in about(say, case))]
    return lines


def _around(say: Words) -> list[str]:
    lines = ["AROUND INCIDENTS"]
    for name, said in everything(say).items():
        lines += [f"[{name}]", *(f"  {line}" for line in said if line)]
    return lines


def _working(say: Words) -> list[str]:
    lines = ["WORKING TOGETHER"]
    for name, said in working.everything(say).items():
        lines += [f"[{name}]", *(f"  {line}" for line in said if line)]
    return lines


def _directing(say: Words) -> list[str]:
    lines = ["VISION AND DIRECTION"]
    for name, said in directing.everything(say).items():
        lines += [f"[{name}]", *(f"  {line}" for line in said if line)]
    return lines


def _lessons(say: Words) -> list[str]:
    lines = ["LESSONS"]
    for name, said in lessons.everything(say).items():
        lines += [f"[{name}]", *(f"  {line}" for line in said if line)]
    return lines


def _needs(say: Words) -> list[str]:
    pairs = [(name, need) for name, need in NEEDS.items()]
    return ["NEEDS", *(f"[{name}] {briefly(say, need)} / {say.needed(need)}" for name, need in pairs)]


def _figures(say: Words) -> list[str]:
    both = (*say.explanations(finding()), *say.around_incidents(finding()))
    rows = [" | ".join(row) for row in both]
    forms = [f"[{name}] {in_words(say, estimate, DAYS)}" for name, estimate in ESTIMATES.items()]
    few = [say.explanations(finding(few_incidents=n))[3][2] for n in range(len(FEW_INCIDENTS))]
    typical = say.explanations(finding(few_incidents=None))[3][2]
    return ["FIGURES", *rows, *forms, *few, typical, *(f"[{why}] {say(text)}" for why, text in WHYS.items())]


def _codes(say: Words) -> list[str]:
    lines = ["CODES"]
    for group, codes in GROUPS.items():
        lines += [f"[{group}]", *(f"  {code}: {say(meaning)}" for code, meaning in codes.items())]
    return lines


def _problems(say: Words) -> list[str]:
    fields = [f"[{code}, {field}] {say.problem(code, field)}" for field, code in PROBLEMS_OF_A_FIELD]
    plain = [f"[{code}] {say.problem(code)}" for code in (*PROBLEMS, *REFUSALS, *DAMAGE)]
    more = [f"[too_long, {field}] {say.problem('too_long', field)}" for field in ("title", "note")]
    return ["PROBLEMS", *plain, *fields, *more, f"[not a code] {say.problem('not_a_code')}"]


if __name__ == "__main__":
    for language in LANGUAGES:
        path(language).write_text(sheet(speak(language)), encoding="utf-8")

"""The records of all sheets as they come -> their order in a preview, and rows that answer again."""

from __future__ import annotations

from tracker.exchange import doubles
from tracker.exchange.preview import Finds, Found, RowProblem


class Gathered:
    """What the files hold: records that others can name, and all `others`; who answers again is a problem."""

    def __init__(self, problems: list[RowProblem]) -> None:
        self.others = Finds()
        self._numbered: list[Found] = []
        self._answers, self._problems = doubles.Answers(), problems

    def add(self, row: Found) -> None:
        """One more, in the order of the files."""
        if self._answers.again(row):
            self._problems.append(doubles.second_answer(row))
        if row.ref:
            self._numbered.append(row)
        else:
            self.others.add(row)

    def in_order(self, new: Finds) -> Finds:
        """All with a number and those of the others that are `new`.

        A numbered record stands at the place its number says, so that links need no second look.
        """
        found = Finds(sorted(self._numbered, key=lambda row: -row.ref))
        found.extend(new)
        return found

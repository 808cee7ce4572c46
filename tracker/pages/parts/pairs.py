"""The pairs of one quarter on a page: between which domains, which are new and which were lost."""

from __future__ import annotations

import streamlit as st

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.ties import DomainTie, Ties
from tracker.charts.pairs import Domain, PairCell, PairLabels, pairs_grid
from tracker.pages.around import drawing, write
from tracker.words import Words

_SHORT = 6


def draw(say: Words, known: Cooperation, found: Ties, domains: dict[str, str]) -> None:
    """The grid of domains, the pairs by name, and what is known elsewhere."""
    names = {code: domains.get(code, code) for code in found.domains}
    if len(found.domains) > 1:
        conclusion = say.grid_line(found, names)
        write.heading(conclusion)
        write.paragraph(say.grid_unit(found))
        _grid(say, found, names, conclusion)
    rows = [
        (say("Together now, and not in the year before"), say.named_pairs(known, found.new)),
        (say("Together a year before, and not now"), say.named_pairs(known, found.lost)),
    ]
    write.table((say("New and lost"), say("Pairs")), rows, caption=say("New and lost pairs"))
    with st.expander(say("View as a table")):
        head = (say("Domains"), say("Activities together"), say("A year before"))
        cells = [
            (say("{a} with {b}", a=names[one.first], b=names[one.second]), str(one.together), str(one.before))
            for one in found.grid
        ]
        write.table(head, cells, caption=say("Activities together, per two domains"))
        write.paragraph(say.pairs_benchmark())


def _grid(say: Words, found: Ties, names: dict[str, str], conclusion: str) -> None:
    """The picture twice, wide and narrow; a style shows one."""
    place = {code: number for number, code in enumerate(found.domains)}
    shown = [Domain(name=name, short=_short(name)) for name in names.values()]
    cells = [
        PairCell(first=place[one.first], second=place[one.second], count=one.together, before=_before(one))
        for one in found.grid
    ]
    drawing.twice(
        "pairs",
        lambda palette, narrow: pairs_grid(
            shown, cells, labels=_labels(say), palette=palette, description=conclusion, narrow=narrow
        ),
        of=found.quarter.code,
    )


def _before(one: DomainTie) -> int | None:
    """Nothing to compare with while the quarter still runs."""
    return one.before if one.compared else None


def _short(name: str) -> str:
    """A name for where it does not fit on a phone; one letter less is no gain."""
    return name if len(name) <= _SHORT + 1 else f"{name[: _SHORT - 1].rstrip()}."


def _labels(say: Words) -> PairLabels:
    return PairLabels(
        locale=say.language,
        was=lambda n: say("was {n}", n=say.number(n)),
        lost=say("lost"),
        domain=say("Domain"),
        with_=say("With"),
        pairs=say("Activities together"),
        before=say("A year before"),
        not_known=say("not known"),
    )

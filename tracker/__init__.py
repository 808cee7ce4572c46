"""Does cooperation persist when the urgency of an incident fades? A log, an estimate, an honest sentence.

The map, in reading order. Each room knows only the rooms above it in this list; `tests/test_house.py`
holds the house to that.

    records/     what people log: incident, activity, arrangement, agreement, partner; a broken rule refuses
    analysis/    records and daily counts -> facts: floor, half-life, peacetime, the verdict. Pure arithmetic
    privacy/     free text -> where it looks like data of a person; what is refused and what is asked
    store/       records <-> one SQLite file: add, correct with a reason, history. The only room with SQL
    exchange/    files <-> records: import with a preview, the example municipality, facts as JSON
    language.py  which languages there are, and which somebody reads
    words/       facts -> sentences, labels, dates and numbers, in Dutch and English
    charts/      facts -> pictures. The only room that knows Altair
    report/      a quarter's facts -> PDF, slides, workbook, web page
    pages/       what is on the screen: read, one call, draw. `main.py` first, then one file a page; `around/`
                 what every page stands in, `forms/` what somebody fills in, `parts/` what makes up a page
    commands/    the same work from the command line: one command reads, asks one room, says the answer
    __main__.py  the commands together: `python -m tracker`

Outside this folder `dashboard.py` starts the server and `data/` holds the vocabularies and the example.
A newcomer reads the picture spec in `analysis/pictures.py`, then `analysis/verdict.py`, then one page.
"""

import os

# Each core has a reckoning of its own (`analysis/reading.py`); numpy's threads would only be in their way.
# Numpy reads it once, when it is imported, so it stands before every other import of this house.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"

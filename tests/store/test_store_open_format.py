"""The file is nobody's secret: another program reads its tables, words and links without our code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from logbook import activity, arrangement, incident, partner
from sqlite_utils import Database

from tracker.store import Store


def test_another_program_reads_records_as_rows_with_links(store: Store):
    store.add(partner("Politie"), by="anna")
    store.add(arrangement("Weegploeg", owner_id=1), by="anna")
    store.add(incident(date(2026, 5, 4), title="Rellen"), by="anna")
    store.add(activity(date(2026, 5, 6), arrangement_id=1, incident_id=1, partner_ids=(1,)), by="anna")
    with closing(sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)) as connection:
        db = Database(connection)
        [row] = db["activity"].rows
        assert (row["happened_on"], row["kind"], row["arrangement_id"]) == ("2026-05-06", "training", 1)
        links = {(one.column, one.other_table) for one in db["activity"].foreign_keys}
        assert {("arrangement_id", "arrangement"), ("incident_id", "incident")} <= links
        named = db.query(
            "SELECT a.happened_on, g.name, p.name AS who FROM activity a JOIN arrangement g "
            "ON g.id = a.arrangement_id JOIN activity_partner l ON l.activity_id = a.id "
            "JOIN partner p ON p.id = l.partner_id"
        )
        assert list(named) == [{"happened_on": "2026-05-06", "name": "Weegploeg", "who": "Politie"}]
        assert db["activity_kind"].get("training")["nl"]

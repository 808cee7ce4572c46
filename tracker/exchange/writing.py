"""A preview -> records in the store: all of them in one transaction, or none."""

from __future__ import annotations

from collections import Counter

from tracker.exchange import collector
from tracker.exchange.preview import Counts, ImportRefused, Preview
from tracker.store import Store


def write(store: Store, preview: Preview, *, by: str, batch: str, reason: str = "") -> Counts:
    """Stores everything the preview found and returns how many of each.

    `reason` says why activities of the log are corrected: without one `corrections` are refused.
    Raises `ImportRefused` while the preview has problems, and `InvalidRecord` or `Conflict` when the store
    changed since it was read; then nothing is stored. Changed word lists follow when the records are in:
    an archived term may be on them, and the same import again would finish what was cut short.
    """
    if preview.problems:
        raise ImportRefused(preview.problems)
    for place, row in enumerate(preview.found, start=1):
        assert row.ref in (0, -place), f"{row.file}, line {row.line}: {row.ref} stands at {place}"
    if preview.found or preview.new_kinds or preview.corrections:
        records = [row.record for row in preview.found]
        with collector.paused():
            store.add_all(
                records,
                by=by,
                batch=batch,
                new_terms=preview.new_kinds,
                corrections=preview.corrections,
                reason=reason,
            )
    for term in preview.changed_terms:
        store.correct_term(term, by=by)
    return Counts(batch, dict(Counter(type(row.record) for row in preview.found)))

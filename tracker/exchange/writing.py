"""A preview -> records in the store: all of them in one transaction, or none."""

from __future__ import annotations

from tracker.exchange import collector
from tracker.exchange.preview import Counts, ImportRefused, Preview
from tracker.store import Store


def write(
    store: Store, preview: Preview, *, by: str, batch: str, reason: str = "", ticked: bool = False
) -> Counts:
    """Stores everything the preview found and returns how many of each.

    `reason` says why activities of the log are corrected: without one `corrections` are refused.
    `ticked` says that somebody looked at what is `personal` in it: without it that is refused.
    Raises `ImportRefused` while the preview has problems, and `InvalidRecord` or `Conflict` when the store
    changed since it was read; then nothing is stored. Changed word lists follow when the records are in:
    an archived term may be on them, and the same import again would finish what was cut short.
    """
    if preview.problems:
        raise ImportRefused(preview.problems)
    for place, ref in enumerate(preview.found.refs, start=1):
        assert ref in (0, -place), f"{ref} stands at {place}"
    looked = preview.looked_at(ticked=ticked)
    if preview.found or preview.new_kinds or preview.corrections:
        with collector.paused():
            store.add_all(
                preview.found.records,
                by=by,
                batch=batch,
                new_terms=preview.new_kinds,
                corrections=preview.corrections,
                reason=reason,
                looked=looked,
                reader=preview.reader,
            )
    for term in preview.changed_terms:
        store.correct_term(term, by=by, looked=looked)
    return Counts(batch, preview.found.records.kinds())

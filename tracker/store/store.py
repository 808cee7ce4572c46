"""The store as the other rooms see it: each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tracker.analysis.cooperation import Cooperation, first_day
from tracker.analysis.glossary import Entry
from tracker.analysis.meetings import Meetings
from tracker.analysis.question import Log, Question
from tracker.analysis.self_scan import Round, least_replies
from tracker.privacy import Looked, Reader
from tracker.records import Activity, Incident, QuarterReview, Record, Scan, Shelf
from tracker.store import (
    answer,
    batch_corrections,
    batches,
    changes,
    cooperation,
    files,
    frozen,
    meetings,
    national,
    reading,
    scan,
    schema,
    terms,
    verification,
    writing,
)
from tracker.store.batch_corrections import Correction
from tracker.store.batches import Import, Undone
from tracker.store.changes import Asked, Bulk
from tracker.store.entrance import Entrance
from tracker.store.errors import WrongCode
from tracker.store.files import About
from tracker.store.national import NationalEvent
from tracker.store.register import Register
from tracker.store.rows import Change, R, Stored
from tracker.store.terms import Term
from tracker.store.verification import Problem


class Store(Entrance):
    """The records in one database file; safe to share between threads, for it holds no connection.

    `by` is who does it, as the access rules name them: for a visitor who signed in their own account. Writes
    raise `InvalidRecord` for what the user gave, `Conflict` when somebody else was first, `Denied` for what
    the visitor may not do, another `StoreError` for trouble with the file.
    """

    @property
    def register(self) -> Register:
        """The administration of the same database, for the same visitor."""
        return Register(self.path, now=self._now, visitor=self.visitor, steps=self._steps)

    def revision(self) -> int:
        """A number that moves with every change of any content."""
        with self._view() as db:
            return int(db.conn.execute("SELECT n FROM revision").fetchone()[0])

    def state(self) -> str:
        """What caches are keyed on: this database and its revision, so that another file at the same path,
        a backup put back or an example made afresh, is never mistaken for what was read before."""
        with self._view() as db:
            identity, n = db.conn.execute("SELECT identity, n FROM about, revision").fetchone()
            return f"{identity}:{n}"

    def state_apart_from(self, *kinds: type[Record]) -> str:
        """Like `state`, but the same for as long as only records of these kinds change: for what is made of
        the others. Only what stands in the history moves it."""
        with self._view() as db:
            return reading.state_apart_from(db, kinds)

    def about(self) -> About:
        """What this database is."""
        with self._view() as db:
            municipality, example = db.conn.execute("SELECT municipality, example FROM about").fetchone()
            return About(municipality=municipality, example=bool(example), schema=schema.version(db))

    def add(self, record: R, *, by: str, request: str = "", looked: Looked = ()) -> Stored[R]:
        """Stores a record; the same `request` again returns what is already stored."""
        with self._change(by, "edit", looked) as (db, stamp):
            return writing.add(db, record, stamp, request=request)

    def add_all(
        self,
        records: Iterable[Record] | Shelf,
        *,
        by: str,
        batch: str,
        new_terms: Iterable[Term] = (),
        corrections: Sequence[Correction] = (),
        reason: str = "",
        looked: Looked = (),
        reader: Reader | None = None,
    ) -> list[int]:
        """Stores all records or none, and returns their ids in the order given.

        A link to a record of the same list is its place as a negative number: -1 is the first.
        `new_terms` are added first and `corrections`, with their `reason`, made last, in the same
        transaction. Raises `InvalidBatch` with the problems of every record; for a correction what
        `correct` raises. A `reader` that looked at these texts saves looking twice.
        """
        with self._change(by, "import", looked) as (db, stamp):
            for term in new_terms:
                terms.add_term(db, term, stamp)
            kept = records if isinstance(records, Shelf) else Shelf(records)
            ids = writing.add_all(db, kept, stamp, batch=batch, reader=reader)
            batch_corrections.correct_all(
                db, corrections, stamp, batch=batch, reason=reason, real=writing.behind(ids)
            )
            return ids

    def correct(
        self,
        stored_id: int,
        record: R,
        *,
        seen_version: int,
        reason: str,
        by: str,
        looked: Looked = (),
    ) -> Stored[R]:
        """Puts `record` in the place of version `seen_version` of the record of its kind with this id."""
        with self._change(by, "edit", looked) as (db, stamp):
            return writing.correct(db, stored_id, record, stamp, seen_version=seen_version, reason=reason)

    def put_back(
        self,
        stored_id: int,
        record: R,
        *,
        seen_version: int,
        reason: str,
        by: str,
        looked: Looked = (),
    ) -> Stored[R]:
        """Makes a record say again what it once said: restores it first when it was withdrawn, then corrects
        it as `correct` does; both or none."""
        with self._change(by, "edit", looked) as (db, stamp):
            return writing.put_back(db, stored_id, record, stamp, seen_version=seen_version, reason=reason)

    def withdraw(
        self, record_type: type[R], record_id: int, *, seen_version: int, reason: str, by: str
    ) -> Stored[R]:
        """Takes a record back: it no longer counts and is no longer a choice, and its history stays."""
        with self._change(by, "withdraw") as (db, stamp):
            return writing.set_withdrawn(
                db, record_type, record_id, stamp, seen_version=seen_version, reason=reason, withdrawn=True
            )

    def restore(
        self, record_type: type[R], record_id: int, *, seen_version: int, reason: str, by: str
    ) -> Stored[R]:
        """Makes a withdrawn record count again."""
        with self._change(by, "restore") as (db, stamp):
            return writing.set_withdrawn(
                db, record_type, record_id, stamp, seen_version=seen_version, reason=reason, withdrawn=False
            )

    def close_quarter(self, review: QuarterReview, facts: bytes, *, by: str) -> Stored[QuarterReview]:
        """Stores that the evaluation of a quarter was closed, and its facts as they stand: both or none.

        The record gets the hash of the facts as its `digest`. To open it again, withdraw it; the facts stay.
        """
        with self._change(by, "edit") as (db, stamp):
            named = replace(review, digest=frozen.keep(db, facts))
            return writing.add(db, named, stamp, request="")

    def frozen_facts(self, digest: str) -> bytes:
        """The facts that a closed evaluation names; raises `Damaged` when they are gone or were changed."""
        with self._view() as db:
            return frozen.facts(db, digest)

    def undo_batch(self, batch: str, *, reason: str, by: str) -> Undone:
        """Takes an import back: withdraws its records and puts back what it corrected, as far as nobody
        touched them since, and names those that stay."""
        with self._change(by, "undo_import") as (db, stamp):
            return batches.undo(db, batch, stamp, reason=reason)

    def get(self, record_type: type[R], record_id: int) -> Stored[R]:
        """The record with this id, withdrawn or not; raises `UnknownRecord`."""
        with self._view() as db:
            return self._shown(db, reading.get(db, record_type, record_id))

    def records(
        self,
        record_type: type[R],
        *,
        withdrawn: bool = False,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Stored[R]]:
        """All records of a kind, withdrawn ones too when asked; by name, or by day where there is one."""
        with self._view() as db:
            found = reading.records(
                db, record_type, withdrawn=withdrawn, newest_first=newest_first, limit=limit
            )
            return self._shown(db, found)

    def recent(
        self, *, limit: int = 20, before: Stored[Any] | None = None, withdrawn: bool = False
    ) -> list[Stored[Any]]:
        """The newest incidents, activities and occurrences (planned ones are no entry yet), or the withdrawn.

        By the day they happened, then by when they were added; the next page starts below `before`,
        the last entry of the page before it.
        """
        with self._view() as db:
            return self._shown(db, reading.recent(db, limit=limit, before=before, withdrawn=withdrawn))

    def latest_activity(self, until: date) -> Stored[Activity] | None:
        """The activity of the latest day that is not after `until`, or None."""
        with self._view() as db:
            return self._shown(db, reading.latest_activity(db, until))

    def last_of_arrangement(self, arrangement_id: int) -> Stored[Activity] | None:
        """The latest activity of the arrangement by the day it happened, or None."""
        with self._view() as db:
            return self._shown(db, reading.last_of_arrangement(db, arrangement_id))

    def history(self, record_type: type[R], record_id: int) -> list[Change[R]]:
        """Every change of one record, oldest first; raises `UnknownRecord`."""
        with self._view() as db:
            return self._shown(db, reading.history(db, record_type, record_id))

    def changes(self, asked: Asked, *, limit: int, before: int | None = None) -> list[Change[Any] | Bulk]:
        """The history of what is asked for, newest first and at most `limit` lines; an import is one line.

        The next page starts below `before`, the `seq` of the last line of the page before it.
        """
        with self._view("read_history") as db:
            return self._shown(db, changes.changes(db, asked, limit=limit, before=before))

    def actors(self) -> list[str]:
        """Everybody who ever changed something, by name."""
        with self._view("read_history") as db:
            return changes.actors(db)

    def log(self, question: Question) -> Log:
        """What the log holds for `question`: the input of every figure."""
        with self._view() as db:
            return answer.log(db, question)

    def meetings(self, until: date) -> Meetings:
        """What is known up to `until` of every agreed meeting: the input of rhythm and structure."""
        with self._view() as db:
            return meetings.until(db, until)

    def cooperation(self, until: date, since: date | None = None) -> Cooperation:
        """Who worked together and what was agreed: the input of partners and agreements.

        Attendance is read from `since` on; without it as far back as a year is compared with the year before.
        """
        with self._view() as db:
            return cooperation.until(db, until, since or first_day(until))

    def glossary(self, domains: Sequence[str]) -> tuple[Entry, ...]:
        """The words that stand with their meanings, in the order of `domains`; those that clash first."""
        with self._view() as db:
            return reading.glossary(db, domains)

    def modes(self, question: Question) -> dict[str, int]:
        """How many joint activities were structural, incident-driven, both or neither ("") by their label."""
        with self._view() as db:
            return answer.modes(db, question)

    def between(self, first: date, last: date) -> list[Stored[Activity]]:
        """The activities from `first` to `last`, both included, ascending."""
        with self._view() as db:
            return self._shown(db, reading.between(db, first, last))

    def about_incident(self, record_type: type[R], incident_id: int) -> list[Stored[R]]:
        """The framings, reviews, check-backs or activities that point at an incident."""
        with self._view() as db:
            return self._shown(db, reading.about_incident(db, record_type, incident_id))

    def imports(self, limit: int = 20) -> list[Import]:
        """The newest imports, each with how many of its records still stand."""
        with self._view() as db:
            return batches.imports(db, limit)

    def remembered_columns(self) -> dict[str, str]:
        """Heading -> field, as people chose for the columns of earlier files."""
        with self._view() as db:
            return batches.remembered_columns(db)

    def remember_columns(self, chosen: Mapping[str, str]) -> None:
        """Keeps such choices for the next file; no content, so it stands in no history."""
        with self._unsigned("import") as db:
            batches.remember_columns(db, chosen)

    def open_scan(self, quarter: date, codes: int, *, by: str) -> tuple[Stored[Scan], tuple[str, ...]]:
        """Opens the self-scan of a quarter and makes codes for one reply each, which are shown now and kept
        nowhere: at least as many as there must be replies.
        """
        with self._view("run_scan") as db:
            made = scan.new_codes(db, codes, least=least_replies())
        with self._change(by, "run_scan") as (db, stamp):
            return scan.open_round(db, quarter, stamp, made), made.plain

    def give_scan_codes(self, scan_id: int, codes: int) -> tuple[str, ...]:
        """More codes for an open round; raises `Conflict` when it is closed. Stands in no history."""
        with self._view("run_scan") as db:
            made = scan.new_codes(db, codes)
        with self._unsigned("run_scan") as db:
            scan.give_codes(db, scan_id, made)
        return made.plain

    def reply_to_scan(self, code: str, points: Mapping[str, int]) -> None:
        """One anonymous reply, statement -> points, for one code; raises `WrongCode`.

        Who knows nothing of a statement leaves it out. Nothing is kept of who and when.
        """
        with self._view("reply") as db:
            code_hash = scan.hashed(db, code)
            if not scan.is_known(db, code_hash):  # guessing takes no lock away from who works
                raise WrongCode()
        with self._unsigned("reply") as db:
            scan.take_reply(db, code_hash, points)

    def close_scan(self, scan_id: int, *, reason: str, by: str) -> Stored[Scan]:
        """Closes a round for good; codes, and answers that are too few to show, are forgotten."""
        with self._change(by, "run_scan") as (db, stamp):
            return scan.close(db, scan_id, stamp, reason=reason)

    def scan_rounds(self) -> list[Round]:
        """What may be seen of every round of the self-scan, ascending by quarter; nothing of few."""
        with self._view() as db:
            return scan.rounds(db)

    def reached(self, event: NationalEvent) -> Stored[Incident] | None:
        """The incident of this log that `event` was marked as, or None when it did not reach us.

        Found by its day and source; whoever corrects those has made it an incident of its own.
        """
        with self._view() as db:
            return national.reached(db, event)

    def vocabulary(self, name: str, *, archived: bool = False) -> list[Term]:
        """The terms of one vocabulary in their order, archived ones too when asked."""
        with self._view() as db:
            return terms.vocabulary(db, name, archived=archived)

    def add_term(self, term: Term, *, by: str, looked: Looked = ()) -> Term:
        """Adds a term of the municipality's own."""
        with self._change(by, "edit_words", looked) as (db, stamp):
            return terms.add_term(db, term, stamp)

    def correct_term(self, term: Term, *, by: str, seen: Term | None = None, looked: Looked = ()) -> Term:
        """Changes the term with this vocabulary and code; with `seen`, only when it still is as seen."""
        with self._change(by, "edit_words", looked) as (db, stamp):
            return terms.correct_term(db, term, stamp, seen=seen)

    def archive_term(self, vocabulary: str, code: str, *, by: str) -> Term:
        """Takes a term out of the choices; what has it keeps it. Raises `InUse` when the product needs it."""
        with self._change(by, "edit_words") as (db, stamp):
            return terms.set_archived(db, vocabulary, code, stamp, archived=True)

    def unarchive_term(self, vocabulary: str, code: str, *, by: str) -> Term:
        """Makes an archived term a choice again."""
        with self._change(by, "edit_words") as (db, stamp):
            return terms.set_archived(db, vocabulary, code, stamp, archived=False)

    def delete_term(self, vocabulary: str, code: str, *, by: str) -> None:
        """Deletes a term that nothing ever used; raises `InUse` otherwise."""
        with self._change(by, "edit_words") as (db, stamp):
            terms.delete_term(db, vocabulary, code, stamp)

    def term_history(self, vocabulary: str, code: str) -> list[Change[Term]]:
        """Every change of one term since the defaults, oldest first."""
        with self._view() as db:
            return terms.history(db, vocabulary, code)

    def verify(self) -> list[Problem]:
        """Everything that should hold and does not; [] when the database is sound."""
        with self._view("verify") as db:
            return list(verification.problems(db, self._steps))

    def backup(self, target: Path | str, *, replace: bool = True, by: str = "") -> None:
        """A verified copy of the database at `target`, made while others go on working."""
        with self._view("backup"):
            pass
        files.backup(self.path, Path(target), self._steps, replace=replace)
        self.require("backup", by=by, object=Path(target).name)

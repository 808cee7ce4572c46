"""What is killed: each kind of work as a loop that never ends, and what must hold whenever it was stopped.

`prepare` fills a folder, `work` runs in the child, `check` looks at what the kill left. Each works on a copy
of a folder that was made once, so every trial begins alike.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from tests.store.logbook import NOON, activity, fresh_folder, incident, now, partner, quarter_review
from tests.trust.harness import Tally, Trial, Voice, dumped, killed, sound
from tracker import store as stores
from tracker.exchange.export import save_file
from tracker.records import Activity, Incident, Partner
from tracker.store import Store, files
from tracker.store.schema import STEPS

RELEASED = Path(__file__).parents[1] / "store" / "released"
LIVE = "tracker.db"
BATCH, UNDONE, COPIES = 200, 12, 8


@dataclass(frozen=True)
class Kind:
    """One kind of work; the kill comes at most `lives` times as long after its first acknowledgement as it
    took to get there."""

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, Voice], None]
    check: Callable[[Path, Trial], None]
    lives: float


def trials(kind: Kind, number: int, *, start: int = 0, scale: float = 1.0) -> Tally:
    """Kills until `number` trials counted, and checks each; the seed of a trial is its place."""
    tally = Tally(kind.name)
    with fresh_folder() as template:
        kind.prepare(template)
        for seed in count(start):
            if tally.trials == number:
                return tally
            assert tally.not_counted <= 20 + number // 5, f"too many trials showed nothing: {tally}"
            tally.add(one_trial(kind, template, seed, scale=scale))
    raise AssertionError("never here")


def one_trial(kind: Kind, template: Path, seed: int, *, scale: float = 1.0) -> Trial:
    """One kill on a fresh copy of the template, and its check."""
    rnd = random.Random(f"{kind.name} {seed}")
    with fresh_folder() as folder:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        trial = killed(lambda voice: kind.work(folder, voice), after=rnd.uniform(0, kind.lives * scale))
        if trial.counts:
            kind.check(folder, trial)
        return trial


def opened(folder: Path) -> Store:
    """The store as the next start finds it."""
    return stores.open(folder / LIVE, now=now)


def empty(folder: Path) -> None:
    """A store with the default words."""
    stores.create(folder / LIVE, now=now)


# Single writes: every fourth step adds, the next three correct, withdraw and restore that one.


def write_singly(folder: Path, voice: Voice) -> None:
    """One entry after another, each said when it was stored."""
    store = opened(folder)
    for step in count():
        voice.begin(step)
        write_one(store, step)
        voice.ack(step)


def write_one(store: Store, step: int) -> None:
    """The step with this number, from 0."""
    of, what = divmod(step, 4)
    match what:
        case 0:
            store.add(incident(title=f"Onrust {of}", note="x" * 150), by="anna", request=f"click {of}")
        case 1:
            again = incident(title=f"Anders {of}")
            store.correct(of + 1, again, seen_version=1, reason="dag", by="bert")
        case 2:
            store.withdraw(Incident, of + 1, seen_version=2, reason="dubbel", by="anna")
        case 3:
            store.restore(Incident, of + 1, seen_version=3, reason="toch niet", by="anna")


def after_steps(steps: int) -> dict[int, tuple[str, int, bool]]:
    """Id -> title, version, withdrawn after so many steps: the model, in plain Python."""
    model = {}
    for step in range(steps):
        of, what = divmod(step, 4)
        title = f"Onrust {of}" if what == 0 else f"Anders {of}"
        model[of + 1] = (title, what + 1, what == 2)
    return model


def check_single_writes(folder: Path, trial: Trial) -> None:
    """What was acknowledged stands; at most the one step that was under way stands besides."""
    store = opened(folder)
    sound(store)
    stored = store.records(Incident, withdrawn=True)
    stands = {one.id: (one.record.title, one.version, one.withdrawn) for one in stored}
    done = len(trial.acknowledged)
    assert stands in (after_steps(done), after_steps(done + 1)), (done, stands)
    assert all(len(store.history(Incident, number)) == version for number, (_, version, _) in stands.items())


# Imports: batches of one organisation and many entries that point at it.


def batch(number: int, size: int = BATCH) -> list[Partner | Incident | Activity]:
    """An organisation with its incidents and meetings."""
    half = size // 2
    meetings = [activity(title=f"{number}", partner_ids=(-1,)) for _ in range(size - half)]
    return [partner(f"Partner {number}"), *[incident(title=f"{number}")] * half, *meetings]


def import_batches(folder: Path, voice: Voice) -> None:
    """One import after another."""
    store = opened(folder)
    for number in count():
        voice.begin(number)
        store.add_all(batch(number), by="import", batch=f"b{number}")
        voice.ack(number)


def check_imports(folder: Path, trial: Trial) -> None:
    """Each import is there whole or not at all; brought once more, all ends as if nothing had happened."""
    store = opened(folder)
    sound(store)
    whole = [one.batch for one in store.imports(1000)]
    done = len(trial.acknowledged)
    assert sorted(whole) in ([*sorted(_batches(done))], [*sorted(_batches(done + 1))])
    for record_type, of_each in ((Partner, 1), (Incident, BATCH // 2), (Activity, BATCH - BATCH // 2)):
        assert len(store.records(record_type)) == of_each * len(whole)
    for number in range(len(whole), done + 1):
        store.add_all(batch(number), by="import", batch=f"b{number}")
    assert dumped(folder / LIVE) == undisturbed(done + 1)


@cache
def undisturbed(number: int) -> list[str]:
    """What stands after so many imports that nobody killed."""
    with fresh_folder() as folder:
        empty(folder)
        for one in range(number):
            opened(folder).add_all(batch(one), by="import", batch=f"b{one}")
        return dumped(folder / LIVE)


def _batches(number: int) -> list[str]:
    return [f"b{one}" for one in range(number)]


# Migrations: copies of every released schema, upgraded one after another.


def released() -> list[int]:
    """The schema versions of which a released database is kept."""
    return sorted(int(folder.name[1:]) for folder in RELEASED.glob("v*"))


def prepare_migrations(folder: Path) -> None:
    """Copies of the released databases, each in a folder of its own."""
    versions = released()
    for number in range(COPIES):
        version = versions[number % len(versions)]
        (folder / f"{number}").mkdir()
        shutil.copy(RELEASED / f"v{version}" / LIVE, folder / f"{number}" / f"v{version}.db")


def migrate(folder: Path, voice: Voice) -> None:
    """Opens one older database after another."""
    for number in range(COPIES):
        (path,) = (folder / f"{number}").glob("v?.db")
        voice.begin(number)
        stores.open(path, now=now)
        voice.ack(number)


def check_migrations(folder: Path, trial: Trial) -> None:
    """Each is old or new as a whole, its copy from before is sound, and the next start completes it."""
    done = len(trial.acknowledged)
    for number in range(COPIES):
        (path,) = (folder / f"{number}").glob("v?.db")
        version = int(path.stem[1:])
        raised = files.check(path, STEPS) == len(STEPS)
        assert raised or number >= done
        if raised:
            (backup,) = path.parent.glob(f"{path.stem}.v{version}-*.db")
            assert dumped(backup) == as_released(version)
        else:
            assert dumped(path) == as_released(version)
        if number == done:
            sound(stores.open(path, now=now))
        if number <= done:
            assert dumped(path) == as_upgraded(version)


@cache
def as_released(version: int) -> list[str]:
    """What a released database says."""
    return dumped(RELEASED / f"v{version}" / LIVE)


@cache
def as_upgraded(version: int) -> list[str]:
    """What an upgrade that nobody disturbs makes of it."""
    with fresh_folder() as folder:
        shutil.copy(RELEASED / f"v{version}" / LIVE, folder / LIVE)
        sound(opened(folder))
        return dumped(folder / LIVE)


# Backups: of a database that must not change by it, over names that hold an earlier one.


def prepare_backups(folder: Path) -> None:
    """A store with some entries."""
    store = stores.create(folder / LIVE, now=now)
    store.add_all(batch(0), by="import", batch="b0")


def back_up(folder: Path, voice: Voice) -> None:
    """One backup after another; each name is used many times."""
    store = opened(folder)
    for number in count():
        voice.begin(number)
        store.backup(folder / f"copy{number % 3}.db")
        voice.ack(number)


def check_backups(folder: Path, trial: Trial) -> None:
    """Nothing under a backup's name is half: it says all that the database says."""
    content = dumped(folder / LIVE, log=False)
    sound(opened(folder))
    made = sorted(folder.glob("copy*.db"))
    assert len(made) >= min(3, len(trial.acknowledged))
    for copy in made:
        assert dumped(copy, log=False) == content
        sound(stores.open(copy, now=now))


# Restores: two backups put back in turn.


def prepare_restores(folder: Path) -> None:
    """A store, and two backups that say different things."""
    store = stores.create(folder / LIVE, now=now)
    for name in ("even", "odd"):
        store.add(partner(name), by="anna")
        store.add_all(batch(len(name)), by="import", batch=name)
        store.backup(folder / f"{name}.sqlite")


def put_back(folder: Path, voice: Voice) -> None:
    """One restore after another; the clock ticks, for what stood is kept under the moment."""
    seconds = count()
    for number in count():
        voice.begin(number)
        name = ("odd", "even")[number % 2]
        stores.restore(
            folder / f"{name}.sqlite", folder / LIVE, now=lambda: NOON + timedelta(seconds=next(seconds))
        )
        voice.ack(number)


def check_restores(folder: Path, trial: Trial) -> None:
    """What stands is one of the two as a whole: the last that was acknowledged, or the next."""
    store = opened(folder)
    sound(store)
    content = dumped(folder / LIVE, log=False)
    names = ("odd", "even")
    done = len(trial.acknowledged)
    either = [dumped(folder / f"{names[number % 2]}.sqlite", log=False) for number in (done - 1, done)]
    assert content in either
    for kept in folder.glob("tracker.before-restore-*.db"):
        assert dumped(kept, log=False) in either


# Closing evaluations: the record and its facts, both or none.


def facts_of(number: int) -> bytes:
    """What is frozen at the end of the evaluation with this number."""
    return f"feiten {number} ".encode() * 2_000


def freeze(folder: Path, voice: Voice) -> None:
    """Closes the evaluation of one quarter after another."""
    store = opened(folder)
    for number in range(100):
        quarter = date(2000 + number // 4, 1 + 3 * (number % 4), 1)
        voice.begin(number)
        store.close_quarter(quarter_review(quarter=quarter), facts_of(number), by="anna")
        voice.ack(number)


def check_freezing(folder: Path, trial: Trial) -> None:
    """Each evaluation that stands gives its own facts, and none stands without."""
    store = opened(folder)
    sound(store)
    closed = sorted(store.records(stores.KINDS["quarter_review"]), key=lambda one: one.id)
    assert len(closed) - len(trial.acknowledged) in (0, 1)
    for number, one in enumerate(closed):
        assert store.frozen_facts(one.record.digest) == facts_of(number)
    with closing(sqlite3.connect(store.path)) as conn:
        assert conn.execute("SELECT count(*) FROM frozen_facts").fetchone() == (len(closed),)


# A report as a file: whole under its name, or the one before.


def report_of(number: int) -> bytes:
    """The content of the report with this number: as long as a small PDF."""
    return f"verslag {number};".encode() * (20_000 + number)


def save_reports(folder: Path, voice: Voice) -> None:
    """Writes one report over another."""
    for number in count():
        voice.begin(number)
        save_file(folder / "report.pdf", report_of(number))
        voice.ack(number)


def check_reports(folder: Path, trial: Trial) -> None:
    """It is the last that was acknowledged, or the next; never a half one."""
    done = len(trial.acknowledged)
    assert (folder / "report.pdf").read_bytes() in (report_of(done - 1), report_of(done))


# Undoing imports.


def prepare_undoing(folder: Path) -> None:
    """A store with imports to take back."""
    store = stores.create(folder / LIVE, now=now)
    for number in range(UNDONE):
        store.add_all(batch(number, 30), by="import", batch=f"b{number}")


def undo(folder: Path, voice: Voice) -> None:
    """Takes one import back after another."""
    store = opened(folder)
    for number in range(UNDONE):
        voice.begin(number)
        store.undo_batch(f"b{number}", reason="verkeerd bestand", by="anna")
        voice.ack(number)


def check_undoing(folder: Path, trial: Trial) -> None:
    """Each import stands whole or is gone whole."""
    store = opened(folder)
    sound(store)
    standing = {one.batch: one.standing for one in store.imports(1000)}
    gone = [number for number in range(UNDONE) if standing[f"b{number}"] == 0]
    assert set(standing.values()) <= {0, 31}
    done = len(trial.acknowledged)
    assert gone in ([*range(done)], [*range(done + 1)])


def nothing(folder: Path) -> None:
    """An empty folder is enough."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("single writes", empty, write_singly, check_single_writes, 3),
        Kind("imports", empty, import_batches, check_imports, 2),
        Kind("migrations", prepare_migrations, migrate, check_migrations, 1.5),
        Kind("backups", prepare_backups, back_up, check_backups, 1.5),
        Kind("restores", prepare_restores, put_back, check_restores, 1.5),
        Kind("evaluations closed", empty, freeze, check_freezing, 3),
        Kind("report files", nothing, save_reports, check_reports, 20),
        Kind("imports undone", prepare_undoing, undo, check_undoing, 1.5),
    )
}

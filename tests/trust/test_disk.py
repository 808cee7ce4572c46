"""Trust T6, T7: a full disk or a signal to stop loses nothing that was stored, and the next save works."""

from __future__ import annotations

import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pages.conftest import screen  # noqa: F401
from tests.store.logbook import fresh_folder, incident, now, partner
from tests.test_command_line import Run, run  # noqa: F401
from tests.trust.harness import Voice, found, killed, sound
from tests.trust.kinds import KINDS, LIVE, check_single_writes, opened
from tracker import store as stores
from tracker.records import Incident
from tracker.store import Store, StoreError, idle
from tracker.store.connection import SETTINGS

FULL = ("full", "io")
SIGNALS, SECONDS_TO_STOP = 20, 5


@contextmanager
def pages_are_out(path: Path) -> Iterator[None]:
    """SQLite may take no page more than the file has: the same answer as that of a full disk.

    Connections that wait were opened with other settings, so none may wait into this or out of it.
    """
    from tracker.store import connection

    pages = path.stat().st_size // 4096
    connection.SETTINGS = (*SETTINGS, f"max_page_count = {pages}")
    idle.close()
    try:
        yield
    finally:
        connection.SETTINGS = SETTINGS
        idle.close()


@contextmanager
def files_may_not_grow(path: Path) -> Iterator[None]:
    """The limit of the system on the size of a file stands for the disk."""
    usual, handled = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, handled)


WAYS = [pages_are_out, files_may_not_grow]


def until_it_is_full(store: Store, *, letters: int = 1900, most: int = 500) -> tuple[list[int], str]:
    """The ids that were said to be stored, and the code of the refusal that ended it."""
    stored: list[int] = []
    for number in range(most):
        try:
            stored.append(store.add(incident(title=str(number), note="x" * letters), by="anna").id)
        except StoreError as error:
            return stored, error.code
    raise AssertionError("it was never full")


@pytest.mark.parametrize("way", WAYS)
def test_a_full_disk_refuses_keeps_what_was_stored_and_lets_go(way: Callable):
    with fresh_folder() as folder:
        store = stores.create(folder / LIVE, now=now)
        before = store.add(incident(title="eerst", note="x" * 1900), by="anna").id
        with way(store.path):
            stored, code = until_it_is_full(store)
            assert code in FULL
            with pytest.raises(StoreError) as refused:
                store.add_all([incident(note="y" * 1900)] * 200, by="import", batch="b")
            assert refused.value.code in FULL
            assert [one.id for one in store.records(Incident)] == [before, *stored]  # reading goes on
            sound(store)
        after = store.add(incident(title="later", note="z" * 1900), by="anna").id  # without a restart
        assert [one.id for one in store.records(Incident)] == [before, *stored, after]
        sound(store)


def test_with_room_the_same_work_is_not_refused():
    """The control: it is the disk that refuses."""
    with fresh_folder() as folder:
        store = stores.create(folder / LIVE, now=now)
        with pytest.raises(AssertionError, match="never full"):
            until_it_is_full(store, most=40)


def test_the_page_says_in_one_dutch_sentence_that_the_disk_is_full(screen):  # noqa: F811
    page = screen().go("log.py")
    page.app.button_group[0].set_value("incident")
    page.run()
    page.field("text_input", "title").set_value("Onrust " + "x" * 180)
    page.field("radio", "severity").set_value(4)
    page.run()
    store = stores.open(page.path, now=now)
    with pages_are_out(page.path):
        until_it_is_full(store)
        until_it_is_full(store, letters=0)  # also what is left of the last page
        page.click("Leg vast")
        assert "De schijf is vol. Er is niets bewaard." in page.text()
    assert not [one for one in store.records(Incident) if one.record.title.startswith("Onrust")]


def test_the_command_says_it_in_one_line(run: Run, tmp_path: Path):  # noqa: F811
    (tmp_path / "incidents.csv").write_text(
        "date,title,severity\n" + "".join(f"2024-03-04,Onrust {n} {'x' * 150},4\n" for n in range(900))
    )
    run("init")
    with pages_are_out(tmp_path / "data" / "tracker.db"):
        answer = run("import", tmp_path / "incidents.csv")
        assert (answer.code, "Traceback" in answer.err) == (1, False)
        assert "The disk is full. Nothing was stored. Make room and try again." in answer.err
        assert run("verify").code == 0
    assert run("import", tmp_path / "incidents.csv").code == 0


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_in_the_middle_of_saving_loses_nothing_and_frees_the_lock(by: signal.Signals):
    kind, counted = KINDS["single writes"], 0
    for seed in range(SIGNALS + 2):
        with fresh_folder() as folder:
            kind.prepare(folder)
            after = random.Random(f"{by} {seed}").uniform(0, 1)
            trial = killed(lambda voice, folder=folder: kind.work(folder, voice), after=after, by=by)
            counted += trial.counts
            assert trial.took < SECONDS_TO_STOP
            begun = time.monotonic()
            opened(folder).add(partner("GGD"), by="anna")
            assert time.monotonic() - begun < SECONDS_TO_STOP  # nobody holds the lock
            check_single_writes(folder, trial)
    print(f"{by.name}: {counted} counted")
    assert counted >= SIGNALS


def test_what_was_said_before_it_was_stored_is_found_after_a_signal_as_well():
    """The control of the signals."""

    def too_early(voice: Voice) -> None:
        for step in range(100):
            voice.begin(step)
            voice.ack(step)
            time.sleep(0.01)

    with fresh_folder() as folder:
        KINDS["single writes"].prepare(folder)
        trial = killed(too_early, after=3, by=signal.SIGTERM)
        assert found(lambda: check_single_writes(folder, trial))

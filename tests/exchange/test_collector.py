"""The search for cycles is paused for as long as an import runs, and never longer."""

from __future__ import annotations

import gc

import pytest

from tracker.exchange import collector


def test_the_search_is_on_again_afterwards_also_after_a_failure() -> None:
    with collector.paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(LookupError), collector.paused():
        raise LookupError
    assert gc.isenabled()


def test_whoever_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collector.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

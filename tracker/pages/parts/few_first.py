"""The first few of a long list stand on the page, the others in a fold below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from tracker.words import Words

T = TypeVar("T")


def draw(say: Words, found: Sequence[T], most: int, drawn: Callable[[Sequence[T]], None]) -> None:
    """`drawn` gets the first `most`, and inside the fold what is left."""
    drawn(found[:most])
    if len(found) > most:
        with st.expander(say("Show {n} more", n=len(found) - most)):
            drawn(found[most:])

"""Filters that stand in the address as codes, so that a link shows a colleague the same view in any language.

Streamlit's own binding writes the words of the reader's language, which another language cannot read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from tracker.pages.around import frame
from tracker.records import FIRST_DAY


def day(name: str, label: str, value: date) -> date:
    """A day from 2000 up to today; `value` when the address has none or a wrong one."""
    asked = _parsed(st.query_params.get(name, "")) or value
    chosen = st.date_input(
        label,
        value=min(max(asked, FIRST_DAY), frame.today()),
        min_value=FIRST_DAY,
        max_value=frame.today(),
        format="DD-MM-YYYY",
        key=f"filter.{name}",
    )
    chosen = chosen if isinstance(chosen, date) else value
    _write(name, [] if chosen == value else [chosen.isoformat()])
    return chosen


def one(name: str, label: str, options: dict[str, str], value: str) -> str:
    """One of `options` (code -> its words)."""
    asked, key = st.query_params.get(name, value), f"filter.{name}"
    if st.session_state.get(key) not in options:  # no `default`: a button may turn it to another one
        st.session_state[key] = asked if asked in options else value
    chosen = st.segmented_control(
        label, list(options), required=True, format_func=options.__getitem__, key=key
    )
    keep(name, chosen, value)
    return chosen


def listed(name: str, label: str, options: dict[str, str], value: str) -> str:
    """One of many `options` (code -> its words), from a list that folds out."""
    asked = st.query_params.get(name, value)
    codes = list(options)
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(asked if asked in options else value),
        format_func=lambda code: options.get(code, code),
        key=f"filter.{name}",
    )
    keep(name, chosen, value)
    return chosen


def several(name: str, label: str, options: dict[str, str], *, placeholder: str) -> tuple[str, ...]:
    """Any of `options` (code -> its words); none means all."""
    asked = [code for code in st.query_params.get_all(name) if code in options]
    chosen = st.multiselect(
        label,
        list(options),
        default=asked,
        format_func=options.__getitem__,
        key=f"filter.{name}",
        placeholder=placeholder,
    )
    _write(name, chosen)
    return tuple(chosen)


def switch(name: str, label: str, *, help: str | None = None) -> bool:
    """A switch that is off unless the address says 1."""
    chosen = st.toggle(label, value=st.query_params.get(name) == "1", key=f"filter.{name}", help=help)
    _write(name, ["1"] if chosen else [])
    return chosen


def asked(name: str) -> str:
    """What the address says of something that a page chooses in a way of its own; empty without it."""
    return st.query_params.get(name, "")


def keep(name: str, chosen: str, usual: str) -> None:
    """Puts that choice into the address, unless it is the usual one."""
    _write(name, [] if chosen == usual else [chosen])


def is_set(names: Sequence[str]) -> bool:
    """True when the address holds one of these filters."""
    return any(name in st.query_params for name in names)


def _write(name: str, values: Sequence[Any]) -> None:
    if values:
        st.query_params[name] = list(values)
    elif name in st.query_params:
        del st.query_params[name]


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

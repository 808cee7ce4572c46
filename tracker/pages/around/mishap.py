"""When the program fails: the visitor gets a reference, the log of the server what failed, nobody a value.

The text of an error may quote what somebody typed ("invalid literal for int(): '...'"), so of an error only
its kind and the lines of code are written down.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

import streamlit as st

from tracker.pages.around import frame, style, write

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def show(error: Exception) -> bool:
    """Says on the page that something failed, with the reference under which it stands in the log.

    Streamlit calls it for whatever a page, a fragment or a callback raises, after writing that in the log.
    A callback runs before the page and the page then not, so the style comes along. True: nothing else is
    shown of the error.
    """
    if "language" not in st.session_state:
        frame.choose_language()
    say, number = frame.voice(), reference(error)
    style.apply()
    write.heading(say("Something went wrong here"), 1)
    write.paragraph(
        say("It is a fault of the program. Ask for help with this number: {number}.", number=number),
        role="alert",
    )
    write.paragraph(say("Look whether what you filled in was stored. The other pages still work."))
    here = urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)
    again = say("Load this page again")
    st.html(f'<a href="?{escape(here)}" target="_self">{escape(again)}</a>')
    return True


def reference(error: BaseException) -> str:
    """What this error is called on the page and in the log; made when first asked."""
    return str(vars(error).setdefault("reference", secrets.token_hex(4)))


def keep_values_out_of_the_log() -> None:
    """From now on all that the server logs, whoever logs it, is a `Line`."""
    logging.setLogRecordFactory(Line)


class Line(logging.LogRecord):
    """A message that stays one line, and an error without its text but with its reference."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        error = self.exc_info[1] if self.exc_info else None
        self.exc_info = None
        if error is not None:
            self.exc_text = f"Reference {reference(error)}\n{without_values(error)}"

    def getMessage(self) -> str:  # the name that logging asks for
        return _STEERING.sub(lambda mark: repr(mark[0])[1:-1], super().getMessage())


def without_values(error: BaseException) -> str:
    """Where an error and those it came from arose, the first one first, and of which kind each is."""
    told = []
    for one in reversed(list(_chain(error))):
        told += ["Traceback (most recent call last):\n", *traceback.format_tb(one.__traceback__)]
        told.append(f"{type(one).__module__}.{type(one).__qualname__}\n")
    return "".join(told).rstrip()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, those of a group, and those it was raised from."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__ or one.__context__, *getattr(one, "exceptions", ())]

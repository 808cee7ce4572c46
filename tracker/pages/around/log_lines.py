"""What the server writes down: of an error which kind and where it arose, of nothing a value.

The text of an error may quote what somebody typed ("invalid literal for int(): '...'").
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
import traceback
from collections.abc import Iterator

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def reference(error: BaseException) -> str:
    """What this error is called on the page and in the log; made when first asked."""
    return str(vars(error).setdefault("reference", secrets.token_hex(4)))


def keep_values_out_of_the_log() -> None:
    """From now on all that the server logs, whoever logs it, is a `Line`, also what a thread fails with."""
    logging.setLogRecordFactory(Line)
    threading.excepthook = _log_failure


def _log_failure(failed: threading.ExceptHookArgs) -> None:
    """Python would write the text of the error to the console, past the log."""
    error = failed.exc_value
    logging.getLogger(__name__).error("A thread failed", exc_info=error)


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

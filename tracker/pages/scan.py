"""Where somebody replies to the self-scan with a code: eight statements, and nothing of who or when.

It reads nothing of the round: not whether it is open, and not whether anybody else replied.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

import streamlit as st

from tracker.analysis.self_scan import STATEMENTS
from tracker.pages.around import frame, write
from tracker.pages.forms import entry
from tracker.pages.forms.fields import Fields
from tracker.records import InvalidRecord
from tracker.store import WrongCode
from tracker.words import Words
from tracker.words.self_scan import LESSONS, POINTS, SAID

_FORM, _SENT, _CODE = "scan", "scan_sent", "code"
_UNKNOWN = 0  # "I don't know": it is asked, and never stored
# Wrong codes of all visitors together, in memory only: at this pace nobody guesses a code within a round.
MOST_WRONG, WINDOW = 30, timedelta(minutes=1)


class _Answers(Fields):
    """The fields of the reply, with the steps of a statement side by side."""

    def in_a_row(self, name: str, label: str, options: dict[int, str]) -> int | None:
        """One of a few steps, a step -> its words; nothing is chosen beforehand."""
        said = options.__getitem__
        steps = list(options)
        return self._asked(
            name, st.radio, label, options=steps, index=None, horizontal=True, format_func=said
        )

    def wrong(self) -> bool:
        """Whether something was refused."""
        return bool(self._problems())


def draw() -> None:
    """The statements, or thanks."""
    say = frame.voice()
    if st.session_state.get(_SENT) and _CODE not in st.query_params:
        _thanks(say)
        return
    st.session_state.pop(_SENT, None)
    write.heading(say("How do we work together? Eight statements"), 1)
    write.points(list(say.scan_promise()))
    fields = _Answers(say, entry.draft(_FORM))
    with st.container(key="form_fields"):
        code = fields.text(_CODE, say("Your code"), st.query_params.get(_CODE, ""))
        given = _statements(say, fields)
        fields.problems_elsewhere()
        if fields.wrong():  # on a phone the field may be far above
            write.paragraph(say("Not sent yet. Look above, beside the arrow."), role="alert")
        if st.button(say("Send my answers"), type="primary", key="scan.send"):
            _send(fields, code, given)


def _statements(say: Words, fields: _Answers) -> dict[str, int | None]:
    """Statement -> what was answered so far."""
    answers = {number: f"{number} · {say(word)}" for number, word in POINTS.items()}
    answers[_UNKNOWN] = say("I don’t know")
    given = {}
    for lesson, asked in STATEMENTS.items():
        write.heading(say(LESSONS[lesson]), 2)
        for statement in asked:
            given[statement] = fields.in_a_row(statement, say(SAID[statement]), answers)
    return given


def _send(fields: Fields, code: str, given: dict[str, int | None]) -> None:
    """Stores the reply; whatever is wrong, what was answered stays."""
    problems = {
        name: "required" for name, answer in {_CODE: code.strip() or None, **given}.items() if answer is None
    }
    if problems:
        fields.refuse(problems)
    if _too_many_wrong():
        fields.refuse({_CODE: "too_many_codes"})
    points = {name: answer for name, answer in given.items() if answer is not None and answer != _UNKNOWN}
    try:
        frame.current_store().reply_to_scan(code, points)
    except WrongCode as refused:
        _wrong().append(frame.now())
        fields.refuse({_CODE: refused.code})
    except InvalidRecord as refused:
        fields.refuse(refused.problems)
    _forget(fields)
    st.session_state[_SENT] = True
    st.rerun()


def _forget(fields: Fields) -> None:
    """Code and answers leave the address and the session as well."""
    entry.drop(_FORM)
    st.query_params.pop(_CODE, None)
    for key in [str(key) for key in st.session_state if str(key).endswith(fields.draft.nonce)]:
        del st.session_state[key]


def _thanks(say: Words) -> None:
    write.heading(say("Thank you. Your answers are stored."), 1)
    write.paragraph(say("Your code is used up and forgotten. You can close this page."))
    if st.button(say("Somebody else replies on this device"), key="scan.next"):
        del st.session_state[_SENT]
        st.rerun()


def _too_many_wrong() -> bool:
    """Whether so many wrong codes were just tried that everybody waits a little."""
    tried = _wrong()
    return len(tried) == MOST_WRONG and frame.now() - tried[0] < WINDOW


@st.cache_resource(show_spinner=False)
def _wrong() -> deque[datetime]:
    """When the last wrong codes were tried, by anybody; one list for the whole server."""
    return deque(maxlen=MOST_WRONG)


draw()

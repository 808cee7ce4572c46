"""What the guard found in the texts of a form: where it stands, and why it is a false alarm if it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from tracker import privacy
from tracker.pages.around import write
from tracker.privacy import Looked, LookedAt

if TYPE_CHECKING:
    from tracker.pages.forms.fields import Fields

_CODE = "looks_like_"


def remember(fields: Fields, problems: dict[str, str]) -> None:
    """Keeps what was found for as long as the draft is open, also when the next save finds something else."""
    new = [(name, code.removeprefix(_CODE)) for name, code in problems.items() if code.startswith(_CODE)]
    st.session_state[fields.key("findings")] = list(dict.fromkeys([*_found(fields), *new]))


def looked(fields: Fields) -> Looked:
    """What the visitor said of the findings that were shown so far: codes, never a text."""
    state, said = st.session_state, []
    for name, kind in _found(fields):
        ticked = privacy.TICKED if state.get(fields.key("accepted")) else ""
        why = state.get(fields.key(f"why.{name}.{kind}")) if kind in privacy.BLOCKED else ticked
        if why:
            said.append(LookedAt(field=name, kind=kind, why=why))
    return tuple(said)


def with_texts(fields: Fields, problems: dict[str, str]) -> dict[str, str]:
    """These problems, and what the guard finds in the other texts of the form: all of it is told at once, not
    first what is missing and then what may not be there."""
    explained = {(one.field, one.kind) for one in looked(fields)}
    told = dict(problems)
    for name in fields.labels:
        kinds = [hit.kind for hit in privacy.find(str(st.session_state.get(fields.key(name)) or ""))]
        kind = next((kind for kind in kinds if (name, kind) not in explained), "")
        if kind:
            told.setdefault(name, _CODE + kind)
    return told


def ask(fields: Fields) -> None:
    """A reason from a short list for each finding that is blocked, and one tick for all the others."""
    say = fields.say
    for name, kind in _found(fields):
        if kind in privacy.BLOCKED:
            label = say.why_no_person(kind, fields.labels.get(name, name).rstrip("?"))
            fields.choice(f"why.{name}.{kind}", label, say.reasons_of_override(), "")
    if any(kind in privacy.WARNED for _, kind in _found(fields)):
        fields.tick("accepted", say("I looked: no person is meant here."), False)


def point_out(fields: Fields, name: str, code: str) -> None:
    """Says where in the text of a field it stands."""
    text = str(st.session_state.get(fields.key(name)) or "")
    for hit in privacy.find(text) if code.startswith(_CODE) else ():
        if hit.kind == code.removeprefix(_CODE):
            write.paragraph(fields.say("It stands here: {text}", text=text[hit.start : hit.end]))


def _found(fields: Fields) -> list[tuple[str, str]]:
    """Field and kind of all that was found in this draft so far."""
    found: list[tuple[str, str]] = st.session_state.get(fields.key("findings"), [])
    return found

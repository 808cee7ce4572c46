"""Every field of a page has help in plain words, or a label that needs none and stands here with a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.pages.forms.review_form import QUESTIONS
from tracker.records import Partner
from tracker.words import LANGUAGES, speak
from tracker.words.access import SETTINGS
from tracker.words.field_help import FIELD_HELP

PAGES = Path(__file__).parents[2] / "tracker" / "pages"
OF_A_FORM = {"day", "text", "choice", "several", "scale", "tick"}
OF_A_PAGE = {
    "text_input", "text_area", "selectbox", "date_input", "number_input", "multiselect", "checkbox", "toggle",
    "radio", "file_uploader", "segmented_control", "one", "listed", "switch", "day",
    "several",
}  # fmt: skip
# Names that the source makes: what stands there, and what it can be.
MADE = {
    "name": {*QUESTIONS, *(name for name in SETTINGS if name != "notes_shown_to"), "averted", "owner_role"},
    "_NOTES": {"notes_shown_to"},
    "_CODE": {"code"},
    "field": {"roles"},
    "f'why.{name}.{kind}'": {"why"},
}
PLAIN_NAMES = {
    "kind": "the words of the list say it, and the glossary can add what they mean",
    "scale": "the words of the list say it, and the glossary can add what they mean",
    "phenomenon": "the words of the list say it, and the glossary can add what they mean",
    "accepted": "the line is a sentence that says what the tick means",
    "averted": "each of these ticks says in its own help which figures it changes",
}
FILTER = "a choice of what is shown: it changes nothing and can be turned back"
SENTENCE = "the line itself is a whole question or a sentence that says what it does"
WHICH = "a choice from what stands on the page"
PLAIN = {
    "What was done": FILTER, "Step of the meeting": FILTER, "Which quarter?": FILTER, "Quarter": FILTER,
    "What was changed": FILTER, "Who changed it": FILTER, "From": FILTER, "Up to and including": FILTER,
    "Lesson": FILTER, "What do you want to log?": FILTER, "Which series?": FILTER, "Arrangement": FILTER,
    "What is it about?": FILTER, "Prevention phase": FILTER, "Only these activities": FILTER,
    "Incidents from severity": FILTER, "Count on": FILTER, "Show the national threat level": FILTER,
    "Show what was taken back instead": FILTER,
    "Which incident?": WHICH, "Which entry?": WHICH, "Which of these?": WHICH, "Which one?": WHICH,
    "Which arrangement?": WHICH, "Repeat the last meeting of": WHICH, "Which event?": WHICH,
    "Meetings": WHICH, "About which quarter?": WHICH,
    "Choose files: CSV, XLSX or ICS": SENTENCE, "I looked: no person is meant in these rows.": SENTENCE,
    "Why do you take it back?": SENTENCE, "I know that this cannot be undone.": SENTENCE,
    "Why do the texts go?": SENTENCE, "{name}: last met on": SENTENCE, "New: {name}": SENTENCE,
    "all rows": "the question names the kind of finding, and above it stands what it is",
    "These kinds always count": "the rule stands right above it",
    "Why not?": SENTENCE,
    "Next meeting": SENTENCE, "Pause until": SENTENCE, "Reason": "it stands beside Pause until",
    "Why does it stop?": SENTENCE, "How many codes?": SENTENCE,
    "For everybody: without names, themes and places, and without small numbers": SENTENCE,
    "label": "the caller names it: a month, or the question why something is taken back",
    "write.label(name)": "the name of a column of the visitor's own file",
    "write.label(heading)": "the heading of a column of the visitor's own file",
    "_text(say, question)": "a whole question about the visitor's own file",
}  # fmt: skip


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """The fields in the source: which widget or kind of field, and how it is asked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            room = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if room in {"fields", "self"} and node.func.attr in OF_A_FORM and node.args:
                yield "form", node
            if room in {"st", "address", "column"} and node.func.attr in OF_A_PAGE and node.args:
                yield room, node


def labels(node: ast.AST) -> list[str]:
    """The texts in a label as the source writes them."""
    said = [
        str(one.args[0].value)
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "say"
        and one.args and isinstance(one.args[0], ast.Constant)
    ]  # fmt: skip
    return said or [ast.unparse(node)]


def without_help(tree: ast.AST) -> list[str]:
    """The fields that have no help, and whose label is not in the list."""
    found = []
    for room, call in calls(tree):
        if any(one.arg == "help" for one in call.keywords):
            continue
        if room == "form":
            name = call.args[0]
            names = {name.value} if isinstance(name, ast.Constant) else MADE[ast.unparse(name)]
            found += [one for one in names if one not in FIELD_HELP and one not in PLAIN_NAMES]
        else:
            label = call.args[1] if room == "address" else call.args[0]
            found += [one for one in labels(label) if one not in PLAIN]
    return found


def every_page() -> list[ast.AST]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PAGES.rglob("*.py"))]


def test_every_field_has_help_or_a_label_that_needs_none():
    trees = every_page()
    assert sum(len(list(calls(tree))) for tree in trees) > 100
    assert [one for tree in trees for one in without_help(tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        'fields.text("riddle", say("Label"), "")',
        'st.text_input(say("Riddle"), key="x")',
        'address.listed("what", say("Riddle"), {}, "")',
    ],
)
def test_a_field_without_help_would_be_found(source):
    assert len(without_help(ast.parse(source))) == 1
    assert without_help(ast.parse(source[:-1] + ', help="why")')) == []


def test_no_line_of_the_list_is_without_a_field():
    trees = every_page()
    asked = [call for tree in trees for _, call in calls(tree)]
    said = {text for call in asked for place in call.args[:2] for text in labels(place)}
    assert {label for label in PLAIN if label not in said} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_short_whole_sentences_in_either_language(language):
    say = speak(language)
    for text in FIELD_HELP.values():
        told = say(text)
        assert told.endswith((".", "?")), told
        assert max(len(part.split()) for part in re.split(r"[.?:;] ", told)) <= 20, told
        assert language == "en" or told != text, told


def test_the_help_stands_at_the_field(screen):
    page = screen(Partner(name="Politie", domain="safety")).go("log.py")
    assert page.field("date_input", "happened_on").help == speak("nl")(FIELD_HELP["happened_on"])
    assert page.field("multiselect", "partner_ids").help == speak("nl")(FIELD_HELP["partner_ids"])

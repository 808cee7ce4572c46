"""Text on the page as text: nothing a user typed is ever read as Markdown or HTML.

Streamlit's own headings and labels read Markdown, in which an image is a call to another server.
"""

from __future__ import annotations

import re
from html import escape

import streamlit as st

_LONG = 120
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# An address becomes a link after the escapes are read; a sign without width keeps it from being one.
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?<=:)(?=//)|(?<=@)", re.IGNORECASE)


def heading(text: str, level: int = 2) -> None:
    """A heading of `level` 1-3, in the letter of the page; a long conclusion is set smaller."""
    long = " long" if len(text) > _LONG else ""
    st.html(f"<h{level} class='letter{long}'>{escape(text)}</h{level}>")


def paragraph(text: str, *, strong: str = "", role: str = "", tone: str = "") -> None:
    """A paragraph; `strong` stands before it in bold, `tone` is the name of a style, `role` one of ARIA."""
    marks = "".join(f' {name}="{value}"' for name, value in (("role", role), ("class", tone)) if value)
    lead = f"<strong>{escape(strong)}</strong> " if strong else ""
    st.html(f"<p{marks}>{lead}{escape(text)}</p>")


def points(lines: list[str]) -> None:
    """A list of lines."""
    st.html("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]], *, caption: str) -> None:
    """A small table of words with a caption for who cannot see it; the first column heads its row.

    On a narrow screen a style stacks its rows, each cell with the name of its column.
    """
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td data-head="{escape(name)}">{escape(cell)}</td>'
            for name, cell in zip(head[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<table class="words"><caption class="unseen">{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def label(text: str) -> str:
    """Text for a button or an expander, with every sign that Markdown could read made harmless."""
    return _PUNCTUATION.sub(r"\\\1", _ADDRESS.sub("\u2060", text.replace("\n", " ")))

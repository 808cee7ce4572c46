"""The few rules of style that Streamlit's theme cannot say, in one place."""

from __future__ import annotations

import streamlit as st

_RULES = """
.stMainBlockContainer {max-width: 1180px; padding: 3.6rem 1rem 4rem;}
[data-testid=stToolbar] {padding-left: max(0px, calc(50vw - 590px));}
.st-key-form_fields, .st-key-form_change {max-width: 46rem;}
h1.letter {font-size: 2.35rem; line-height: 1.22; max-width: 24em; text-wrap: balance;
  padding: .6rem 0 .2rem;}
h1.letter.long {font-size: 1.75rem; max-width: 34em;}
h2.letter {font-size: 1.45rem; padding: 1rem 0 .1rem;}
h3.letter {font-size: 1.2rem; padding: .6rem 0 0;}
.letter {font-family: "Source Serif", serif; font-weight: 600; margin: 0;}
[data-testid=stHtml] p {margin: 0 0 .15rem; max-width: 62em;}
[data-testid=stHtml] a {color: inherit;}
[data-testid=stCaptionContainer] {color: inherit; opacity: 1;}
[data-testid=stHtml] ul {margin: 0; padding-left: 1.2rem;}
p.quiet {font-size: .85rem; opacity: .85;}
p.problem {font-weight: 700;}
p.problem::before {content: "→ ";}
span.tag {background: rgba(128, 122, 100, .18); padding: .18rem .35rem; margin-right: .5rem;
  font-weight: 600;}
table.words {border-collapse: collapse; width: 100%;}
table.words th, table.words td {text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0;
  border-bottom: 1px solid rgba(128, 128, 128, .35); font-weight: 400;}
table.words thead th, table.words tbody th {font-weight: 600;}
table.words tbody th {min-width: 9.8rem;}
[class*="st-key-agreement_"], [class*="st-key-history_line_"] {
  border-bottom: 1px solid rgba(128, 128, 128, .35); padding-bottom: .6rem; gap: .4rem;}
[data-testid=stPageLink] a {padding-left: 0; padding-right: 0;}
[data-testid=stPageLink] a * {white-space: normal; overflow: visible; text-decoration: underline;}
[data-testid=stPageLink] a:hover, [class*="st-key-history_line_"] [data-testid=stPageLink] *
  {background: none;}
.st-key-meeting, .st-key-meeting .stColumn > [data-testid=stVerticalBlock] {gap: .5rem;}
.st-key-meeting h1.letter {font-size: 2.1rem; max-width: 28em; padding: 0;}
.st-key-meeting h1.letter.long {font-size: 1.6rem; max-width: 40em;}
.st-key-meeting h2.letter {font-size: 1.25rem; padding: 0 0 .3rem;}
.st-key-meeting h3.letter {font-size: 1.1rem; padding: .2rem 0 0;}
.st-key-meeting_steps [data-testid=stWidgetLabel] {position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%);}
.st-key-meeting_steps button {padding: .2rem .5rem;}
.st-key-meeting table.words {font-size: .85rem;}
.st-key-meeting table.words tbody th {min-width: 0;}
.st-key-meeting table.words th, .st-key-meeting table.words td {padding-right: .6rem; hyphens: auto;}
.unseen {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
.st-key-language {position: fixed; top: .5rem; right: max(1rem, calc(50vw - 590px + 1rem)); width: auto;
  gap: .25rem; z-index: 1000001;}
.st-key-language > div {width: auto;}
.st-key-language a, .st-key-language b {display: inline-block; min-width: 2.5rem; padding: .25rem .5rem;
  text-align: center; border: 1px solid; border-radius: 4px; text-decoration: none; color: inherit;}
.st-key-language b {background: rgba(27, 94, 115, .14);}
[role=spinbutton] {min-width: 24px; min-height: 24px; text-align: center;}
.stButton kbd {opacity: 1;}
[data-testid=stLayoutWrapper]:has(> .st-key-done) {position: sticky; top: 3.4rem; z-index: 100;}
.st-key-done {background: light-dark(#FCFBF8, #12181D); padding: .4rem 0;
  border-bottom: 1px solid light-dark(#8B9297, #6E7C84);}
[data-testid=stMain]:has(.st-key-done) {scroll-padding-top: 8rem;}
:focus-visible, label:has(> input:focus-visible), label:has(> span > input:focus-visible)
  {outline: 2px solid light-dark(#1D2A33, #E9EDEF) !important; outline-offset: 1px !important;}
input:focus-visible, textarea:focus-visible, canvas:focus-visible, main:focus-visible, summary:focus-visible
  {outline-offset: -2px !important;}
[data-testid=stButtonGroup] button[aria-checked=true], [data-testid=stButtonGroup] button[aria-checked=true] *
  {color: inherit !important; font-weight: 600;}
[data-testid=InputInstructions], [data-testid=stElementToolbar] {display: none;}
.st-key-narrow, [class*="st-key-narrow_"] {display: none;}
@media (min-width: 641px) {:root:has(.st-key-meeting) {font-size: 20px;}}
@media (max-width: 640px) {
  .st-key-wide, [class*="st-key-wide_"] {display: none;}
  .st-key-narrow, [class*="st-key-narrow_"] {display: flex;}
  h1.letter, .st-key-meeting h1.letter {font-size: 1.75rem;}
  .st-key-meeting h1.letter.long {font-size: 1.4rem;}
  table.words thead {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
  table.words tr {display: block; padding: .5rem 0; border-bottom: 1px solid rgba(128, 128, 128, .35);}
  table.words tbody th, table.words td {display: block; border: 0; padding: .1rem 0; overflow-wrap: anywhere;}
  .stButton kbd {display: none;}
  .stButton p, .stButton [data-testid=stMarkdownContainer] {white-space: normal; overflow: visible;
    text-overflow: clip;}
  table.words td[data-head]:not(:empty)::before {content: attr(data-head) ": "; opacity: .8;}
}
@media print {header, .st-key-language, .st-key-done, .stButton, .stDownloadButton, [data-testid=stPopover],
    [data-testid=stPageLink], .stCheckbox {display: none !important;}
  .stApp {background: white;}
  table.words {font-size: .8rem;}
  table.words tr {break-inside: avoid;}
  .letter {break-after: avoid;}
}
"""


def apply() -> None:
    """Puts the rules on the page, and says whether all of it is light or dark: Streamlit says so only of its
    own part, and what opens over a page stands outside that."""
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>:root {{color-scheme: {scheme};}}{_RULES}</style>")

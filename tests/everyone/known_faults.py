"""What is known to stand in somebody's way and cannot be mended here: it fills the accessibility statement.

`python -m tests.everyone.statement` writes these lists into docs/accessibility.md. A fault that is not here
fails the tests, and so does one of these that no page has any longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Said(NamedTuple):
    """The same in English, for who works here, and in Dutch, for the statement of a municipality."""

    en: str
    nl: str


@dataclass(frozen=True)
class Fault:
    """What axe reports by `rule` at elements that match `selector`.

    `issue` is where its maker knows of it, `means` what a visitor meets and `instead` what we offer.
    """

    rule: str
    selector: str
    criterion: Said
    issue: str
    means: Said
    instead: Said


@dataclass(frozen=True)
class Limit:
    """What no rule of axe sees, and stands on a Dutch page: elements that match `selector` say `text` there.

    `attribute` is where they say it; empty for the text that is seen.
    """

    selector: str
    attribute: str
    text: str
    criterion: Said
    issue: str
    means: Said
    instead: Said


NOT_FOUND = "none found"
GOOD_PRACTICE = Said("good practice, no criterion", "goede gewoonte, geen criterium")
TYPED = Said(
    "A date can be typed in figures, without the calendar.",
    "U kunt een datum in cijfers typen, zonder de kalender.",
)
FAULTS = (
    Fault(
        rule="presentation-role-conflict",
        selector="section[data-testid=stFileUploaderDropzone]",
        criterion=GOOD_PRACTICE,
        issue=NOT_FOUND,
        means=Said(
            "On Files the area to drop a file on says to a screen reader that it is decoration, "
            "and has a name too.",
            "Bij Bestanden zegt het vak waarin u een bestand kunt slepen tegen een schermlezer "
            "dat het versiering "
            "is, en het heeft ook een naam.",
        ),
        instead=Said(
            "The button inside it does the same and is named and reached by the keyboard.",
            "De knop in het vak doet hetzelfde. Die heeft een naam en werkt met het toetsenbord.",
        ),
    ),
    Fault(
        rule="landmark-banner-is-top-level",
        selector="[data-testid=stDateInputCalendar] header",
        criterion=GOOD_PRACTICE,
        issue=NOT_FOUND,
        means=Said(
            "The row of buttons above an open calendar calls itself the head of a page.",
            "De rij knoppen boven een geopende kalender noemt zich de kop van een pagina.",
        ),
        instead=TYPED,
    ),
    Fault(
        rule="landmark-no-duplicate-banner",
        selector="body:has([data-testid=stDateInputCalendar]) header[data-testid=stHeader]",
        criterion=GOOD_PRACTICE,
        issue=NOT_FOUND,
        means=Said(
            "So while a calendar is open the page has two heads.",
            "Zolang een kalender open is, heeft de pagina dus twee koppen.",
        ),
        instead=TYPED,
    ),
    Fault(
        rule="landmark-unique",
        selector="body:has([data-testid=stDateInputCalendar]) header[data-testid=stHeader]",
        criterion=GOOD_PRACTICE,
        issue=NOT_FOUND,
        means=Said("And the two have no name of their own.", "En die twee hebben geen eigen naam."),
        instead=TYPED,
    ),
    Fault(
        rule="region",
        selector="[role=listbox], #stFloatingOverlayPortal",
        criterion=GOOD_PRACTICE,
        issue=NOT_FOUND,
        means=Said(
            "A list that folds out and the help of a field stand outside the main part of the page.",
            "Een lijst die openklapt en de uitleg bij een veld staan buiten het hoofddeel van de pagina.",
        ),
        instead=Said(
            "The field and its help button are in it, and tie the list and the help to themselves.",
            "Het veld en de knop voor uitleg staan er wel in en verwijzen naar de lijst en de uitleg.",
        ),
    ),
)
LIMITS = (
    Limit(
        selector="[data-testid=stFileUploaderDropzone] button",
        attribute="",
        text="Upload",
        criterion=Said("3.1.2", "3.1.2"),
        issue="streamlit/streamlit#13500",
        means=Said(
            "The button to choose a file, and the line on how large it may be, are English on a Dutch page.",
            "De knop om een bestand te kiezen en de regel over de grootte zijn Engels op een "
            "Nederlandse pagina.",
        ),
        instead=Said(
            "The label above says in Dutch what is asked.",
            "Het bijschrift erboven zegt in het Nederlands wat er gevraagd wordt.",
        ),
    ),
    Limit(
        selector="[role=spinbutton]",
        attribute="aria-label",
        text="month, ",
        criterion=Said("3.1.2", "3.1.2"),
        issue="streamlit/streamlit#1353",
        means=Said(
            "A screen reader says “day”, “month”, “year” and “Choose date” in English at the "
            "parts of a date.",
            "Een schermlezer zegt bij een datum “day”, “month”, “year” en “Choose date” in het Engels.",
        ),
        instead=Said(
            "The name of the field is Dutch, and a date can be typed in figures.",
            "De naam van het veld is Nederlands, en u kunt een datum in cijfers typen.",
        ),
    ),
    Limit(
        selector="[data-testid=stTooltipIcon] button, button[aria-label^='Help for']",
        attribute="aria-label",
        text="Help for ",
        criterion=Said("3.1.2", "3.1.2"),
        issue="streamlit/streamlit#1353",
        means=Said(
            "A screen reader says “Help for” in English before the name of a field that has help.",
            "Een schermlezer zegt “Help for” in het Engels vóór de naam van een veld met uitleg.",
        ),
        instead=Said("The help itself is Dutch.", "De uitleg zelf is Nederlands."),
    ),
    Limit(
        selector="[data-testid=stTopNav], nav, [aria-label='App pages']",
        attribute="aria-label",
        text="App pages",
        criterion=Said("3.1.2", "3.1.2"),
        issue="streamlit/streamlit#1353",
        means=Said(
            "A screen reader calls the row of pages “App pages”, in English.",
            "Een schermlezer noemt de rij met pagina’s “App pages”, in het Engels.",
        ),
        instead=Said("The names of the pages are Dutch.", "De namen van de pagina’s zijn Nederlands."),
    ),
)

"""The texts in the code -> the Dutch catalogue: adds what is new, drops what is gone, keeps the rest.

Run it as `python -m tracker.words.collect`; then translate what it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tracker.words.voice import DUTCH

HOUSE = DUTCH.parents[1]
KEYWORDS = {"say": None, "plural": (1, 2), "N_": None}
HEADER = r"""# Dutch for every text of the product; the English text is the key.
msgid ""
msgstr ""
"Language: nl\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""

Texts = dict[str | tuple[str, ...], list[str]]


def texts(folder: Path = HOUSE) -> Texts:
    """Every text under `folder` with the files it stands in, in order; a plural is a pair."""
    found: defaultdict[str | tuple[str, ...], list[str]] = defaultdict(list)
    python = [("**.py", "python")]
    for name, _, text, _, _ in extract_from_dir(folder, python, keywords=KEYWORDS):
        place = (Path(folder.name) / name).as_posix()
        if place not in found[text]:
            found[text].append(place)
    return dict(found)


def catalogue(path: Path = DUTCH) -> Catalog:
    """The catalogue as it stands in the file."""
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def bring_up_to_date(old: Catalog, found: Mapping[str | tuple[str, ...], list[str]]) -> Catalog:
    """A catalogue with exactly the texts that were found, each with the translation it had, if any."""
    new = Catalog(locale="nl", fuzzy=False)
    for text, places in found.items():
        before = old.get(text if isinstance(text, str) else text[0])
        new.add(text, before.string if before else "", locations=[(place, 1) for place in places])
    return new


def write(dutch: Catalog, path: Path = DUTCH) -> None:
    """Writes the catalogue in one fixed form, without times and names that change for nothing."""
    body = BytesIO()
    write_po(body, dutch, width=0, omit_header=True, include_lineno=False)
    path.write_text(HEADER + body.getvalue().decode(), encoding="utf-8")


def untranslated(dutch: Catalog) -> list[Message]:
    """The messages that have no Dutch yet, or only one of both plural forms."""
    return [message for message in dutch if message.id and not _complete(message)]


def _complete(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and len(forms) == (2 if message.pluralizable else 1)


def main() -> None:
    """Rewrites nl.po and prints what is still to be translated."""
    new = bring_up_to_date(catalogue(), texts())
    write(new)
    for message in untranslated(new):
        print(message.id)


if __name__ == "__main__":
    main()

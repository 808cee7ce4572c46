"""The corpus, checked without the guard: numbers that hold, splits that share nothing, texts that differ."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.privacy_corpus import make

HERE = Path(__file__).parent
ROWS = [
    tuple(line.split("\t")) for line in (HERE / "corpus.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
]
POSITIVE = [row for row in ROWS if row[1] == "positive"]
NEGATIVE = [row for row in ROWS if row[1] == "negative"]
NINE = re.compile(r"(?<!\d)(?:\d{9}|\d{3}[. ]\d{3}[. ]\d{3}|\d{4}[. ]\d{2}[. ]\d{3})(?!\d)")
IBAN = re.compile(r"\b(?:NL\d\d\s?[A-Z]{4}(?:\s?\d){10}|BE\d\d(?:\s?\d){12}|DE\d\d(?:\s?\d){18})\b")
DATE = re.compile(r"\d\d?[-/.]\d\d?[-/.]\d{4}|\d{4}-\d\d-\d\d")
PLATE = re.compile(r"\b[A-Z0-9]{1,3}-[A-Z0-9]{1,3}-[A-Z0-9]{1,3}\b")


def of_kind(kind: str) -> list[str]:
    return [text for _, _, kinds, text in POSITIVE if kind in kinds.split("+")]


def eleven(text: str) -> int:
    """What is left of the weighted sum after division by eleven: 0 for a number that could be a BSN."""
    total, found = 0, [int(sign) for sign in text if sign.isdigit()]
    for weight in range(9, 1, -1):
        total += weight * found[9 - weight]
    return (total - found[8]) % 11


def remainder_97(iban: str) -> int:
    """Sign by sign, letters as two digits: 1 for a valid IBAN."""
    left = 0
    for sign in iban[4:] + iban[:4]:
        left = (left * (10 if sign.isdigit() else 100) + int(sign, 36)) % 97
    return left


def looks_like_a_plate(code: str) -> bool:
    """Six letters and digits in three groups, each of one sort, with letters and digits both."""
    groups = code.split("-")
    pure = all(group.isdigit() or group.isalpha() for group in groups)
    sorts = {group.isdigit() for group in groups}
    return pure and len(code) == 8 and len(sorts) == 2


def test_the_file_is_what_the_templates_give() -> None:
    assert make.rows() == ROWS


def test_there_are_enough_texts_of_both_labels_and_none_twice() -> None:
    counted = [row for row in POSITIVE if not row[2].startswith("beyond:")]
    assert len(counted) >= 1_000
    assert len(NEGATIVE) >= 5_000
    assert {len(row) for row in ROWS} == {4}
    assert Counter(text.casefold() for *_, text in ROWS).most_common(1)[0][1] == 1


def test_about_a_third_is_held_out() -> None:
    for part in (POSITIVE, NEGATIVE):
        held = sum(row[0] == "held_out" for row in part) / len(part)
        assert 0.30 <= held <= 0.37


def test_no_template_and_no_shared_out_word_is_in_both_splits() -> None:
    templates = make.templates()
    assert len({template for *_, template in templates}) == len(templates)
    tuning, held = make.WORDS["tuning"], make.WORDS["held_out"]
    for name in ("first", "surname", "street", "oddstreet", "place", "org", "eponym", "project"):
        assert not set(tuning.lists[name]) & set(held.lists[name])
    for split, other in (("tuning", held), ("held_out", tuning)):
        texts = "\n".join(row[3] for row in ROWS if row[0] == split)
        for name in other.lists["surname"]:
            assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", texts), (split, name)


def test_every_bsn_passes_the_eleven_test_and_no_number_in_a_negative_text_does() -> None:
    assert eleven("123456782") == 0
    assert eleven("123456789") != 0
    for text in of_kind("bsn"):
        assert any(eleven(found) == 0 for found in NINE.findall(re.sub("(?i)bsn", "", text))), text
    for *_, text in NEGATIVE:
        assert all(eleven(found) for found in NINE.findall(text)), text
    assert sum(bool(NINE.search(text)) for *_, text in NEGATIVE) >= 200


def test_every_iban_holds_and_only_texts_of_that_kind_have_one() -> None:
    assert remainder_97("GB82WEST12345698765432") == 1
    assert remainder_97("GB82WEST12345698765423") != 1
    for _, _, kind, text in ROWS:
        found = [re.sub(r"\s", "", iban) for iban in IBAN.findall(text.upper())]
        assert len(found) == (kind == "iban"), text
        assert all(remainder_97(iban) == 1 for iban in found), text


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("email", r"\S@\S+\.\w"),
        ("phone", r"(?:\+31|0031|\(?0)[\s\d().\-/\u2011]{8,}\d"),
        ("birth_date", r"(?i)geb|g\.d\."),
        ("licence_plate", r"(?i)\b[a-z\d]{1,3}[- ]?[a-z\d]{2,3}[- ]?[a-z\d]{1,3}\b"),
        ("address", r"\d"),
        ("address_odd", r"\d"),
        ("named", r"genaamd|met de naam"),
        ("age_role_place", r"\b\d\d\b"),
    ],
)
def test_each_text_of_a_kind_holds_what_its_kind_says(kind: str, pattern: str) -> None:
    texts = of_kind(kind)
    assert len(texts) >= 80
    assert not [text for text in texts if not re.search(pattern, text)]


def test_negative_texts_hold_no_address_for_mail_no_number_to_call_and_no_plate() -> None:
    mail, call = re.compile(r"\w@\w+\.\w"), re.compile(r"(?<!\d)(?:\+31|0)[ \-]?(?:\d[ \-]?){8}\d(?!\d)")
    assert call.search(DATE.sub("", "12-03-2024: bel 06-12 34 56 78"))
    assert looks_like_a_plate("GX-123-B")
    assert not looks_like_a_plate("4-X-9")
    for *_, text in NEGATIVE:
        assert not mail.search(text), text
        assert not call.search(DATE.sub("", text)), text
        assert not [code for code in PLATE.findall(text.upper()) if looks_like_a_plate(code)], text

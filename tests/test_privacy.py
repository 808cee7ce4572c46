"""The guard on free text, in sentences as coordinators write them; every number is made up for the test."""

from __future__ import annotations

import logging
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import privacy
from tracker.privacy import KINDS, RULES, Hit, find, found
from tracker.privacy.plain import plain
from tracker.privacy.quick import suspects


@pytest.mark.parametrize(
    ("kind", "found", "sentence"),
    [
        ("bsn", "111222333", "Het gaat om de bewoner met BSN 111222333."),
        ("bsn", "123456782", "BSN: 123456782, graag bellen."),
        ("bsn", "123 456 782", "Burgerservicenummer 123 456 782 staat in de map."),
        ("bsn", "1234.56.782", "Volgens de lijst (1234.56.782) woont hij daar nog."),
        ("bsn", "111222333", "111222333 20 maart gesproken"),
        ("email", "j.de.vries@vliethoven.example", "Mail naar j.de.vries@vliethoven.example voor vrijdag."),
        ("email", "wijk-team+west@zorg.example.nl", "Antwoord aan <wijk-team+west@zorg.example.nl>"),
        ("phone", "06-12345678", "Te bereiken op 06-12345678."),
        ("phone", "06 12 34 56 78", "Bel 06 12 34 56 78 na vijven"),
        ("phone", "0612345678", "(mobiel 0612345678)"),
        ("phone", "06 1234 5678", "nummer: 06 1234 5678;"),
        ("phone", "020-1234567", "Het buurthuis is 020-1234567."),
        ("phone", "(0118) 12 34 56", "Bel (0118) 12 34 56 voor vragen."),
        ("phone", "0118 - 123 456", "Bel 0118 - 123 456 voor vragen."),
        ("phone", "+31 6 12345678", "Appte via +31 6 12345678 met de groep."),
        ("phone", "+31 (0)20 123 45 67", "Kantoor +31 (0)20 123 45 67"),
        ("phone", "0031612345678", "of 0031612345678."),
        ("phone", "+32 470 12 34 56", "De moeder belt vanuit +32 470 12 34 56."),
        ("iban", "NL91ABNA0417164300", "Rekening NL91ABNA0417164300 op naam van de stichting."),
        ("iban", "NL91 ABNA 0417 1643 00", "Overmaken op NL91 ABNA 0417 1643 00 voor de huur."),
        ("iban", "nl91abna0417164300", "rekening nl91abna0417164300"),
        ("iban", "BE68 5390 0754 7034", "Belgische rekening BE68 5390 0754 7034."),
    ],
)
def test_data_of_a_person_is_found_where_it_stands(kind, found, sentence):
    assert [(hit.kind, sentence[hit.start : hit.end]) for hit in find(sentence)] == [(kind, found)]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Overleg met politie en jongerenwerk over de onrust bij het plein.",
        "Negen cijfers zonder elfproef: 123456789.",
        "Zaaknummer 111222333 loopt bij de gemeente.",
        "Zie zaak Z-2026-111222333 en Z2026/0012345678.",
        "Dossier nr. 0612345678 is gesloten.",
        "RSIN 111222333 is van de stichting.",
        "Op 01-02-2026 12:30 begon het, op 03-04-2026 was het rustig.",
        "Van 2026-03-12 10:00 tot 2026-03-13 02:15.",
        "Datum 20260312, 12.03.2026 en 12/03/2026.",
        "De schade is € 123.456.782 of 111222333 euro.",
        "Het kostte € 111222333,- en later 111.222.333,50.",
        "Postcode 4331 AB.",
        "Bel 112 bij nood, 14 0118 voor de gemeente of 0900-8844 voor de politie.",
        "Meld Misdaad Anoniem: 0800-7000.",
        "Er waren 100 200 300 400 mensen in de vier weken.",
        "Pandnummer 0363010000659001 is afgesloten.",
        "Ploeg ab12 deze week zonder inzet, kamer NL12.",
        "Stand: 3-1 na 90 minuten; 12 uur, 24 uur, 36 uur, 48 uur.",
        "Overleg @ het buurthuis om 10.00 uur",
        "NL91ABNA0417164301 is geen bestaande rekening.",
    ],
)
def test_dates_amounts_and_case_numbers_are_left_alone(sentence):
    assert find(sentence) == []


def test_a_day_beside_a_name_is_a_birth_date_when_it_is_of_long_ago():
    for day in ("1998-05-01", "01-05-1998", "1-5-98", "1 mei 1998", "19980501"):
        assert [hit.kind for hit in find(f"Besproken: Jan Jansen, {day}, school")] == ["birth_date"], day
    for day in ("2025-05-01", "01-05-2025", "1-5-25", "1 mei 2025", "20250501"):
        assert find(f"Besproken: Jan Jansen, {day}, school") == [], day


def test_an_age_of_one_person_asks_and_one_of_a_group_or_of_anybody_does_not():
    for one in (
        "Een knul van 12 uit Zuid",
        "De koorleider (48) van De Terp",
        "Hij is 15. De dealer woont in Zuid",
    ):
        assert [hit.kind for hit in find(one)] == ["age_role_place"], one
    for group in (
        "Knullen van 12 uit Zuid",
        "De wijkagent van 12 scholen in Zuid",
        "Elke knul van 12 in Zuid",
    ):
        assert find(group) == [], group


def test_a_sentence_may_hold_several():
    sentence = "Kamer ab12 0612345678, mail a@b.nl, BSN 111222333 of NL91ABNA0417164300."
    assert [hit.kind for hit in find(sentence)] == ["phone", "email", "bsn", "iban"]


def test_the_guard_keeps_and_logs_where_but_never_what(caplog):
    with caplog.at_level(logging.DEBUG):
        hits = find("BSN 111222333")
    assert repr(hits) == "[Hit(kind='bsn', start=4, end=13)]"
    assert caplog.text == ""


@given(st.text(alphabet="06 123456789.-+()@NLABa€,/\n", max_size=200))
def test_hits_never_overlap_and_lie_within_the_text(text):
    hits = find(text)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges)
    assert all(0 <= hit.start < hit.end <= len(text) and hit.kind in KINDS for hit in hits)


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_nine_digits_are_a_bsn_exactly_when_they_pass_the_check(number):
    digits = f"{number:09}"
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    expected = [Hit(kind="bsn", start=5, end=14)] if weighed % 11 == 0 else []
    assert find(f"Van: {digits}.") == expected


def test_ordinary_notes_reach_no_rule():
    """What makes the guard cheap, counted: the rules cost a hundred times what the quick look does."""
    notes = [
        "Overleg met politie, jongerenwerk en school over de onrust van 12-03-2026; volgende keer 9 april.",
        "Extra toezicht geregeld voor twee weken. De wijkagent loopt mee met jongerenwerk, kosten € 1.250,-.",
        "Themaoverleg jeugd en veiligheid 2026, 25 jongeren en 3 ouders",
        "De GGD belt de school voor 14.00 uur; evaluatie in week 12",
    ]
    assert [suspects(plain(note)) for note in notes] == [set()] * len(notes)
    assert suspects(plain(f"{notes[0]} Bel 06-12345678.")) == {"number"}


def test_the_quick_look_lets_nothing_pass_that_a_rule_would_find():
    """On texts of the tuning split and the newer ones; a look that leaves out one rule is found."""
    texts = [text for _, _, text in privacy.rows("tuning")]
    newer = [text for _, _, text in privacy.fresh_rows(odd=True)]
    for text in (*texts[::3], *newer):
        assert find(text) == found(plain(text), RULES)
    without = [rule for rule in RULES if rule != "plate"]
    assert any(found(plain(text), without) != find(text) for text in texts)


def test_a_text_made_to_slow_the_guard_down_does_not():
    started = time.perf_counter()
    for piece in ("a.", "0", "0 ", "1-", "NL91 ", "@", "a@", "+31 ", "(0"):
        find(piece * 2_000 + "@")
    assert time.perf_counter() - started < 2

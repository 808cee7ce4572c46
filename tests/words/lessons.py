"""What the lessons on urgency, ownership and language say of facts that were made by hand."""

from __future__ import annotations

from datetime import date, timedelta

from tests.analysis.working_together import (
    an_agreement,
    an_arrangement,
    an_incident,
    cooperation,
    met,
    number,
)
from tracker.analysis import ownership, partners, urgency
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.glossary import Entry, clashing, glossary, shown_at
from tracker.analysis.quarter import Quarter
from tracker.records import DomainMeaning, Framing, GlossaryWord
from tracker.words import Words

DAY, THIRD = date(2024, 6, 1), Quarter(2024, 3)
DOMAINS = {one: f"domein {one}" for one in "PQRS"}
PHASES = {"primary": "Primair"}


def everything(say: Words) -> dict[str, list[str]]:
    """Name of a case -> what is said of it."""
    return {**_urgency(say), **_asked(say), **_ownership(say), **_language(say)}


def felt(incident: int, **levels: int | None) -> list[Framing]:
    return [
        Framing(incident_id=incident, domain=domain, wording=f"naam {domain}", urgency=level)
        for domain, level in levels.items()
    ]


def spoken(*framings: Framing, incidents: int = 2) -> Cooperation:
    happened = [an_incident(DAY + timedelta(days=9 * n), title=f"Onrust {n + 1}") for n in range(incidents)]
    return cooperation(incidents=happened, framings=framings)


CASES = {
    "closer": spoken(*felt(1, P=5, Q=1, R=3), *felt(2, P=4, Q=3)),
    "further": spoken(*felt(1, P=5, Q=5), *felt(2, P=4, Q=1)),
    "same": spoken(*felt(1, P=5, Q=3), *felt(2, P=3, Q=1, S=3)),
    "agree": spoken(*felt(1, P=2, Q=2), incidents=1),
    "one domain": spoken(*felt(1, P=2, Q=None), incidents=1),
    "nobody": spoken(incidents=1),
    "no incident": spoken(incidents=0),
    "all spoke": spoken(*felt(1, P=1, Q=2, R=3, S=5)),
}


def _urgency(say: Words) -> dict[str, list[str]]:
    said = {}
    for case, known in CASES.items():
        found = urgency.urgency(known, DOMAINS)
        said[f"urgency, {case}"] = [
            say.urgency_line(known, found, DOMAINS),
            say.urgency_shift(known, found.shift, DOMAINS),
            say.silent_domains(found, DOMAINS),
            *(f"{say.gap_word(one)}: {say.levels_line(one, DOMAINS) or '-'}" for one in found.felt),
        ]
    return said


def after(*rows: object, **more: object) -> Cooperation:
    return cooperation(*rows, incidents=[an_incident(DAY)], **more)  # type: ignore[arg-type]


def _asked(say: Words) -> dict[str, list[str]]:
    rich = after(
        met(DAY, "PQ", incident=1, count=2),
        *(met(DAY + timedelta(days=n), "PR", 1) for n in (4, 90)),
        arrangements=[an_arrangement("Kernteam", incident_id=1), an_arrangement("Tijdelijk", incident_id=1)],
        agreements=[an_agreement(DAY, incident_id=1, origin="incident")],
    )
    bare = after()
    old = after(met(DAY - timedelta(days=400), "PQ"), met(DAY - timedelta(days=30), "PQ"), met(DAY, "PQ"))
    return {
        "what an incident left": [
            f"{' | '.join(say.contact_words(left))} | {say.became_of(known, left)}"
            for known in (rich, bare)
            for left in [urgency.left(known, 1)]
        ],
        "questions of urgency": [
            line
            for known, quarter in ((rich, Quarter(2024, 2)), (old, THIRD), (bare, THIRD))
            for line in say.urgency_questions(
                known,
                urgency.contacts(known),
                [urgency.Away(domain="S", last_there=DAY, weeks=14)] if known is rich else [],
                urgency.calm(known, quarter),
                DOMAINS,
            )
        ],
    }


def _ownership(say: Words) -> dict[str, list[str]]:
    owner = {"owner_id": number("P")}
    both = an_arrangement("Weegploeg", second_owner_id=number("Q"), **owner)
    rows = [met(DAY, "PQ", 1), *(met(DAY + timedelta(days=n), "Q", 1) for n in (30, 60, 90))]
    rows += [met(DAY + timedelta(days=n), "PQ", 2, phase="primary") for n in range(9)]
    alone = [an_arrangement(f"Overleg {n}", **owner) for n in range(6)]
    known = cooperation(*rows, arrangements=[both, *alone])
    few = cooperation(arrangements=[both])
    quarters = [THIRD.back(n) for n in range(5, -1, -1)]
    parts = [ownership.Part(part=one, away=away) for one in ownership.PARTS for away in (False, True)]
    led = {
        "nothing": ownership.Led(quarter=THIRD, by={}, unknown=0),
        "not known": ownership.Led(quarter=THIRD, by={}, unknown=3),
        "two alike": ownership.Led(quarter=THIRD, by={"P": 4, "Q": 4, "R": 1}, unknown=2),
    }
    head, rows = say.led_table(list(led.values()), DOMAINS)
    return {
        "owners": [say.owned_line(partners.ownership(one)) for one in (known, few, cooperation())],
        "parts": [say.part_word(one) for one in parts[:-1]],
        "lead": [
            *(say.led_line(one, DOMAINS) for one in led.values()),
            say.lead_shift(ownership.led(known, quarters), DOMAINS),
            say.lead_shift([*[led["two alike"]] * 5], DOMAINS),
            say.lead_shift([led["not known"]], DOMAINS),
            *(" | ".join(row) for row in (head, *rows)),
        ],
        "questions of ownership": say.ownership_questions(
            known, ownership.matrix(known), ownership.phase_leads(known), (DOMAINS, PHASES)
        ),
    }


def words_of(*words: GlossaryWord, meanings: tuple[tuple[int, str], ...] = ()) -> tuple[Entry, ...]:
    given = [(DomainMeaning(word_id=n, domain=one, meaning=f"volgens {one}"), DAY) for n, one in meanings]
    return glossary({n: (one, DAY) for n, one in enumerate(words, start=1)}, given, list(DOMAINS))


def _language(say: Words) -> dict[str, list[str]]:
    agreed = GlossaryWord(name="preventie", meaning="Voor er iets is.", shown_at="phase")
    clash = GlossaryWord(name="signaal", meaning="Iets wat opvalt", shown_at="phase", clash=True)
    open_ = GlossaryWord(name="nazorg", clash=True, shown_at="phase")
    entries = words_of(agreed, clash, open_, meanings=((2, "Q"), (2, "P"), (3, "R")))
    framed, same = CASES["closer"], spoken(*felt(1, P=1), *felt(1, Q=1), incidents=1)
    alike = cooperation(
        incidents=[an_incident(DAY)],
        framings=[Framing(incident_id=1, domain=one, wording="Rellen") for one in "PQ"],
    )
    rows, silent = say.framing_rows(framed, 1, DOMAINS)
    return {
        "words": [say.glossary_line(one) for one in (entries, words_of(agreed), ())],
        "questions of language": [
            say.glossary_question(one, *clashing(found, one))
            for one, found in ((Quarter(2024, 2), entries), (THIRD, entries), (THIRD, ()))
        ],
        "glossary": [" | ".join(cell or "-" for cell in row) for row in say.glossary_rows(entries, DOMAINS)],
        "help at a field": say.glossary_help(shown_at(entries, "phase"), DOMAINS).split("\n\n"),
        "one incident side by side": [
            *(" | ".join(row) for row in rows),
            silent,
            *(say.framings_line(one, 1) for one in (framed, same, alike, CASES["nobody"])),
            say.framings_line(spoken(*felt(1, P=1), incidents=1), 1),
        ],
    }

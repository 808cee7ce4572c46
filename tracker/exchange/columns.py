"""The heading of a file, in English or Dutch and in any order -> which column holds which field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.exchange.preview import RowProblem
from tracker.exchange.sheet import Sheet

# Field -> its other headings. Words that may mean two things (status, omschrijving, deelnemers) stay out:
# a heading nobody knows is reported, a wrong guess is not.
FIELDS: dict[str, dict[str, str]] = {
    "vocabulary": {
        "vocabulary": "woordenlijst",
        "code": "",
        "nl": "",
        "en": "",
        "definition_nl": "",
        "definition_en": "",
        "position": "plaats_in_lijst",
        "archived": "gearchiveerd",
        "joint": "gezamenlijk",
        "mode": "wijze",
        "domain": "domein",
        "cadence_weeks": "ritme_weken",
        "grace_weeks": "speling_weken",
    },
    "partners": {"name": "naam", "domain": "domein"},
    "arrangements": {
        "name": "naam",
        "kind": "soort type",
        "cadence": "ritme",
        "grace_weeks": "speling_weken",
        "start": "begin",
        "end": "einde",
        "end_reason": "reden_einde",
        "owner": "trekker",
        "owner_role": "rol_trekker",
        "second_owner": "tweede_trekker",
        "second_owner_role": "rol_tweede_trekker",
        "partners": "organisaties",
        "phase": "fase",
        "goal": "doel",
        "born_from": "ontstaan_uit",
    },
    "incidents": {
        "date": "datum",
        "title": "titel",
        "severity": "ernst",
        "kind": "soort type",
        "place": "plaats",
        "scale": "schaal",
        "phenomenon": "fenomeen",
        "averted": "afgewend",
        "exercise": "oefening",
        "lawful_protest": "rechtmatig_protest",
        "reached": "bereikte_ons",
        "source": "bron",
        "note": "toelichting",
    },
    "activities": {
        "date": "datum",
        "kind": "soort type",
        "title": "titel",
        "arrangement": "samenwerkingsvorm",
        "incident": "aanleiding",
        "mode": "wijze",
        "partners": "organisaties",
        "partner_count": "aantal_organisaties",
        "count": "aantal",
        "weight": "gewicht",
        "phase": "fase",
        "state": "toestand",
        "moved_to": "verplaatst_naar",
        "reason": "reden",
        "note": "toelichting",
        "lead": "voortouw",
    },
    "participants": {
        "date": "datum",
        "kind": "soort type activiteit",
        "participant": "deelnemer aanwezig organisatie",
    },
    "silences": {"first_day": "eerste_dag", "last_day": "laatste_dag", "answer": "antwoord"},
    "pauses": {
        "arrangement": "samenwerkingsvorm",
        "first_day": "eerste_dag",
        "last_day": "laatste_dag",
        "reason": "reden",
    },
    "recess": {"name": "naam", "first_day": "eerste_dag", "last_day": "laatste_dag"},
    "agreements": {
        "text": "afspraak",
        "owner": "trekker",
        "role": "rol",
        "due": "uiterlijk",
        "made_on": "gemaakt_op",
        "state": "toestand",
        "done_on": "gedaan_op",
        "reason": "reden",
        "origin": "herkomst",
        "incident": "aanleiding",
        "arrangement": "samenwerkingsvorm",
        "quarter": "kwartaal",
        "topic": "vraag",
    },
    "check_backs": {
        "incident": "aanleiding",
        "after_days": "na_dagen",
        "date": "datum",
        "answer": "antwoord",
        "arrangement": "samenwerkingsvorm",
        "agreement": "afspraak",
    },
    "framings": {"incident": "aanleiding", "domain": "domein", "wording": "duiding", "urgency": "urgentie"},
    "incident_reviews": {
        "incident": "aanleiding",
        "date": "datum",
        "context": "wat_speelde",
        "response": "wat_deden_we",
        "result": "wat_leverde_het_op",
        "next_time": "volgende_keer",
    },
    "goals": {
        "text": "doel",
        "measure": "gemeten_aan",
        "target": "streefwaarde",
        "due": "uiterlijk",
        "made_on": "gemaakt_op",
    },
    "glossary": {"name": "woord", "meaning": "betekenis", "shown_at": "hulp_bij", "clash": "botst"},
    "meanings": {"word": "woord", "domain": "domein", "meaning": "betekenis"},
    "planned_shares": {"phase": "fase", "domain": "domein", "share": "aandeel"},
    "review_notes": {"quarter": "kwartaal", "topic": "vraag", "note": "toelichting"},
    "quarter_reviews": {"quarter": "kwartaal", "date": "datum"},
    "series": {"date": "datum", "series": "reeks", "value": "waarde"},
}
# The fields that hold a code, each with the vocabulary it comes from.
VOCABULARY_OF: dict[str, dict[str, str]] = {
    "partners": {"domain": "domain"},
    "arrangements": {
        "kind": "arrangement_kind",
        "phase": "phase",
        "owner_role": "role",
        "second_owner_role": "role",
    },
    "incidents": {
        "kind": "incident_kind",
        "scale": "scale",
        "phenomenon": "phenomenon",
    },
    "activities": {"kind": "activity_kind", "mode": "mode", "phase": "phase"},
    "participants": {"kind": "activity_kind"},
    "agreements": {"role": "role"},
    "framings": {"domain": "domain"},
    "meanings": {"domain": "domain"},
    "planned_shares": {"phase": "phase", "domain": "domain"},
}
REQUIRED = {
    "vocabulary": ("vocabulary", "code", "nl", "en"),
    "partners": ("name", "domain"),
    "arrangements": ("name", "kind"),
    "incidents": ("date", "title", "severity"),
    "activities": ("date",),
    "participants": ("date", "kind", "participant"),
    "silences": ("first_day", "last_day", "answer"),
    "pauses": ("arrangement", "first_day", "last_day", "reason"),
    "recess": ("name", "first_day", "last_day"),
    "agreements": ("text", "owner", "due"),
    "check_backs": ("incident", "after_days", "date", "answer"),
    "framings": ("incident", "domain"),
    "incident_reviews": ("incident", "date"),
    "goals": ("text", "measure", "target", "due"),
    "glossary": ("name",),
    "meanings": ("word", "domain", "meaning"),
    "planned_shares": ("phase", "domain", "share"),
    "review_notes": ("quarter", "topic", "note"),
    "quarter_reviews": ("quarter", "date"),
    "series": ("date", "series", "value"),
}
_FIELD_OF = {
    table: {heading: field for field, others in fields.items() for heading in (field, *others.split())}
    for table, fields in FIELDS.items()
}


@dataclass(frozen=True)
class Columns:
    """Field -> index of its column, headings nobody knows, and what is wrong with the heading."""

    index: dict[str, int]
    unknown: list[str]
    problems: list[RowProblem]


def match(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Which column of `sheet` holds which field; `mapping` (heading -> field) goes before the known names.

    Problems: double_column (a field twice) and missing_column.
    """
    chosen = {heading_key(heading): field for heading, field in mapping.items()}
    index: dict[str, int] = {}
    unknown: list[str] = []
    problems: list[RowProblem] = []
    for position, heading in enumerate(sheet.header):
        field = _field(sheet.table, heading_key(heading), chosen)
        if field in index:
            problems.append(RowProblem(sheet.file, sheet.header_line, heading.strip(), "double_column"))
        elif field:
            index[field] = position
        elif heading.strip():
            unknown.append(heading.strip())
    for field in _missing(sheet.table, index):
        problems.append(RowProblem(sheet.file, sheet.header_line, field, "missing_column"))
    return Columns(index, unknown, problems)


def heading_key(heading: str) -> str:
    """A heading without case, accents, and differences between space, hyphen and underscore."""
    plain = unicodedata.normalize("NFKD", heading.casefold().strip("\ufeff \t\xa0"))
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[\s_-]+", "_", letters)


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """COLUMN=FIELD texts -> heading to field; raises `ValueError` with the first pair that is neither."""
    mapping = {}
    for pair in pairs:
        column, _, field = (part.strip() for part in pair.rpartition("="))
        if not column or not any(field in fields for fields in FIELDS.values()):
            raise ValueError(pair)
        mapping[column] = field
    return mapping


def _field(table: str, key: str, chosen: Mapping[str, str]) -> str:
    """A mapping counts in the tables that have its field; elsewhere the heading keeps its own meaning."""
    field = chosen.get(key, "")
    return field if field in FIELDS[table] else _FIELD_OF[table].get(key, "")


def _missing(table: str, index: Mapping[str, int]) -> list[str]:
    missing = [field for field in REQUIRED[table] if field not in index]
    if table == "activities" and "kind" not in index and "arrangement" not in index:
        missing.append("kind")
    return missing

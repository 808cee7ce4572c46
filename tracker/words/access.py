"""Accounts, roles and the access log in words: who may do what, and what a line of the log says."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.access import ADMINISTRATOR, COMMAND, COORDINATOR, MANAGEMENT, ROLES
from tracker.store import Line
from tracker.words.voice import N_, Voice

ROLE_NAMES = {
    COORDINATOR: N_("coordinator"),
    MANAGEMENT: N_("management"),
    ADMINISTRATOR: N_("administrator"),
    COMMAND: N_("command line"),
}
ROLES_EXPLAINED = {
    COORDINATOR: N_("logs, corrects and imports, and reads everything"),
    MANAGEMENT: N_("reads figures and reports, changes nothing"),
    ADMINISTRATOR: N_("manages accounts, terms and backups, logs nothing"),
}
# Every action of the access rules, and what else the log can hold.
DID = {
    "view": N_("looking at figures"),
    "read_notes": N_("reading notes"),
    "reply": N_("replying to the self-scan"),
    "edit": N_("logging or changing"),
    "withdraw": N_("taking back"),
    "restore": N_("putting back what was taken back"),
    "import": N_("importing files"),
    "undo_import": N_("taking an import back"),
    "run_scan": N_("running the self-scan"),
    "export_rows": N_("an export of all rows"),
    "export_report": N_("a report as a file"),
    "override": N_("keeping a text that was warned about"),
    "edit_words": N_("changing a word list"),
    "manage_access": N_("setting roles"),
    "manage_settings": N_("changing a setting"),
    "backup": N_("a backup"),
    "restore_backup": N_("putting a backup back"),
    "upgrade": N_("an upgrade of the database"),
    "verify": N_("a check of the database"),
    "purge": N_("letting texts or records go"),
    "read_history": N_("reading the history"),
    "read_own_log": N_("reading one's own lines of the access log"),
    "read_log": N_("reading the access log"),
    "sign_in": N_("signing in"),
    "sign_out": N_("signing out"),
    "roles_from_sign_in": N_("roles from the sign-in"),
}
RESULTS = {"ok": N_("done"), "denied": N_("refused"), "error": N_("failed")}
SETTINGS = {
    "years_of_text": N_("How many years are texts kept?"),
    "years_of_records": N_("How many years are records kept?"),
    "years_of_log": N_("How many years is the access log kept?"),
    "notes_shown_to": N_("Who else may read notes?"),
}
ERASE_REASONS = {
    "asked": N_("somebody asked for it"),
    "personal_data": N_("it says something about a person"),
    "mistake": N_("it should never have been logged"),
}


def role_names(say: Voice, roles: Iterable[str]) -> str:
    """The roles by name, in their order; empty for none."""
    held = set(roles)
    return ", ".join(say(ROLE_NAMES[role]) for role in (*ROLES, COMMAND) if role in held)


def did_word(say: Voice, action: str) -> str:
    """What somebody did or tried, as a line of the log begins."""
    return say(DID[action]) if action in DID else action


def result_word(say: Voice, line: Line) -> str:
    """How it ended."""
    return say(RESULTS[line.result])


def line_about(say: Voice, line: Line) -> str:
    """On what it was done, and for roles and settings what it was and became."""
    told = line.detail
    about = say(SETTINGS[line.object]) if line.object in SETTINGS else line.object
    if line.action == "purge" and line.result == "ok":
        return "; ".join(filter(None, (about, _purged(say, told))))
    if "after" not in told or line.action == "upgrade":
        return about
    names = line.action in ("manage_access", "roles_from_sign_in")
    was, became = (_value(say, told.get(side), names=names) for side in ("before", "after"))
    return "; ".join(filter(None, (about, f"{was} → {became}")))


def _purged(say: Voice, told: dict[str, dict[str, int]]) -> str:
    texts, gone = sum(told["emptied"].values()), sum(told.get("gone", {}).values())
    return ", ".join(
        (
            say.plural("the text of {n} record", "the texts of {n} records", texts),
            say.plural("{n} whole record", "{n} whole records", gone),
        )
    )


def _value(say: Voice, value: object, *, names: bool) -> str:
    if names:
        return role_names(say, str(value).split()) or say("no role")
    if isinstance(value, list):
        return role_names(say, value) or say("nobody")
    return say("as the product comes") if value is None else str(value)

"""Who may do what: one table of actions and roles, and the rule that reads it. What is not in it is refused.

The store asks it for every call, whatever way the call came; what a page hides is convenience.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

COORDINATOR, MANAGEMENT, ADMINISTRATOR = "coordinator", "management", "administrator"
ROLES = (COORDINATOR, MANAGEMENT, ADMINISTRATOR)
# The command line on the server: whoever may read the file there is not kept out by us, but is named.
COMMAND = "command"

_C, _M, _A, _CLI = COORDINATOR, MANAGEMENT, ADMINISTRATOR, COMMAND
MATRIX: dict[str, frozenset[str]] = {
    "view": frozenset({_C, _M, _A, _CLI}),
    "read_notes": frozenset({_C, _CLI}),
    "reply": frozenset({_C, _M, _A, _CLI}),
    "edit": frozenset({_C}),
    "withdraw": frozenset({_C}),
    "restore": frozenset({_C}),
    "import": frozenset({_C, _CLI}),
    "undo_import": frozenset({_C, _CLI}),
    "run_scan": frozenset({_C, _CLI}),
    "export_rows": frozenset({_C, _CLI}),
    "export_report": frozenset({_C, _M, _CLI}),
    "override": frozenset({_C}),
    "edit_words": frozenset({_C, _A, _CLI}),
    "manage_access": frozenset({_A}),
    "manage_settings": frozenset({_A}),
    "backup": frozenset({_A, _CLI}),
    "restore_backup": frozenset({_A, _CLI}),
    "upgrade": frozenset({_A, _CLI}),
    "verify": frozenset({_A, _CLI}),
    "purge": frozenset({_A, _CLI}),
    "read_history": frozenset({_C, _A, _CLI}),
    "read_own_log": frozenset({_C, _A, _CLI}),
    "read_log": frozenset({_A, _CLI}),
}
# What leaves the tool, or touches the whole of it, stands in the access log also when it was allowed.
# A change of a record stands in the history.
LOGGED = frozenset(
    {
        "export_rows",
        "export_report",
        "override",
        "manage_access",
        "manage_settings",
        "backup",
        "restore_backup",
        "upgrade",
        "verify",
        "purge",
    }
)
# A setting of the municipality lets these roles read notes too.
MAY_BE_SHOWN_NOTES = frozenset({MANAGEMENT, ADMINISTRATOR})
# A sign-in counts this long, whatever its cookie says.
HOURS_SIGNED_IN = 8


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something: the name of the account, the roles it has now, and where it comes from.

    `origin` is how the access log names the device: "page", "page 10.0.0.7" or "command".
    """

    name: str
    roles: frozenset[str]
    origin: str

    @property
    def role(self) -> str:
        """The roles as one text, in the order of `ROLES`; "" for who has none."""
        return as_text(self.roles)


def as_text(roles: Iterable[str]) -> str:
    """Roles as one text, in the order of `ROLES`; "" for none."""
    held = set(roles)
    return " ".join(role for role in (*ROLES, COMMAND) if role in held)


def allowed(roles: Iterable[str], action: str) -> bool:
    """Whether somebody with these roles may do it. Reading adds up over roles, and so does writing: no role
    holds another, so who is to write has been given the role that writes."""
    return not MATRIX[action].isdisjoint(roles)


def roles_of(claims: Iterable[str], allow_list: dict[str, str]) -> frozenset[str]:
    """The roles that the identity provider's names stand for; a name that is not in the list gives none."""
    return frozenset(allow_list[claim] for claim in claims if claim in allow_list)

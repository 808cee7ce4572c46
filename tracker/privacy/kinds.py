"""What the guard looks for, and how sure it is: the one list that every rule, page and sentence reads."""

from __future__ import annotations

from dataclasses import dataclass

# Refused: the form or the check leaves no doubt. Asked about: people may be meant, and often are not.
BLOCKED = ("bsn", "email", "phone", "iban", "address", "birth_date", "licence_plate")
WARNED = ("titled_name", "initials_surname", "named", "age_role_place")
KINDS = (*BLOCKED, *WARNED)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Where in the text (`text[start:end]`) something of this kind stands; the text itself is not kept."""

    kind: str
    start: int
    end: int

    @property
    def blocks(self) -> bool:
        """Whether a text with this may not be stored, other than as a false alarm with a reason."""
        return self.kind in BLOCKED

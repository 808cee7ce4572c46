"""What somebody looked at and let pass, and why: codes only, so nothing personal can be in it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.privacy.kinds import BLOCKED, KINDS, WARNED

# Why something is no data of a person although it looks so. Never free text.
WHYS = ("organisation_number", "case_number", "public_number", "no_person")
# Where the guard only asks, one tick says that somebody looked.
TICKED = "looked_at"


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """One kind of finding in one field ("" for every field of an import) that is a false alarm, and why."""

    field: str
    kind: str
    why: str

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind
        assert self.why in (WHYS if self.kind in BLOCKED else (*WHYS, TICKED)), self.why

    def covers(self, field: str, kind: str) -> bool:
        """Whether this was said of such a finding there."""
        return self.kind == kind and self.field in ("", field)


# All that somebody looked at before one change.
Looked = tuple[LookedAt, ...]


def ticked(fields_and_kinds: dict[str, set[str]]) -> Looked:
    """That all of these (field -> kinds) were looked at, for the kinds that one tick is enough for."""
    return tuple(
        LookedAt(field=field, kind=kind, why=TICKED)
        for field, kinds in fields_and_kinds.items()
        for kind in WARNED
        if kind in kinds
    )

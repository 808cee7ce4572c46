"""Text that a spreadsheet would take for a formula -> text it leaves alone, and back."""

from __future__ import annotations

import re

# What a formula starts with (OWASP ASVS 1.2.10), also behind spaces; wide signs count too.
_STARTS = "[ \u00a0\u3000]*[=+\\-@\t\r\0＝＋－＠]"
_FORMULA = re.compile(f"'*{_STARTS}")
_QUOTED = re.compile(f"'+{_STARTS}")


def harmless(cell: str) -> str:
    """The text with a quote before it when a spreadsheet would take it, or what is behind its quotes, for
    a formula: so `restored` finds every text back."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if _QUOTED.match(cell) else cell

"""Records and daily series -> facts. Pure: no files, no clock, no screen.

`assess` is the door: a question and what the log answered go in, the finding and the timeline come out.
Read in this order: question, series, decay, peacetime, reading, sufficiency, verdict; then shapes,
amplitudes, onset and ratchet, which ask more of a fit. What is merely counted around incidents (before_after,
epochs) and what stayed of each (ratchet) is computed by `around_incidents`, only when somebody asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.analysis.assessment import AroundIncidents, Assessment, around_incidents, assess

__all__ = ["AroundIncidents", "Assessment", "around_incidents", "assess"]


def __getattr__(name: str) -> Any:
    """Opens the door when somebody first asks: the store needs a few modules, and no room of SciPy's size."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tracker.analysis import assessment

    return getattr(assessment, name)

"""The colours by meaning, for light and dark: every colour has one meaning, and never carries it alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Palette:
    """One hex colour a meaning; tests/charts/test_palette.py holds the contrast each must have on `paper`.

    For a printed page take `replace(LIGHT, paper="#FFFFFF")`: what lies under a hatch is drawn in paper.
    """

    paper: str
    surface: str
    ink: str
    ink2: str
    muted: str
    floor: str
    floor_fill: str
    floor_text: str  # on floor_fill
    floor_soft: str
    after: str
    after_fill: str
    after_text: str
    incident: str
    incident_soft: str
    peace: str
    peace_tint: str
    unknown: str
    recess: str
    axis: str
    grid: str
    heat_low: str
    heat_high: str


LIGHT = Palette(
    paper="#FCFBF8",
    surface="#F3F1EB",
    ink="#1D2A33",
    ink2="#47555E",
    muted="#5F6C74",
    floor="#1B5E73",
    floor_fill="#1B5E73",
    floor_text="#FFFFFF",
    floor_soft="#BFD6DC",
    after="#B9690C",
    after_fill="#F8E6C8",
    after_text="#8A4B05",
    incident="#7A1F4D",
    incident_soft="#D9B3C4",
    peace="#2C7658",
    peace_tint="#E3F0E9",
    unknown="#7C827F",
    recess="#EBE8E0",
    axis="#8B9297",
    grid="#E4E1D9",
    heat_low="#E4EEF0",
    heat_high="#8DB9C6",
)

DARK = Palette(
    paper="#12181D",
    surface="#1B242A",
    ink="#E9EDEF",
    ink2="#BCC7CC",
    muted="#98A5AC",
    floor="#62B4CB",
    floor_fill="#347F96",
    floor_text="#FFFFFF",
    floor_soft="#24505E",
    after="#E3A64C",
    after_fill="#3D2F1A",
    after_text="#E3A64C",
    incident="#E791B8",
    incident_soft="#6B3D54",
    peace="#6CC3A0",
    peace_tint="#17302A",
    unknown="#87939A",
    recess="#222C33",
    axis="#6E7C84",
    grid="#29343B",
    heat_low="#1A2E37",
    heat_high="#2B6172",
)

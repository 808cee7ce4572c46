"""Every colour can be told from what it stands on: the ratios that the design names, after WCAG 2.2."""

import re
from dataclasses import asdict

import pytest

from tracker.charts.palette import DARK, LIGHT

TEXT, SHAPE = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11

# token, what it lies on, the least ratio in light, in dark
ON = [
    ("ink", "paper", 14.0, 15.0),
    ("ink2", "paper", 7.3, 10.0),
    ("muted", "paper", 5.1, 7.0),
    ("muted", "surface", TEXT, TEXT),
    ("floor", "paper", 6.9, 7.5),
    ("floor_text", "floor_fill", 7.2, 4.4),
    ("floor_fill", "paper", 6.9, 3.8),
    ("after", "paper", 3.9, 8.3),
    ("after", "after_fill", 3.3, 3.3),
    ("after_text", "paper", 6.5, 8.3),
    ("after_text", "peace_tint", TEXT, TEXT),
    ("incident", "paper", 9.4, 7.7),
    ("ink", "incident_soft", TEXT, TEXT),
    ("peace", "paper", 5.2, 8.4),
    ("peace", "peace_tint", 4.6, 4.6),
    ("unknown", "paper", 3.7, 5.6),
    ("axis", "paper", SHAPE, 4.1),
    ("ink", "heat_high", 6.8, 5.7),
]


@pytest.mark.parametrize(("token", "below", "light", "dark"), ON)
def test_every_colour_stands_out_from_what_it_lies_on(token, below, light, dark):
    for palette, least in ((LIGHT, light), (DARK, dark)):
        assert _contrast(getattr(palette, token), getattr(palette, below)) >= least


def test_a_dot_on_the_slab_is_seen_by_its_ring_of_paper():
    assert _contrast(LIGHT.paper, LIGHT.floor_fill) >= 6.9
    assert _contrast(DARK.paper, DARK.floor_fill) >= SHAPE


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_colour_is_written_as_six_hexadecimal_digits(palette):
    assert all(re.fullmatch("#[0-9A-F]{6}", color) for color in asdict(palette).values())


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_floor_and_incident_and_peace_differ(palette):
    assert len({palette.floor, palette.after, palette.incident, palette.peace, palette.unknown}) == 5


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

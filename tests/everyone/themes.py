"""The same page in light and in dark, and what axe finds wrong with either."""

from __future__ import annotations

from tests.conftest import Visitor
from tests.everyone.axe import Found, look
from tests.everyone.known_faults import FAULTS

_GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
_STILL = """() => document.getAnimations().filter(one => one instanceof CSSTransition)
  .forEach(one => one.finish())"""


def theme(visitor: Visitor) -> str:
    """`dark` or `light`, from the ground that the page is drawn on."""
    return "dark" if visitor.page.evaluate(_GROUND) == "rgb(18, 24, 29)" else "light"


def turn_over(visitor: Visitor) -> None:
    """From light to dark or back, with everything open that is open."""
    before, other = visitor.page.evaluate(_GROUND), "light" if theme(visitor) == "dark" else "dark"
    visitor.page.emulate_media(color_scheme=other)
    visitor.page.wait_for_function(f"before => {_GROUND} !== before", arg=before)
    visitor.settle()
    visitor.page.evaluate(_STILL)  # a ground that fades into the other theme is of neither


def in_both(visitor: Visitor, where: str) -> list[Found]:
    """What breaks a rule on the page as it stands now, in the theme it has and in the other, which stays."""
    found = look(visitor.page, where, FAULTS)
    turn_over(visitor)
    return found + look(visitor.page, f"{where}, {theme(visitor)}", FAULTS, colours_only=True)


def unknown(found: list[Found]) -> str:
    """What is not on the list of known faults, one after the other."""
    return "\n".join(str(one) for one in found if one.known < 0)

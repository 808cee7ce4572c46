"""The picture in the README is a picture of the product, taken by this test.

`TRACKER_WRITE_SCREENSHOT=1 python -m pytest tests/test_screenshot.py` takes it anew.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from playwright.sync_api import expect

PICTURE = Path(__file__).parent.parent / "docs" / "today.png"
SIZE = (1280, 1010)


def test_the_picture_in_the_readme_shows_the_example_as_it_looks_today(visit, tmp_path):
    visitor = visit(locale="en-GB", width=SIZE[0], height=SIZE[1])
    visitor.go("/?data=example")
    expect(visitor.page.get_by_text("extra after an incident").first).to_be_visible()
    target = PICTURE if os.environ.get("TRACKER_WRITE_SCREENSHOT") == "1" else tmp_path / PICTURE.name
    visitor.page.screenshot(path=target)
    assert size_of(target) == size_of(PICTURE) == SIZE
    assert f"docs/{PICTURE.name}" in (PICTURE.parent.parent / "README.md").read_text(encoding="utf-8")


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, from the head of the PNG."""
    return struct.unpack(">II", picture.read_bytes()[16:24])

"""The faces of a report are made from the installed Streamlit, the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.report import fonts


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_without_a_folder_that_can_be_written_the_same_files_are_made_elsewhere(tmp_path, monkeypatch):
    usual = fonts.folder()
    (tmp_path / "no_folder").write_text("a file stands where the folder should be")
    monkeypatch.setattr(fonts, "CACHE", tmp_path / "no_folder")
    fonts.folder.cache_clear()
    try:
        elsewhere = fonts.folder()
    finally:
        fonts.folder.cache_clear()
    assert elsewhere != usual
    assert contents(elsewhere) == contents(usual)
    assert len(contents(usual)) == 8


def test_the_letters_of_both_languages_and_the_dots_are_in_every_face():
    from fontTools.ttLib import TTFont

    for path in fonts.folder().glob("*.ttf"):
        letters = TTFont(path).getBestCmap()
        signs = "éëïöüÉ“”…·€–" + ("●○" if path.name.startswith("SourceSans") else "")
        assert [sign for sign in signs if ord(sign) not in letters] == []


def test_a_sign_that_no_face_has_is_a_question_mark_and_every_other_stays():
    """Else one emoji in the name of a meeting would keep the whole report from being made."""
    assert fonts.legible("Café ’s‑Graven €5 ●○ \n Łódź") == "Café ’s‑Graven €5 ●○ \n Łódź".replace("\n", "?")
    assert fonts.legible("Overleg \U0001f469\u200d\U0001f467 日本 a\u200bb") == "Overleg ?? ?? ab"

"""The scripts that run the product on real series, on small files of the same form."""

from __future__ import annotations

from pathlib import Path

from bench import pair_retention


def written(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_pairs_are_counted_per_year_and_only_those_of_meetings(tmp_path: Path):
    rows = [
        *("2023-02-01,meeting,P001", "2023-02-01,meeting,P002", "2023-02-01,meeting,P003"),
        *("2023-03-01,commit,P001", "2023-03-01,commit,P009"),
        *("2024-05-01,meeting,P002", "2024-05-01,meeting,P001"),
    ]
    found = pair_retention.counted(
        written(tmp_path / "participants.csv", "date,kind,participant", *rows),
    )
    assert [(row.period, row.total, row.kept) for row in found.pairs.periods] == [(2023, 3, 1)]
    assert [(row.period, row.total, row.kept) for row in found.persons.periods] == [(2023, 3, 2)]
    told = "\n".join(pair_retention.table(found))
    assert "| 2023 | 3 | 1 | 3 | 2 |" in told
    assert "33.3 % [6.1-79.2]" in told
    assert "P001" not in told, "a person is counted, never printed"

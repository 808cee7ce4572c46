"""The least a report can take: a new process that holds the libraries and draws the same pictures as SVG.

Reads the drawings from a file (`python bench/floor/drawings.py FILE FONTS`) and knows nothing of the tracker.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import altair
import pandas
import vl_convert

USED = (altair, pandas)  # a script that makes drawings of data holds them
vl_convert.register_font_directory(sys.argv[2])
for spec in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
    vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[])

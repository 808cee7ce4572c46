"""A dashboard that runs with something planted in it: a fault, a guard taken away, a watch on the network."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, Server, _wait_until_healthy, free_port

# All that the menu leads to, and the pages that it hides.
PATHS = (
    "/",
    *(f"/{name}" for name in re.findall(r'url_path="(\w+)"', (ROOT / "tracker/pages/main.py").read_text())),
)
# Every way out of this computer through Python's own sockets is written down and refused.
WATCH_THE_NETWORK = """
import os, sys
def _watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        place = arguments[0] if event.startswith("socket.geta") or event.endswith("name") else arguments[1]
        host = place[0] if isinstance(place, tuple) else place
        if isinstance(host, bytes):
            host = host.decode(errors="replace")
        if host not in (None, "127.0.0.1", "::1", "localhost") and not str(host).startswith("/"):
            with open(os.environ["WENT_OUT"], "a") as file:
                file.write(f"{event} {host}\\n")
            raise OSError("no way out")
sys.addaudithook(_watch)
"""
# What every chart of every page is sent as.
KEEP_THE_CHARTS = """
import json, os
import streamlit as st
import pyarrow as pa
_drawn = st.vega_lite_chart
def _rows(value):
    # A kept picture has its tables as they are sent.
    return pa.ipc.open_stream(value).read_all().to_pylist() if isinstance(value, bytes) else str(value)
def _kept(spec, **more):
    with open(os.environ["CHARTS"], "a") as file:
        file.write(json.dumps(spec, default=_rows) + "\\n")
    return _drawn(spec, **more)
st.vega_lite_chart = _kept
"""
WITHOUT_POLICY = """
import dashboard
dashboard.HEADERS.pop("Content-Security-Policy")
"""
START = "import sys; from streamlit.web.cli import main; sys.argv = ['streamlit', *sys.argv[1:]]; main()"


@contextmanager
def serving(folder: Path, *, planted: str = "", cwd: Path = ROOT, **environment: str) -> Iterator[Server]:
    """`streamlit run dashboard.py` in a process in which the program `planted` has run first.

    Its database is `folder`/tracker.db and what it says is in `folder`/server.log.
    """
    server = Server(f"http://127.0.0.1:{free_port()}", folder / "tracker.db", folder / "server.log")
    port = server.url.rsplit(":", 1)[1]
    words = ["run", "dashboard.py", "--server.port", port, "--server.headless", "true"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    ours = {"TRACKER_DB": str(server.database), "HOME": str(folder)}
    ours |= {"WENT_OUT": str(folder / "went_out.txt"), "CHARTS": str(folder / "charts.jsonl")}
    with server.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{planted}\n{START}", *words],
            cwd=cwd,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**inherited, **ours, **environment},
        )
        try:
            _wait_until_healthy(process, server)
            yield server
        finally:
            process.terminate()
            process.wait(20)


def went_out(server: Server) -> list[str]:
    """Where the server tried to go outside this computer, when it was watched."""
    path = server.log.with_name("went_out.txt")
    return path.read_text().splitlines() if path.exists() else []


def charts_of(server: Server) -> list[Any]:
    """The charts that were sent, when they were kept."""
    return [json.loads(line) for line in server.log.with_name("charts.jsonl").read_text().splitlines()]

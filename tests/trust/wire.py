"""A visitor without a browser: speaks Streamlit's own messages, and says in them what it likes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_SECONDS = 60


@dataclass
class Wire:
    """One connection: what came back last, and what to send next."""

    connection: ClientConnection
    came: list[ForwardMsg] = field(default_factory=list)

    def run(self, query: str = "", page: str = "", change: Callable[[Any], None] | None = None) -> Wire:
        """Asks for one run of the script; `change` may put anything into the message."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = page
        if change:
            change(message.rerun_script)
        return self.send(message)

    def send(self, message: BackMsg) -> Wire:
        """Sends a message and waits until the script has finished."""
        self.connection.send(message.SerializeToString())
        return self.wait()

    def wait(self) -> Wire:
        """Until the script has finished, also when it runs once more of itself."""
        self.came = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.connection.recv(timeout=PATIENCE_SECONDS))  # type: ignore[arg-type]
            self.came.append(answer)
            if answer.WhichOneof("type") == "script_finished":
                return self

    @property
    def session(self) -> str:
        """The id of the session, with which a browser goes on with it after a break."""
        return next(
            one.new_session.initialize.session_id
            for one in self.came
            if one.WhichOneof("type") == "new_session"
        )

    def elements(self) -> Iterator[tuple[str, Any]]:
        """Kind and content of everything that was drawn."""
        for one in self.came:
            if one.WhichOneof("type") == "delta" and one.delta.WhichOneof("type") == "new_element":
                kind = one.delta.new_element.WhichOneof("type")
                yield str(kind), getattr(one.delta.new_element, str(kind))

    def text(self) -> str:
        """What the page says."""
        said = " ".join(element.body for kind, element in self.elements() if kind == "html")
        return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", said, flags=re.DOTALL))

    def widgets(self) -> dict[str, str]:
        """Label -> id of every field and button."""
        return {
            element.label: element.id
            for _, element in self.elements()
            if getattr(element, "id", "") and element.label
        }

    def pages(self) -> dict[str, str]:
        """Address -> name of every page in the navigation, as the script sent it."""
        for one in self.came:
            if one.WhichOneof("type") == "navigation":
                return {page.url_pathname: page.page_script_hash for page in one.navigation.app_pages}
        return {}


@contextmanager
def call(url: str, headers: dict[str, str] | None = None, *, resume: str = "") -> Iterator[Wire]:
    """Connects as a browser does; `resume` is the id of a session to go on with."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    spoken: Any = ["streamlit", "no-token", *([resume] if resume else [])]
    mine: Any = url
    with connect(
        address, origin=mine, additional_headers=headers, subprotocols=spoken, max_size=None
    ) as connection:
        yield Wire(connection)


def press(button: str) -> Callable[[Any], None]:
    """Puts the press of a button into a message."""

    def change(script: Any) -> None:
        widget = script.widget_states.widgets.add()
        widget.id, widget.trigger_value = button, True

    return change

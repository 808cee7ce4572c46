"""What a visitor can do who writes their own messages instead of clicking (T53-T55, T57)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from wire import Wire, call, press

from tracker import store as stores
from tracker.records import Activity, Arrangement, Incident, Occurrence
from tracker.store import Store, Visitor

SECRET = "een-geheim-dat-alleen-de-proxy-kent-0123"
ROLES = "tracker-invoeren=coordinator,tracker-lezen=management"
# An arrangement that met two months ago: what fell due since waits for an answer, so there is a button.
BEGAN = date.today() - timedelta(days=60)
WEEKLY = Arrangement(name="Weegploeg", kind="local_triangle", cadence="FREQ=WEEKLY", started_on=BEGAN)
MET = Activity(happened_on=BEGAN, kind="regular_meeting", arrangement_id=-1)


@pytest.fixture(scope="module")
def server(dashboard: Callable[..., Any]) -> Any:
    started = dashboard(TRACKER_SIGN_IN="proxy", TRACKER_ROLES=ROLES, TRACKER_PROXY_SECRET=SECRET)
    stores.create(started.database, now=lambda: datetime.now(UTC))
    by_hand(started).add_all([WEEKLY, MET], by="beheer", batch="begin")
    return started


def by_hand(server: Any) -> Store:
    opened = stores.open(server.database, now=lambda: datetime.now(UTC))
    return opened.on_behalf_of(Visitor(command=True, origin="command"))


def named(name: str, role: str) -> dict[str, str]:
    return {
        "X-Tracker-Secret": SECRET,
        "X-Tracker-User": name,
        "X-Tracker-Roles": role,
        "Accept-Language": "nl",
    }


ANNA = named("anna@stad.example", "tracker-invoeren")
BERT = named("bert@stad.example", "tracker-lezen")
EVA = named("eva@stad.example", "iedereen")


@pytest.fixture
def dial(server: Any) -> Iterator[Callable[..., Wire]]:
    """Makes connections to the dashboard, and hangs up afterwards."""
    with ExitStack() as lines:
        yield lambda headers, **more: lines.enter_context(call(server.url, headers, **more))


def stored(server: Any) -> int:
    """How many records of the kinds that the pages here can make."""
    return sum(len(by_hand(server).records(kind)) for kind in (Activity, Incident, Occurrence))


@pytest.mark.parametrize("page", ["log", "files", "history"])
def test_a_page_outside_the_role_does_not_run_whatever_is_asked(dial, page):
    anna, bert = dial(ANNA).run(), dial(BERT).run()
    assert page in anna.pages()
    assert page not in bert.pages()
    own = anna.run(page=anna.pages()[page])
    asked = bert.run(page=anna.pages()[page])
    by_name = dial(BERT).send(_by_name(page))
    widgets = set(own.widgets()) - {"Afmelden"}
    assert widgets or "Geschiedenis" in own.text()
    assert widgets.isdisjoint(asked.widgets())
    assert widgets.isdisjoint(by_name.widgets())


def _by_name(page: str) -> Any:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    message = BackMsg()
    message.rerun_script.page_name = page
    return message


@pytest.mark.parametrize(("who", "counts"), [(BERT, 0), (EVA, 0), (ANNA, 1)])
def test_the_press_of_a_button_that_was_not_drawn_does_nothing(server, dial, who, counts):
    """The last of the three is the control: the same message from who may."""
    page = dial(ANNA).run()
    page = page.run(page=page.pages()["rhythm"])
    button = next(each for label, each in page.widgets().items() if "Ging niet door" in label)
    before = stored(server)
    other = dial(who).run()
    where = page.pages()["rhythm"]
    other.run(page=where)
    other.run(page=where, change=press(button))
    assert stored(server) - before == counts


def test_values_that_no_field_offers_are_not_stored(server, dial):
    """A day of year 1, a choice that is not in the list, a text of 5,000 signs, and the press that saves."""
    anna = dial(ANNA).run()
    where = anna.pages()["log"]
    drawn = anna.run(page=where)
    kinds = {element.id: kind for kind, element in drawn.elements() if getattr(element, "id", "")}
    before = stored(server)

    def forged(script: Any) -> None:
        for number, kind in kinds.items():
            widget = script.widget_states.widgets.add()
            widget.id = number
            if kind == "button":
                widget.trigger_value = True
            elif kind in ("text_input", "text_area"):
                widget.string_value = "X" * 5000
            elif kind == "number_input":
                widget.double_value = -99999
            elif kind == "selectbox":
                widget.string_value = "EVIL"
            elif kind == "date_input":
                widget.string_array_value.data.extend(["0001/01/01"])
            elif kind in ("multiselect", "button_group"):
                widget.string_array_value.data.extend(["EVIL"])

    anna.run(page=where, change=forged)
    assert stored(server) == before
    assert by_hand(server).verify() == []


def test_a_session_that_somebody_else_goes_on_with_is_theirs_alone(dial):
    anna = dial(ANNA).run()
    assert "U werkt als anna@stad.example." in anna.text()
    session = anna.session
    anna.connection.close()
    bert = dial(BERT, resume=session).run()
    assert "U werkt als bert@stad.example." in bert.text()
    assert "anna@stad.example" not in bert.text()
    assert "log" not in bert.pages()
    again = dial(ANNA, resume=session).run()
    assert "U werkt als anna@stad.example." in again.text()


def test_a_live_session_cannot_be_taken_over(dial):
    anna = dial(ANNA).run()
    eva = dial(EVA, resume=anna.session).run()
    assert "Nog geen toegang" in eva.text()
    assert "U werkt als anna@stad.example." in anna.run().text()


def test_every_refusal_of_these_visitors_stands_in_the_log(server, dial):
    dial(EVA).run()
    lines = by_hand(server).register.log(actor="eva@stad.example", limit=50)
    assert {(line.action, line.result) for line in lines} >= {("sign_in", "denied"), ("view", "denied")}

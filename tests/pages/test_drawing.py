"""A picture is sent in the form Streamlit would give it, and anew once the log changes."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pyarrow as pa
from streamlit.testing.v1 import AppTest

from tracker.pages.around.drawing import packed
from tracker.pages.around.frame import now
from tracker.records import Activity


def spec() -> dict:
    """A drawing of two tables with words, numbers, a gap and a day."""
    one = pd.DataFrame({"day": ["2026-01-05", "2026-01-12"], "n": [3, None], "name": ["é", "ü"]})
    other = pd.DataFrame({"day": ["2026-01-05"], "high": [1.5]})
    layers = [alt.Chart(table).mark_point().encode(x="day:T") for table in (one, other)]
    return alt.layer(*layers).to_dict()


def drawn() -> None:
    """A page with the drawing as it is, and packed."""
    import streamlit as st

    from tests.pages.test_drawing import spec
    from tracker.pages.around.drawing import packed

    st.vega_lite_chart(spec(), key="as it is")
    st.vega_lite_chart(packed(spec()), key="packed")


def table_of(sent: bytes) -> pa.Table:
    """What the browser reads of a table."""
    return pa.ipc.open_stream(sent).read_all()


def test_a_packed_drawing_is_sent_as_streamlit_sends_the_same_one():
    plain, ours = (chart.proto for chart in AppTest.from_function(drawn).run().get("vega_lite_chart"))
    assert plain.spec == ours.spec
    assert [one.name for one in plain.datasets] == [one.name for one in ours.datasets]
    for one, other in zip(plain.datasets, ours.datasets, strict=True):
        assert table_of(one.data.data).equals(table_of(other.data.data))


def test_a_drawing_without_tables_of_its_own_stays_as_it_is():
    bare = {"mark": "point", "data": {"url": "x"}}
    assert packed(bare) == bare


def test_the_timeline_and_its_table_change_with_the_log(screen):
    day = now().date()
    page = screen(*(Activity(happened_on=day, kind="training") for _ in range(3)))
    before = [chart.proto.SerializeToString() for chart in page.app.get("vega_lite_chart")]
    rows = [table.value.to_csv() for table in page.app.dataframe]
    page.store.add(Activity(happened_on=day, kind="training", count=7), by="anna")
    page.run()
    after = [chart.proto.SerializeToString() for chart in page.app.get("vega_lite_chart")]
    assert before
    assert rows
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert rows != [table.value.to_csv() for table in page.app.dataframe]

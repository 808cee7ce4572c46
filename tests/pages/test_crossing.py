"""Nothing of the example ever reaches the municipality's own data, and nobody undoes another's work."""

from __future__ import annotations

from tests.pages.conftest import now
from tests.pages.test_log import an_incident, opened
from tracker import store
from tracker.records import Activity, Incident


def own(page):
    return store.open(page.path, now=now)


def example(page):
    return store.open(page.path.with_name("example.db"), now=now)


def test_a_correction_begun_in_the_example_is_never_saved_in_the_own_data(screen):
    page = screen(*[an_incident(title=f"Eigen {n}") for n in range(12)], example=True).go("log.py")
    page.app.button_group[0].set_value("entries")
    page.run()
    newest = max(example(page).recent(limit=25), key=lambda one: isinstance(one.record, Incident))
    chosen = f"{type(newest.record).__name__} {newest.id}"
    next(one for one in page.app.selectbox if one.key == "chosen_entry").set_value(chosen)
    page.run().click("Verbeter dit")
    page.field("text_input", "title").set_value("Uit het voorbeeld")
    page.field("text_input", "reason").set_value("vergissing")
    page.run().click("Naar mijn eigen gegevens")
    for label in ("Sla de wijziging op", "Leg vast"):
        if label in _labels(page):
            page.click(label)
    assert {one.record.title for one in own(page).records(Incident)} == {f"Eigen {n}" for n in range(12)}
    assert all(one.version == 1 for one in own(page).records(Incident))


def test_repeating_a_meeting_of_the_example_does_not_follow_to_the_own_data(screen):
    page = screen(an_incident(), example=True)
    page.click(next(label for label in _labels(page) if label.startswith("Herhaal")))
    page.click("Naar mijn eigen gegevens").click("Leg vast")
    [logged] = own(page).records(Activity)
    assert (logged.record.title, logged.record.partner_ids, logged.record.arrangement_id) == ("", (), None)


def test_what_was_done_in_the_example_is_not_announced_over_the_own_data(screen):
    page = screen(an_incident(), example=True).go("log.py").click("Leg vast")
    assert "Vastgelegd:" in page.text()
    page.click("Naar mijn eigen gegevens")
    assert "Vastgelegd:" not in page.text()


def test_an_example_made_afresh_shows_what_is_logged_in_it_now(screen):
    page = screen(an_incident(), example=True)
    example(page).add(an_incident(title="Eerste", severity=5), by="test")
    assert "Eerste" in page.run().app.dataframe[0].value.to_string()
    page.click("Begin het voorbeeld opnieuw")
    example(page).add(an_incident(title="Tweede", severity=5), by="test")
    weeks = page.run().app.dataframe[0].value.to_string()
    assert "Tweede" in weeks
    assert "Eerste" not in weeks


def test_undoing_what_somebody_else_changed_since_is_refused_in_words(screen):
    page = screen(an_incident()).go("log.py").click("Leg vast")
    changed = page.store.get(Activity, 1)
    page.store.correct(
        1, Activity(happened_on=now().date(), kind="training"), seen_version=1, reason="x", by="b"
    )
    page.click("Maak ongedaan")
    assert "Niet ongedaan gemaakt" in page.text()
    assert not page.store.get(Activity, 1).withdrawn
    assert changed.version == 1


def test_a_correction_of_what_was_taken_back_meanwhile_says_so_and_does_not_seem_to_count(screen):
    page = opened(screen, an_incident()).click("Verbeter dit")
    page.store.withdraw(Incident, 1, seen_version=1, reason="dubbel", by="bram")
    page.field("text_input", "title").set_value("Van mij")
    page.field("text_input", "reason").set_value("beter")
    page.run().click("Sla de wijziging op")
    assert "bram heeft dit intussen ingetrokken: dubbel" in page.text()
    assert page.store.get(Incident, 1).record.title == "Onrust"
    page.click("Zet terug").click("Sla de wijziging op")
    standing = page.store.get(Incident, 1)
    assert (standing.record.title, standing.withdrawn) == ("Van mij", False)


def _labels(page):
    return [button.label for button in page.app.button]

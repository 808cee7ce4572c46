"""Form fields that keep what was typed and show their problem right below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import streamlit as st

from tracker.pages.around import frame, write
from tracker.pages.forms import entry, findings
from tracker.pages.forms.drafts import Draft
from tracker.records import DAYS_AHEAD, FIRST_DAY, SEVERAL_LINES, longest
from tracker.words import Words
from tracker.words.field_help import FIELD_HELP

Step = tuple[int, str, str]  # of a scale: its number, its word, what it means


@dataclass
class Fields:
    """The fields of one draft; `texts` collects what was typed freely, for the guard on personal data."""

    say: Words
    draft: Draft
    texts: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)

    def day(
        self, name: str, label: str, value: date | None, *, ahead: bool = False, empty: bool = False
    ) -> date | None:
        """A calendar day from 2000 up to today, because what did not happen yet is not logged as if it did;
        `ahead`: up to a year from now. `empty`: it may stay without a day.
        """
        start = (value := self._typed(name, value)) or frame.today()
        last = frame.today() + timedelta(days=DAYS_AHEAD - 1 if ahead else 0)
        return self._asked(
            name,
            st.date_input,
            label,
            value=value if empty else start,
            min_value=FIRST_DAY,
            max_value=max(last, start),
            format="DD-MM-YYYY",
        )

    def text(self, name: str, label: str, value: str, *, help: str | None = None) -> str:
        """Free text; long fields get room."""
        widget = st.text_area if name in SEVERAL_LINES else st.text_input
        room = 20 * longest(name)  # a pasted text that is too long stays, and is told so
        self.labels[name], value = label, self._typed(name, value)
        self.texts[name] = self._asked(name, widget, label, value=value, max_chars=room, help=help) or ""
        return self.texts[name]

    def choice(
        self, name: str, label: str, options: dict[str, str], value: str, *, help: str | None = None
    ) -> str:
        """One of `options`, an option -> its words."""
        place = list(options).index(known) if (known := self._typed(name, value)) in options else 0
        return self._asked(
            name,
            st.selectbox,
            label,
            options=list(options),
            index=place,
            help=help,
            format_func=lambda option: options.get(option, option),
        )

    def several(self, name: str, label: str, options: dict[str, str], value: list[str]) -> list[str]:
        """Any of `options`, an option -> its words."""
        return self._asked(
            name,
            st.multiselect,
            label,
            options=list(options),
            default=[option for option in self._typed(name, value) if option in options],
            format_func=lambda option: options.get(option, option),
            placeholder=self.say("Choose from the list"),
        )

    def scale(
        self, name: str, label: str, options: Sequence[Step], value: int | None, *, help: str | None = None
    ) -> int | None:
        """One of a few steps, each with its word and what it means; nothing is chosen beforehand."""
        steps, value = [step for step, _, _ in options], self._typed(name, value)
        return self._asked(
            name,
            st.radio,
            label,
            options=steps,
            index=steps.index(value) if value in steps else None,
            format_func=lambda step: f"{step} · {options[steps.index(step)][1]}",
            captions=[meaning for _, _, meaning in options],
            help=help,
        )

    def tick(self, name: str, label: str, value: bool, *, help: str | None = None) -> bool:
        """Yes or no."""
        return self._asked(name, st.checkbox, label, value=self._typed(name, value), help=help)

    def chosen(self, name: str) -> list[str]:
        """The options that stand chosen in a field, also before it is drawn."""
        value = st.session_state.get(self.key(name), self._typed(name, None)) or []
        return [value] if isinstance(value, str) else value

    def refuse(self, problems: dict[str, str]) -> None:
        """Shows the problems beside their fields on the next run; nothing typed is lost."""
        findings.remember(self, problems)
        st.session_state[self.key("problems")] = problems
        st.rerun()

    def problems_elsewhere(self) -> None:
        """Says what is wrong with fields that this form does not show, and asks about personal data."""
        for name, code in self._problems().items():
            if name not in self.asked:
                self._say_problem(name, code)
        findings.ask(self)

    def _asked(self, name: str, widget: Callable[..., Any], label: str, **options: Any) -> Any:
        given = widget(
            label,
            help=options.pop("help", None) or self.say(FIELD_HELP.get(name.partition(".")[0], "")) or None,
            key=self.key(name),
            persist_state="session",
            on_change=entry.touch,
            args=(self.draft.nonce,),
            **options,
        )
        self.asked.add(name)
        if name in self._problems():
            self._say_problem(name, self._problems()[name])
        return given

    def _typed(self, name: str, value: Any) -> Any:
        return self.draft.typed.get(name, value)

    def _say_problem(self, name: str, code: str) -> None:
        write.paragraph(self.say.problem(code, name), role="alert", tone="problem")
        findings.point_out(self, name, code)

    def _problems(self) -> dict[str, str]:
        return st.session_state.get(self.key("problems"), {})

    def key(self, name: str) -> str:
        """Under which name the session keeps something of this draft."""
        return f"{name}.{self.draft.nonce}"

"""Who works with whom, in words: pairs of a quarter, who came and went, and on whom it hangs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.analysis import policy
from tracker.analysis.attendance import Attendance, Presence
from tracker.analysis.cooperation import Cooperation
from tracker.analysis.estimate import Estimate
from tracker.analysis.origins import Born, Reuse
from tracker.analysis.partners import Coverage, KeyRoles, Lifecycle, Ownership
from tracker.analysis.quarter import Quarter
from tracker.analysis.ties import DomainTie, Pair, Ties
from tracker.words.voice import N_, Voice

NAMED = 6
_LEAST_FOR_SHARE = 8


def quarter(say: Voice, one: Quarter) -> str:
    """ "3e kwartaal 2026" or "Q3 2026"."""
    return say.quarter(one.first)


def pairs_line(say: Voice, known: Cooperation, found: Ties) -> str:
    """The conclusion above the pairs: how many met, how many are new, how many were lost."""
    when = quarter(say, found.quarter)
    if found.quarter.last > known.until:
        when = say("{quarter} up to now", quarter=when)
    if not found.pairs and not found.lost:
        return say("Nobody wrote down who met whom in {quarter}.", quarter=when)
    met = say.plural(
        "In {quarter}, {n} pair of organisations met.",
        "In {quarter}, {n} pairs of organisations met.",
        len(found.pairs),
        quarter=when,
    )
    changes = []
    if found.new and not found.young:
        changes.append(say.plural("{n} of them is new.", "{n} of them are new.", len(found.new)))
    if found.lost:
        changes.append(
            say.plural(
                "{n} pair that met a year before did not meet.",
                "{n} pairs that met a year before did not meet.",
                len(found.lost),
            )
        )
    return " ".join([met, *changes])


def named_pairs(say: Voice, known: Cooperation, pairs: Sequence[Pair]) -> str:
    """ "Politie with GGD, School with Wijkteam and 3 more": the first few by name."""
    if not pairs:
        return say("none")
    named = [
        say("{a} with {b}", a=known.partners[a].name, b=known.partners[b].name) for a, b in pairs[:NAMED]
    ]
    return _and_more(say, named, len(pairs) - NAMED, "; ")


def kept_line(say: Voice, found: Ties) -> str:
    """What is left of the pairs of a year before, over the quarter where it can be said, else the year."""
    of_quarter = _of_every_hundred(say, found.kept)
    if of_quarter:
        return say("Of the pairs of a year before, {share} still meet.", share=of_quarter)
    of_year = _of_every_hundred(say, found.year)
    if of_year:
        return say("Of the pairs of the year before, {share} met in the last year too.", share=of_year)
    if found.kept.why == "quarter_running":
        return say("This quarter still runs, so it is not compared with a year before.")
    return say("There are no pairs of a year before to compare with.")


def told_line(say: Voice, found: Ties) -> str:
    """How much of the quarter the pairs rest on, and what the log does not reach; empty when all is known."""
    lines = []
    if found.told < found.activities:
        lines.append(
            say(
                "Of {told} of the {all} activities it is written down who came.",
                told=say.number(found.told),
                all=say.number(found.activities),
            )
        )
    if found.young:
        lines.append(say("The log does not reach back a year, so it cannot be said what is new."))
    return " ".join(lines)


def pairs_benchmark(say: Voice) -> str:
    """What is known elsewhere, as a measure."""
    return say(
        "Elsewhere, 11 to 15 of every 100 pairs in a voluntary working group were still a pair a year later. "
        "In a weekly committee with a mandate that was 39 to 43."
    )


def grid_line(say: Voice, found: Ties, domains: Mapping[str, str]) -> str:
    """Between which domains nobody met in the quarter, in words; what was lost comes first."""
    lost = [_tie(say, one, domains) for one in found.grid if one.lost]
    never = [_tie(say, one, domains) for one in found.grid if not one.together and not one.lost]
    if lost:
        return say("Lost in a year: {ties}.", ties=_and_more(say, lost[:NAMED], len(lost) - NAMED))
    if never:
        return say(
            "Not together this quarter: {ties}.", ties=_and_more(say, never[:NAMED], len(never) - NAMED)
        )
    return say("All domains met each other.") if found.grid else say("No two domains took part yet.")


def grid_unit(say: Voice, found: Ties) -> str:
    """What the numbers of the grid count."""
    return say(
        "A number is the number of activities in {quarter} at which both domains were.",
        quarter=say.quarter(found.quarter.first),
    )


def lifecycle_lines(say: Voice, known: Cooperation, found: Lifecycle) -> list[tuple[str, str]]:
    """(word, names) for new, stayed, returned and silent organisations; silent ones with their last day."""
    silent = [
        say("{name} (last seen {day})", name=known.partners[one].name, day=say.short_date(day))
        for one, day in found.silent
    ]
    return [
        (say("New to the log") if found.young else say("New"), _names(say, known, found.new)),
        (say("Back again"), _names(say, known, found.returned)),
        (say("Stayed"), _names(say, known, found.stayed)),
        (say("Gone silent"), "; ".join(silent) or say("none")),
    ]


def coverage_line(say: Voice, found: Coverage, domains: Mapping[str, str]) -> str:
    """Which domains were there and which were missing."""
    if not found.activities:
        return say("Of no activity in this quarter it is known who came.")
    missing = [domains[code] for code in found.missing]
    there = say("{n} of the {all} domains were there.", n=len(found.at), all=len(found.at) + len(missing))
    if not missing:
        return there
    gone = say("Missing: {domains}.", domains=say.and_list(missing))
    return f"{there} {gone}"


def hangs_line(say: Voice, known: Cooperation, found: KeyRoles, roles: Mapping[str, str]) -> str:
    """On how few owners half of the work hangs, by organisation and role."""
    if found.fewest is None:
        return say(
            "Of {known} of the {total} activities of the last year it is known who led. "
            "Give every arrangement an owner, and you see on how few it hangs.",
            known=say.number(found.known),
            total=say.number(found.total),
        )
    names = [_carrier(known, partner, role, roles) for partner, role, _ in found.carriers[: found.fewest]]
    return say.plural(
        "Half of the activities of the last year hangs on {n} owner: {names}.",
        "Half of the activities of the last year hangs on {n} owners: {names}.",
        found.fewest,
        names=say.and_list(names),
    )


def ownership_lines(say: Voice, known: Cooperation, found: Ownership) -> list[str]:
    """The gaps in ownership by name; one line when there are none."""
    if not found.running:
        return [say("There are no arrangements yet.")]
    lines = []
    for numbers, text in (
        (found.no_owner, N_("Without an owner: {names}.")),
        (found.no_second, N_("Without a second owner: {names}.")),
        (found.same_domain, N_("Both owners from the same domain: {names}.")),
    ):
        if numbers:
            lines.append(say(text, names=say.and_list([known.arrangements[one].name for one in numbers])))
    return lines or [say("Every arrangement has an owner and a second owner from another domain.")]


def reuse_line(say: Voice, found: Reuse) -> str:
    """How many responses to incidents ran through what existed already."""
    if not found.known:
        return say("No activity was tied to an incident yet, so it cannot be said what they ran through.")
    line = say.plural(
        "{hit} of the {n} response to incidents ran through an arrangement that was there already.",
        "{hit} of the {n} responses to incidents ran through an arrangement that was there already.",
        found.known,
        hit=say.number(found.reused),
    )
    share = _of_every_hundred(say, found.share) if found.known >= _LEAST_FOR_SHARE else ""
    parts = [line, say("That is {share}.", share=share) if share else ""]
    if found.unknown:
        parts.append(say("Of {n} more it is not known how old the arrangement was.", n=found.unknown))
    return " ".join(filter(None, parts))


def peace_line(say: Voice, found: Born) -> str:
    """How many arrangements began outside the heat of an incident, and of how many nobody knows."""
    if not found.known:
        return say("Of no arrangement it is known whether it began in peace.")
    line = say.plural(
        "{hit} of the {n} arrangement began in peace: not within {days} after a serious incident.",
        "{hit} of the {n} arrangements began in peace: not within {days} after a serious incident.",
        found.known,
        hit=say.number(found.in_peace),
        days=say.days(policy.value("heat_days")),
    )
    if not found.unknown:
        return line
    unknown = say.plural("Of {n} other it is not known.", "Of {n} others it is not known.", found.unknown)
    return f"{line} {unknown}"


def attendance_line(say: Voice, known: Cooperation, found: Attendance) -> str:
    """Who was at the last meeting of which it is known, and who left without saying so."""
    every = zip(found.present, found.could, found.meetings, strict=True)
    told = [(there, could, day) for there, could, day in every if there is not None]
    if not told:
        return say("Nobody wrote down who came. Tick the organisations when you log a meeting.")
    there, could, day = told[-1]
    last = say(
        "On {day}, {there} of {could} organisations were there.",
        day=say.date(day),
        there=say.number(there),
        could=say.number(could),
    )
    left = [known.partners[row.partner].name for row in found.rows if row.left]
    if not left:
        return last
    missing = say("Not there for a while: {names}.", names=say.and_list(left))
    return f"{last} {missing}"


def presence_word(say: Voice, row: Presence) -> str:
    """ "missed the last 6": only for who missed several in a row; else empty."""
    if not row.left:
        return ""
    return say("missed the last {n}", n=row.missed)


def presence_score(say: Voice, row: Presence) -> str:
    """Of the last four meetings against those of the year: "1 of 4, in a year 9 of 12"."""
    return say(
        "{there} of {of}, in a year {year} of {all}",
        there=row.recent[0],
        of=row.recent[1],
        year=row.year[0],
        all=row.year[1],
    )


def carrier_rows(
    say: Voice, known: Cooperation, found: KeyRoles, roles: Mapping[str, str]
) -> list[tuple[str, str]]:
    """(owner, activities) for the table below the sentence, most first."""
    return [(_carrier(known, partner, role, roles), say.number(n)) for partner, role, n in found.carriers]


def _carrier(known: Cooperation, partner: int, role: str, roles: Mapping[str, str]) -> str:
    name = known.partners[partner].name
    return f"{name} ({roles.get(role, role)})" if role else name


def _tie(say: Voice, one: DomainTie, domains: Mapping[str, str]) -> str:
    return say("{a} with {b}", a=domains[one.first], b=domains[one.second])


def _names(say: Voice, known: Cooperation, found: Sequence[int]) -> str:
    """Parted by semicolons: a name may hold a comma."""
    return "; ".join(known.partners[one].name for one in found) or say("none")


def _and_more(say: Voice, named: list[str], more: int, sign: str = ", ") -> str:
    rest = [say("and {n} more", n=more)] if more > 0 else []
    return sign.join([*named, *rest])


def _of_every_hundred(say: Voice, share: Estimate) -> str:
    """In words; empty when it may not be stated."""
    if not share.stated or share.low is None or share.high is None:
        return ""
    return say.of_every_hundred(share.low, share.high)

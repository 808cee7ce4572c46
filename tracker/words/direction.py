"""Vision and direction in words: who leads where, the white spots, and whom to involve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.analysis.cooperation import Cooperation
from tracker.analysis.involve import Involve, Usual
from tracker.analysis.prevention import Cell, PhaseDone, Prevention
from tracker.words.voice import N_, Voice

STATES = {
    "leads": N_("leads, as planned"),
    "lead_takes_part": N_("takes part, should lead"),
    "lead_helps": N_("leads, was to support"),
    "leads_unplanned": N_("leads, not planned"),
    "supports": N_("supports, as planned"),
    "takes_part": N_("takes part, not planned"),
    "white_spot": N_("white spot"),
    "not_known": N_("not known"),
    "empty": N_("no part"),
}
SHORT_STATES = {
    "leads": N_("leads"),
    "lead_takes_part": N_("there"),
    "lead_helps": N_("leads"),
    "leads_unplanned": N_("leads"),
    "supports": N_("supports"),
    "takes_part": N_("there"),
    "white_spot": N_("white spot"),
    "not_known": N_("not known"),
    "empty": "",
}
SHARES = {
    "lead": N_("plan: lead"),
    "support": N_("plan: support"),
    "none": N_("plan: no part"),
}
FOLLOWS = N_("So this follows the plan.")
NAMED = 6
Names = Mapping[str, str]


def white_spots_line(say: Voice, found: Prevention, phases: Names, domains: Names) -> str:
    """The conclusion above the matrix: where nobody was that should have been, by name."""
    if not found.total:
        return say("Nothing was logged in the last year, so there is nothing to hold the plan against.")
    spots = [_spot(say, one, found, phases, domains) for one in found.phases]
    named = [one for one in spots if one]
    if named:
        return say("White spots of the last year: {spots}.", spots="; ".join(named))
    if any(one.state == "not_known" for one in found.cells):
        return say("Too little is written down to tell a white spot from what nobody logged.")
    return say("In the last year every domain was there where the plan asks for it.")


def matrix_told(say: Voice, found: Prevention) -> str:
    """On how much the matrix rests: activities without a phase, outside the model, or without a lead."""
    inside = sum(one.activities for one in found.phases)
    unknown = inside - sum(one.lead_known for one in found.phases)
    counts = {"n": inside, "total": found.total, "none": found.no_phase, "outside": found.outside}
    said = {name: say.number(n) for name, n in counts.items()}
    line = say(
        "The picture holds {n} of the {total} activities of the last year. Without a known phase: {none}. "
        "A response, or work for every phase: {outside}.",
        **said,
    )
    if not unknown:
        return line
    lead = say.plural(
        "Of {n} activity in the picture it is not known who led.",
        "Of {n} activities in the picture it is not known who led.",
        unknown,
    )
    return f"{line} {lead}"


def led_lines(say: Voice, found: Prevention, phases: Names, domains: Names) -> list[str]:
    """Per phase who led most and who should; a question to the room when they are not the same."""
    return [_led(say, one, found, phases, domains) for one in found.phases if one.activities]


def plan_origin(say: Voice, found: Prevention) -> str:
    """Whether the plan is our default; empty when every part was chosen."""
    if found.all_default:
        return say("The plan is the default, adjust it.")
    if any(one.default for one in found.cells):
        return say("Where nothing was chosen the plan is the default, adjust it.")
    return ""


def share_word(say: Voice, one: Cell) -> str:
    """The part that was planned, and that it is the default where nobody chose it."""
    word = say(SHARES[one.planned])
    return say("{plan} (default, adjust it)", plan=word) if one.default and one.planned != "none" else word


def cell_line(say: Voice, one: Cell) -> str:
    """A cell for a table: what it comes to, how often, and the plan."""
    if one.state == "empty":
        return say(STATES[one.state])
    times = [say("led {n}", n=say.number(one.led))] if one.led else []
    if one.took_part:
        times.append(say("at {n} more", n=one.took_part) if one.led else say("at {n}", n=one.took_part))
    often = f" ({', '.join(times)})" if times else ""
    return f"{say(STATES[one.state])}{often} · {share_word(say, one)}"


def involve_line(say: Voice, known: Cooperation, found: Involve) -> str:
    """Who usually comes, the most often there first."""
    if not found.usual:
        return say("Nobody is known yet who came to this.")
    times = (say("{times} of {of}", times=one.times, of=found.activities) for one in found.usual)
    each = zip((known.partners[one.partner].name for one in found.usual), times, strict=True)
    listed = _some(say, [f"{name} ({often})" for name, often in each])
    if found.basis == "plan":
        return say("So far there: {names}.", names=listed)
    return say("Usually there: {names}.", names=listed)


def involve_basis(say: Voice, found: Involve, phenomena: Names, phases: Names) -> str:
    """What it rests on: how many activities, about what, from when to when; or that it follows the plan."""
    about = {
        "phenomenon": phenomena.get(found.phenomenon, found.phenomenon),
        "phase": phases.get(found.phase, found.phase),
        "n": say.number(found.activities),
    }
    if found.basis == "plan":
        little = say.plural(
            "The log tells too little of this: {n} activity of which it is known who came.",
            "The log tells too little of this: {n} activities of which it is known who came.",
            found.activities,
        )
        return f"{little} {say(FOLLOWS)}" if found.asked else little
    when = say(
        "from {first} to {last}",
        first=say.short_date(found.first) if found.first else "",
        last=say.short_date(found.last) if found.last else "",
    )
    return say(_BASES[found.basis], **about, when=when)


def involve_gaps(say: Voice, known: Cooperation, found: Involve, domains: Names) -> list[str]:
    """Whom to think of besides: who usually comes and missed the last one, and whom the plan asks for."""
    missed = [one.partner for one in found.usual if one.missed_last and 2 * one.times >= found.activities]
    gone = _some(say, [known.partners[one].name for one in missed])
    lines = [say("Mostly there, and not the last time: {names}.", names=gone)] if gone else []
    return [*lines, *_asked(say, known, found, domains)]


def involve_rows(say: Voice, known: Cooperation, found: Involve) -> list[tuple[str, str, str, str]]:
    """(organisation, times, last there, remark) for a table."""
    return [_row(say, known, one, found.activities) for one in found.usual]


_BASES = {
    "both": N_("Counted over {n} activities about {phenomenon} in the phase {phase}, {when}."),
    "phenomenon": N_("Counted over {n} activities about {phenomenon}, in any phase, {when}."),
    "phase": N_("Counted over {n} activities in the phase {phase}, about anything, {when}."),
    "all": N_("Counted over all {n} activities of which it is known who came, {when}."),
}


def _row(say: Voice, known: Cooperation, one: Usual, of: int) -> tuple[str, str, str, str]:
    return (
        known.partners[one.partner].name,
        say("{times} of {of}", times=one.times, of=of),
        say.short_date(one.last_there),
        say("was not there the last time") if one.missed_last else "",
    )


def _asked(say: Voice, known: Cooperation, found: Involve, domains: Names) -> list[str]:
    """What the plan says: organisations that were never there, and domains without any."""
    if not found.asked:
        return [say("The plan asks for nobody here: this is no phase of the prevention model.")]
    asked = say("The plan asks for: {domains}.", domains=_list(say, found.asked, domains))
    default = say("This is the default, adjust it.") if found.default else ""
    lines = [" ".join(filter(None, (asked, default)))]
    if found.absent:
        names = _some(say, [known.partners[one].name for one in found.absent])
        lines.append(say("Asked for and not there yet: {names}.", names=names))
    if found.no_organisation:
        gone = _list(say, found.no_organisation, domains)
        lines.append(say("No organisation is known from: {domains}.", domains=gone))
    return lines


def _spot(say: Voice, done: PhaseDone, found: Prevention, phases: Names, domains: Names) -> str:
    """The white spots of a phase in a few words; empty when it has none."""
    gone = [one.domain for one in found.white_spots if one.phase == done.phase]
    if not gone:
        return ""
    phase = phases.get(done.phase, done.phase)
    named = _list(say, gone, domains)
    if not done.activities:
        text = N_("in {phase} nothing was logged, and the plan asks for {domains}")
    else:
        text = N_("in {phase} nobody from {domains}")
    return say(text, phase=phase, domains=named)


def _led(say: Voice, done: PhaseDone, found: Prevention, phases: Names, domains: Names) -> str:
    phase = phases.get(done.phase, done.phase)
    cells = [one for one in found.cells if one.phase == done.phase]
    planned = [one.domain for one in cells if one.planned == "lead"]
    should = (
        say("Planned: {domains}.", domains=_list(say, planned, domains))
        if planned
        else say("Nobody was planned to lead.")
    )
    most = max((one.led for one in cells), default=0)
    if not most:
        who = say("{phase}: of no activity it is known who led.", phase=phase)
        return f"{who} {should}"
    first = [one.domain for one in cells if one.led == most]
    who = say(
        "{phase}: {domains} led most, {n} of the {all} times that it is known.",
        phase=phase,
        domains=_list(say, first, domains),
        n=say.number(most),
        all=say.number(done.lead_known),
    )
    idle = [one.domain for one in cells if one.state == "lead_takes_part"]
    not_led = say("There and not leading: {domains}.", domains=_list(say, idle, domains)) if idle else ""
    asks = say("Is that what you want?") if idle or not set(first) <= set(planned) else ""
    return " ".join(filter(None, (who, should, not_led, asks)))


def _list(say: Voice, codes: Sequence[str] | Iterable[str], names: Names) -> str:
    return say.and_list([names.get(code, code) for code in codes])


def _some(say: Voice, names: Sequence[str]) -> str:
    """The first few, parted by semicolons: a name may hold a comma."""
    more = len(names) - NAMED
    rest = [say("and {n} more", n=more)] if more > 0 else []
    return "; ".join([*names[:NAMED], *rest])

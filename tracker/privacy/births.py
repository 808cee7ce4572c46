"""Birth dates: a day that is said to be somebody's first, or that stands right beside a person.

A day beside a name is surer the longer ago it was: a log tells of meetings of these years, and whoever is
talked about in it was born before them. Without a word of birth, a day since 2015 is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.days import DAY, DAY_OF_YEAR, LONG_AGO, NOT_ISO, ORDINAL, PLAIN_DAY, is_a_day
from tracker.privacy.kinds import Hit
from tracker.privacy.words import DATE, PERSONS, SPELLED

_LABEL = (
    r"(?:gb\.? ?dat|geb(?:oo?rte?)?\.? ?-?d(?:\.|at(?:um|a|\.)?|tm\.?|d|t)|geboo?rte(?:dag|"
    r"gegevens|dat[a-z]*)|geboortegegevens|"
    r"geboorteplaats en -?datum|g\.d\.?|gd|d\.o\.b\.|dob|gbd|gbdt?m?|birth ?da(?:te|y)|"
    r"date of birth|born|birth|"
    r"naissance|nacimiento|geburtsdatum|dogum tarihi|leeftijd en -?datum|dd[-/]mm[-/]jj(?:jj)?|"
    r"dag/maand/jaar)"
)
_PLACE_THEN = r"(?:(?:te|in) [A-Z][\w' -]{1,30}?(?: op| \(| d\.d\.) ?|te [A-Z][\w' -]{1,30}?,? )?"
_AGED = rf"(?:\d{{1,2}}(?![\d:.,]\d)|(?:{SPELLED})\b)"

# What says it: the label before the day.
_LABELLED = re.compile(
    rf"\b{_LABEL}(?![\w-])(?:(?:[^.;!?\n\d]|\.(?! ?(?-i:[A-Z]))){{0,60}}?|[ .:=(/]{{0,4}})(?P<day>{DAY})"
    rf"|\bverjaardag(?!\w)(?:[^.;,!?\n\d]{{0,40}}|[ .:=(]{{0,4}})(?P<party>{DAY})"
    rf"|(?<!\w)ge?b\.?d?(?:[ /:=.]+[^;!?\n\d]{{0,60}}?)(?P<short>{DAY})"
    rf"|\w*geb\.?:?(?:[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[01]\d\d\d|{DATE})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_BORN = re.compile(
    rf"\b(?P<told>(?:geboren|geb\.?|gebd\.?|jarig|geboorte(?=[: ]))(?: is| was| zijn)?[ :(=]{{0,4}}"
    rf"(?:(?:op|d\.d\.|dd|in) )?{_PLACE_THEN}(?:de )?)(?P<first>{DAY})"
    rf"|(?P<date>{DAY})(?:,? (?:te|in) [A-Z][\w' -]{{1,30}}?)?(?:,? [a-z]+){{0,4}} \(?(?:geboren|geb\.|"
    rf"geboortedatum|ter wereld|(?:het )?levenslicht)(?!\w)"
    rf"|\b(?P<child>bevallen|beviel|bevalling|bevalt)\b[^.;!?\n\d]{{0,40}}?(?P<childs_day>{DAY})"
    rf"|\bnee? (?:le )?(?P<french>{DAY})"
    rf"|(?P<light>\b(?:levenslicht|ter wereld)[ (:]{{0,3}}(?:gekomen )?(?:op )?(?:de )?)(?P<lit>{DAY})",
    re.ASCII | re.IGNORECASE,
)
_STARRED = re.compile(rf"(?:^|\(|\[|(?<=[\w,)] ))\* ?(?:op )?{DAY}", re.ASCII | re.IGNORECASE)
_TURNING = re.compile(
    rf"\b(?:verjaart|(?:wordt|werd|werden|worden) (?:op )?(?=[^.;\n]{{6,30}}? (?:\d{{1,2}}|\w+(?:tien|tig)) "
    rf"jaar\b)|kwam(?:en)? (?:hij|zij|ze)?(?= ?op [^.;\n]{{6,30}}? ter wereld))[ (:]{{0,3}}(?:op )?{DATE}",
    re.ASCII | re.IGNORECASE,
)
# Without the year of birth: the day, and who turns how old.
_PARTY = re.compile(
    rf"\b(?:jarig|jarige|verjaart|verj\.|b-?day)(?: is| zijn)?[ :(]{{0,3}}(?:elk jaar |vandaag |"
    rf"morgen )?(?:\()?(?:weer |dan |nu )?(?:op )?(?:de )?(?:{DATE}|{DAY_OF_YEAR})"
    rf"|\b(?:wordt|werd|is|bereikt|"
    rf"geworden) (?:dan )?(?:al )?{_AGED}(?: jaar)?(?: geworden)? (?:\(|op |per |sinds |"
    rf"in )(?:{DATE}|{DAY_OF_YEAR})"
    rf"|\b(?:op|per|vanaf|sinds) (?:{DATE}|"
    rf"{DAY_OF_YEAR})(?: [a-z]+){{0,2}} (?:de leeftijd van {_AGED}|{_AGED} geworden|"
    rf"{_AGED} (?:jaar )?wordt|meerderjarig)"
    rf"|\bis (?:op |sinds )?(?:{DATE}|{DAY_OF_YEAR}) {_AGED} (?:jaar )?geworden\b"
    rf"|\b(?:meerderjarig|achttien|volwassen) (?:is |wordt )?(?:op|per|vanaf|sinds) (?:{DATE}|{DAY_OF_YEAR})"
    rf"|\b(?:viert|vierde|vieren) [^.;\n]{{0,30}}?(?:{DATE}|"
    rf"{DAY_OF_YEAR})[^.;\n]{{0,25}}? (?:zijn|haar|z'n|d'r) (?:\d{{1,2}}(?:e|de|ste)|{ORDINAL})\b"
    rf"|(?:{DATE}|{DAY_OF_YEAR}) (?:viert|vierde) [^.;\n]{{0,30}}? (?:zijn|haar|z'n|"
    rf"d'r) (?:\d{{1,2}}(?:e|de|ste)|{ORDINAL})\b"
    rf"|\b(?:is|was|wordt) (?:op )?(?:{DATE}|{DAY_OF_YEAR}) (?:ook |weer )?jarig\b"
    rf"|\b(?:wordt|werd) (?:dan |nu )?(?:\w*dag |gisteren |morgen )?\(?(?:op )?(?:{DATE}|"
    rf"{DAY_OF_YEAR})\)? (?:al |pas )?{_AGED}(?! [a-z]*(?:en|s)\b)(?:(?= ?[,.;!)\n]|$)| jaar\b)"
    rf"|\b(?:{DATE}|{DAY_OF_YEAR})[),]? (?:is|was|wordt|werd) (?:hij|zij|ze|'?ie|de [a-z]+|"
    rf"[A-Z][a-z]+)(?: [A-Z][a-z]+)? (?:weer |ook |dan |al )?(?:jarig|{_AGED}(?= ?[,.;!)\n]|$|"
    rf" jaar\b))",
    re.ASCII | re.IGNORECASE,
)
_CELEBRATED = re.compile(
    rf"(?:{DAY}|{DAY_OF_YEAR})[^.;\n]{{0,40}}?\b(?:zijn|haar|z'n|d'r|hun|"
    rf"diens) (?:(?:\d{{1,2}}(?:e|de|ste)?|{ORDINAL}) )?(?:ge?boortedag|verjaardag)"
    rf"|\b(?:zijn|haar|z'n|d'r|diens|[A-Z][a-z]+s) (?:(?:\d{{1,2}}(?:e|de|ste)?|"
    rf"{ORDINAL}) )?(?:geboortedag|verjaardag)[^.;\n\d]{{0,25}}?(?:{DAY}|{DAY_OF_YEAR})"
    rf"|\b(?P<whose>verjaardag(?:en)?\b[^.;\n\d]{{0,40}}?)(?:{DAY}|{DAY_OF_YEAR})"
    rf"|(?:{DAY}|{DAY_OF_YEAR}) (?:als|is|staat als|geldt als|opgegeven als) (?:de |zijn |haar |"
    rf")?(?:geboortedag|geboortedatum|verjaardag)\b"
    rf"|\b(?:bouwjaar|geboortejaar|bj\.?):? (?:19|20)\d\d[ ,(]{{1,3}}(?:op |"
    rf"van )?(?:{DAY_OF_YEAR})|{DAY_OF_YEAR}[ ,(]{{1,3}}(?:bouwjaar|geboortejaar|bj\.?):? (?:19|"
    rf"20)\d\d"
    rf"|\bvan (?:19\d\d|200\d|201[0-4])[ ,]{{1,2}}\((?:op )?{DAY_OF_YEAR}"
    rf"|\b(?:ben|bent|(?:hij|zij|ze|{PERSONS}) is) (?:er eentje )?van (?:de )?{DAY}",
    re.ASCII | re.IGNORECASE,
)
_IN_PARTS = re.compile(
    r"\bdag\W{0,3}\d{1,2}\W{1,4}maand\W{0,3}(?:\d{1,2}|[a-z]+)\W{1,4}jaar\W{0,3}(?:19\d\d|20[01]\d)\b"
    r"|(?<!\d)\d\d\.[01]\d\.[0-3]\d-\d{3}[.-]\d\d(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_NOT_ONE = re.compile(r"\b(?:geen|zonder|nooit|nieuwe) $", re.IGNORECASE)
_BUILDING = re.compile(r"\b(?:in|bij|naar|achter|voor|naast) $", re.IGNORECASE)
# Who or what was born: "de werkgroep is geboren op 6 juli 2024" is a saying, unless the day is of long ago.
_ONE = rf"\b(?:hij|zij|ze|die|wie|dhr\.?|mevr\.?|mw\.?|ik|{PERSONS})\b"
_WHO = re.compile(rf"{_ONE}[^.;\n]{{0,35}}?\b(?:is|werd|was|zijn)(?: (?:op|in))?(?: de)? ?$", re.I)
_SOMEBODY = re.compile(rf"{_ONE}[^.;\n]{{0,40}}$", re.IGNORECASE)
_SAID = re.compile(r"\b(?:is|werd|was|zijn|werden)(?: (?:op|in))? ?$", re.IGNORECASE)
_A_NAME = re.compile(
    r"(?:^|[.:;!?] )(?!De |Het |Een |Dit |Deze |"
    r"Er )[A-Z][a-z]+(?: [a-z]+)?(?: [A-Z][a-z]+)? (?:is|werd|was) (?:op )?$"
)
_LAST_CENTURY = re.compile(rf"19\d\d$|{NOT_ISO}.*[3-9]\d$", re.DOTALL)

# Without one of these, in small letters, the slower patterns above find nothing.
_LABEL_IN = (
    *(
        "geb.",
        "geb ",
        "geb:",
        "geb/",
        "geb=",
        "geb-",
        "geb0",
        "geb1",
        "geb2",
        "geb3",
        "gebd",
        "gebo",
        "gb",
        "gd",
        "g.d",
    ),
    *(
        "dob",
        "d.o.b",
        "birth",
        "born",
        "verjaardag",
        "leeftijd en",
        "naissance",
        "nacimiento",
        "dogum",
        "dd-mm",
        "dd/mm",
        "dag/m",
    ),
)
_BORN_IN = (
    "gebo",
    "geb.",
    "geb ",
    "geb:",
    "geb(",
    "gebd",
    "jarig",
    "wereld",
    "levenslicht",
    "beval",
    "beviel",
    "nee ",
    "ne le",
)
_TURNS_IN = (
    "jarig",
    "verj",
    "bday",
    "b-day",
    "viert",
    "vierde",
    "achttien",
    "bereikt",
    "geworden",
    "wordt",
    "werd",
    "volwassen",
    "is hij",
    "is zij",
    "is ze",
)
_PARTY_IN = (
    *("verjaardag", "geboortedag", "geboortedatum", "geboortejaar", "bouwjaar", "bj", "ben van", "bent van"),
    *(" is van ", " is er eentje", "van 19", "van 20"),
)

# A person as a name of two words, with a title, a role or initials; lists put the surname first.
_LOW = r"(?:(?:van|de|der|den|ter|ten|el|al|te|het|ben|in|'t|la|von) ){0,3}"
_CAP = r"[A-Z][a-z?'][A-Za-z?'-]*"
_NAMED = (
    rf"(?:(?P<named>{_CAP} (?:[A-Z]\.|{_LOW}{_CAP}(?: {_LOW}{_CAP})?(?:,? [A-Z]\.(?: ?[A-Z]\.)*)?)|"
    rf"(?:[A-Z]\. ?)+{_LOW}{_CAP}(?: {_CAP})?"
    rf"|{_CAP}[,;|]? ?(?:[A-Z]\. ?)+|{_CAP} [A-Z]{{1,3}}(?![\w.])|{_CAP}(?: {_CAP})?[,;|] ?{_CAP}|"
    rf"[A-Z]{{3,}}(?:-[A-Z]+)?,? [A-Z]{{3,}}|\b[A-Z]\. ?[A-Z]\.)"
    rf"|(?P<called>\b(?i:dhr|mevr|mw|mevrouw|meneer|heer|juffrouw|{PERSONS})\.?(?: {_LOW}{_CAP}| \d(?!\d))?))"
)
_SEX = r"(?:[mvxMVX]|man|vrouw|jongen|meisje)"
_NUMBER, _DAYS = re.compile(r"\d+"), re.compile(rf"(?<![\d./-]){PLAIN_DAY}", re.ASCII)
_NAME_BEFORE = re.compile(
    rf"(?<![\w-]){_NAMED}(?P<between>(?:,? ?\(?(?:te |in |uit |van )?[A-Za-z' -]{{0,25}}?)[(\[/|"
    rf",;:=-]? ?\*?)$",
    re.ASCII,
)
_FIRST_NAME = re.compile(
    rf"(?:^|(?<![a-z]) |(?<!\bin) (?<!\buit )(?<!\bte )(?<!\bwijk ))(?P<name>{_CAP})"
    rf"(?<!ing)(?<!tie)(?<!ment)(?<!teit) ?[(\[]$",
    re.ASCII,
)
_NAME_BEHIND = re.compile(rf" ?[|/,;:)=-]? ?{_NAMED}", re.ASCII)
_SEX_BEFORE = re.compile(
    rf"(?:[(|,;] ?{_SEX}[,/|;] ?|\( ?{_SEX} ?\) ?|/ ?{_SEX} ?/ ?|\( ?{_SEX} )$", re.ASCII
)
_SEX_BEHIND = re.compile(rf"[,;/ (]{{1,2}}{_SEX} ?(?:[);,]|$)", re.ASCII)
_AGE_BEFORE = re.compile(r"\b\d{1,2} ?(?:(?:jaar|jr\.?|j\.?)[ ,(/]{1,3}|\()$", re.ASCII)
_AGE_BEHIND = re.compile(r"[ ,(/]{1,3}\d{1,2} ?(?:jaar|jr|j)\b", re.ASCII)
_PAPER_BEFORE = re.compile(
    r"\b(?:paspoort|id(?:-kaart|-bewijs)?|identiteitsbewijs|identiteit|legitimatie(?:bewijs)?|"
    r"rijbewijs|brp|gba)\b[^.;\n\d]{0,50}$|"
    r"\s\? ?$",
    re.IGNORECASE,
)
# "geboortedatum onbekend. Moeder denkt aan 3 maart 2001": near enough, as long ago as it is.
_WORD_OF_BIRTH = re.compile(
    r"(?<!\w)(?:geb\.|geb\b(?!\.)|geboren|geboorted\w+|geboortepl\w+|gebd\w*|gd\b|verjaar\w*|"
    r"jarig)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:na|al|sinds|bestaat|bestond|gedurende|duurde|over) ", re.IGNORECASE)
_THING = re.compile(
    r"(?:school|team|groep|club|vereniging|stichting|raad|huis|centrum|wijk|buurt|straat|plein|"
    r"weg|laan|kade|overleg|"
    r"tafel|werk|dienst|zorg|netwerk|project|pilot|festival|convenant|programma|college|lyceum|"
    r"moskee|kerk|bestuur|"
    r"politie|gemeente|campagne|commissie|bijeenkomst|avond|markt|regeling|idee|plan|krant|loket|"
    r"park|feit|delict|"
    r"initiatief|organisatie|bond|partij|fonds|winkel|bedrijf|website|app|aanpak|samenwerking|"
    r"methode|training|wet|"
    r"artikel|nota|brief|mail|verslag|notulen|vergadering|agenda|aftrap|evaluatie|ronde|jubileum|"
    r"instituut|gebouw|"
    r"toren|brug|zaal|platform|coalitie|beweging|orkest|koor|band|film|boek|schip|monument|"
    r"scouting|koningin|koning|"
    r"opgericht|oprichting|gebouwd|getekend|"
    r"(?<!geboorte)(?<!verjaar)(?<!maan)(?<!dins)(?<!woens)(?<!donder)(?<!vrij)(?<!zater)(?<!zon)(?<!van)dag|"
    r"feest|kamp|cel|lijst|zaak|dossier|nummer|actie|fase|week|interventie|"
    r"besluit|subsidie|motie|rapport|onderzoek|flat|complex|unie|vv|sv|fc|sc|zv|hv|type|model|"
    r"versie)(?:en|s|je)?\b",
    re.IGNORECASE,
)
# What else a day of long ago may be the day of.
_PAST = re.compile(
    r"\b(?:vrede|slag|val|verdrag|akkoord|ramp|brand|moord|aanslag|bombardement|bevrijding|"
    r"watersnood|oorlog|rellen|"
    r"overleden|gestorven|overlijden|dood|herdenk\w+|arrest|vonnis|uitspraak|sinds|geopend|"
    r"opening|start|gestart|"
    r"opgericht|oprichting|gebouwd|getekend|genoemd|ondertekend|vastgesteld|ingevoerd|vermoord|"
    r"staatsblad|stb)\b",
    re.IGNORECASE,
)


def find_birth_dates(text: str) -> Iterator[Hit]:
    """Days that are said to be somebody's first, or that stand beside a person as such a day does."""
    for match in (*_told(text), *_beside(text)):
        yield Hit(kind="birth_date", start=match.start(), end=match.end())


def _told(text: str) -> Iterator[re.Match[str]]:
    """Days that a word of birth goes with; each pattern is tried where its words are."""
    small = text.lower()
    if any(word in small for word in _LABEL_IN):
        yield from (
            match for match in _LABELLED.finditer(text) if not _is_of_a_thing(match, _before(text, match))
        )
    if any(word in small for word in _BORN_IN):
        yield from (match for match in _BORN.finditer(text) if _is_born(match, _before(text, match)))
    if "*" in text:
        yield from _STARRED.finditer(text)
    for match in _TURNING.finditer(text):
        if _SOMEBODY.search(_before(text, match) + match[0][:8]):
            yield match
    for words, pattern in ((_TURNS_IN, _PARTY), (_PARTY_IN, _CELEBRATED)):
        for match in pattern.finditer(text) if any(word in small for word in words) else ():
            whose = match.groupdict().get("whose") or ""
            if not _THING.search(_clause(text, match).removesuffix(match[0]) + whose):
                yield match
    yield from _IN_PARTS.finditer(text)


def _is_of_a_thing(match: re.Match[str], before: str) -> bool:
    """ "in geb. B op 12 maart" is a building, and a house or a club has its birthday too."""
    if _NOT_ONE.search(before):
        return True
    if match["short"]:
        return bool(_BUILDING.search(before))
    return bool(match["party"]) and bool(_THING.search(match[0]))


def _is_born(match: re.Match[str], before: str) -> bool:
    """Whether somebody was born then, and no idea or working group."""
    if _NOT_ONE.search(before):
        return False
    if match["child"]:
        return True
    day = next(filter(None, map(match.group, ("first", "date", "lit", "childs_day", "french"))))
    if match["french"]:
        return bool(LONG_AGO.search(day))
    told = (match["told"] or match["light"] or "geboren").casefold()
    if not told.startswith(("geboren", "jarig", "levenslicht", "ter wereld")):
        return True
    if match["light"]:
        return bool(_SOMEBODY.search(before)) or not _THING.search(before)
    saying = _SAID.search(before)
    if not saying or _WHO.search(before) or _LAST_CENTURY.search(day):
        return True
    return bool(LONG_AGO.search(day)) and not _THING.search(before) and bool(_A_NAME.search(before))


def _beside(text: str) -> Iterator[re.Match[str]]:
    """Days of long ago beside a name, an age or a word of birth, and any day beside the letter of a sex."""
    for number in _NUMBER.finditer(text):
        day = _DAYS.match(text, number.start())
        if day is None or not is_a_day(day[0]):
            continue
        before, behind = text[max(0, day.start() - 70) : day.start()], text[day.end() : day.end() + 60]
        if _SEX_BEFORE.search(before) or (
            LONG_AGO.search(day[0]) and _is_of_somebody(before, day[0], behind)
        ):
            yield day


def _is_of_somebody(before: str, day: str, behind: str) -> bool:
    line, rest = before.rpartition("\n")[2], behind.partition("\n")[0]
    clause = re.split(r"(?<![A-Z])[.;!?|] ", line)[-1]
    if _PAST.search(clause) or _PAST.match(rest.lstrip(" )]")):
        return False
    if _AGE_BEFORE.search(line) or _AGE_BEHIND.match(rest):
        return not (_THING.search(clause) or _AFTER.search(clause))
    if _PAPER_BEFORE.search(line) or _SEX_BEHIND.match(rest):
        return True
    if _WORD_OF_BIRTH.search(line) or _WORD_OF_BIRTH.search(rest):
        return not _THING.search(clause)
    written_out = bool(re.search(r"(?:19|20)\d\d", day))
    if found := _NAME_BEFORE.search(line):
        lead = " ".join(line[: found.start()].split()[-1:])
        beside = found["between"].rstrip(" *")[-1:] in tuple("([/|,;:=-") or written_out
        return beside and not _THING.search(f"{lead} {found[0]}")
    if found := _FIRST_NAME.search(line):
        return not _THING.search(line[-40:])
    found = _NAME_BEHIND.match(rest)
    return bool(found and (written_out or rest[:1] in "|/;:") and not _THING.search(rest[:45]))


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 60) : match.start()]


def _clause(text: str, match: re.Match[str]) -> str:
    """What leads to the match, from the last end of a sentence on, with the match itself."""
    lead = text[max(0, match.start() - 60) : match.start()]
    return re.split(r"[.;:!?\n|] ?", lead)[-1] + match[0]

"""Names of people in plain words: a title or initials with a surname, and "genaamd X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.privacy.kinds import Hit
from tracker.privacy.words import PERSONS

_NEAR = 200
# "mevrouw uit De Terp" has no name: before a place, these stand alone; before a name, with "de" or "den".
_PARTS = (
    r"(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]er|[Tt]en|[Tt]e|[Hh]et|[Ll]a|[Ll]e|[Ee]l|[Aa]l|[Bb]en|[Vv]on|"
    r"[Zz]u|[Dd]u|[Dd]a|"
    r"[Dd]os|[Dd]i|'t|(?:in|op|aan|uit|bij|over|onder) (?:den|'t)|(?:In|Op|Aan|Uit|Bij|Over|Onder) (?:de|"
    r"den|'t))"
)
_PART = rf"(?:{_PARTS} |d'|[Dd]e la )"
_NAME = r"[A-Z]'?(?:[a-z]|['?-](?=[A-Za-z?]))[A-Za-z'?-]*"
_SURNAME = rf"(?:{_PART}{{0,3}}{_NAME})"
_INITIAL = r"(?:[A-Z]|Th|Chr|Ph|IJ|Ch|Sj|Tj|Joh|Jac|Fr)\.-?"
_INITIALS = rf"{_INITIAL}(?: ?{_INITIAL}){{0,4}}"
# A sentence may end with the first of these, never with the others.
_TITLE = (
    r"(?:(?:[Mm]evrouw|[Mm]ejuffrouw|[Hh]eer|[Mm]eneer|[Mm]ijnheer|[Ff]amilie|[Mm]adame)\b|"
    r"(?:[Dd]hr|[Mm]evr|[Mm]w|[Mm]vr|[Mm]v|[Mm]ej|[Mm]r|[Dd]r|[Dd]rs|[Ii]r|[Ii]ng|[Pp]rof|[Dd]s|[Ff]am|"
    r"[Mm]rs|"
    r"DHR|MEVR|MW|MR|DR)(?:\.|\b))"
)
_TITLED = re.compile(
    rf"(?<![\w.])(?<!\d )(?:{_TITLE}[ /]{{0,2}}){{1,3}}(?:{_INITIALS} ?)?"
    rf"(?P<name>{_SURNAME}(?: {_PART}*{_NAME}){{0,2}}|[A-Z]{{4,}}\b)",
    re.ASCII,
)
_INITIALLED = re.compile(
    rf"(?<![\w./&-])(?P<initials>{_INITIALS}) ?(?P<name>{_SURNAME}(?: {_NAME}){{0,1}})"
    rf"|(?<![\w./&-])(?P<first>{_SURNAME}), (?P<after>{_INITIALS})(?![\w-])",
    re.ASCII,
)
# A house, a school, a street called after somebody. The first also end a word: no surname of note ends so.
_CALLED_AFTER = re.compile(
    r".*(?:school|scholen|lyceum|college|gymnasium|instituut|stichting|parochie|kazerne|straat|laan|"
    r"plein|plantsoen|weg|"
    r"kliniek|museum|theater|cafe|stadion|park|tunnel|ziekenhuis|buurthuis|wijkhuis|dorpshuis|centrum|"
    r"vereniging|bibliotheek|"
    r"-huis|-hof|-zaal|-park|-brug|-kerk|-hal|-flat|academie|universiteit|toernooi|bokaal|fonds|prijs|"
    r"sportpark)"
    r"|(?:mavo|havo|vmbo|kerk|huis|hof|singel|kade|park|pad|steeg|gracht|brug|zaal|hospitaal|penning|"
    r"lezing|tunnel|hal|"
    r"wijk|buurt|flat|groep|club|kamer|moskee|synagoge|boys|combinatie|lokaal|toren|cup|dag|gebouw|"
    r"complex|tehuis|oord|"
    r"zorg|bank|orkest|koor|ensemble|collectief|bv|nv|b\.v|zn|zonen|restaurant|hotel|winkel|hoeve|"
    r"boerderij|opvang|"
    r"verblijf|atelier|bakkerij|praktijk|apotheek|notariaat|kantoor|advocaten|garage|drogist|hostel|"
    r"manege|camping|"
    r"paviljoen|residentie|state|hofje|klooster)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:[Dd]e |[Hh]et )?(?:[A-Z]?[a-z]*(?:burgemeester|wethouder|voorzitter|minister|directeur|directrice|"
    r"secretaris|griffier|raadslid|officier|rechter|commissaris|gedeputeerde|inspecteur))$"
)
# Abbreviations of kinds of organisations, which a name follows as it follows initials.
_ORGANISATIONS = re.compile(
    r"(?:\w\.)+V|(?:\w\.)+\w\.(?:C|[BO]\.S|F\.A|V\.E|K\.N|S\.O|O\.F|C\.O)|(?:\w\.){3}\w(?:\.\w)*|"
    r"(?:[OCK]\.)?B\.S(?:\.O)?|(?:V\.)?V\.E|V\.O\.F|P\.K\.N|M\.F\.A|D\.O\.S|R\.K|[SFHTVZBR]\.C|P\.C|P\.S|"
    r"N\.B|"
    r"M\.B\.O|H\.B\.O|G\.G\.D|G\.G\.Z|V\.N|E\.U|V\.S|C\.O\.A|S\.G|O\.M|U\.A|D\.V\.O|I\.V\.M|I\.S\.M|"
    r"J\.O\.P|J\.I\.P|P\.I|R\.O\.C|V\.O|S\.B\.O|I\.S\.K|K\.B\.O|S\.K\.O|C\.J\.G|J\.G\.Z|W\.M\.O|D\.J\.I|"
    r"I\.N\.D|N\.S|"
    r"C\.D\.A|S\.P|T\.O\.P|M\.B\.T|D\.D|I\.P\.V|I\.O|A\.I|C\.Q|N\.V\.T|Z\.S\.M|Z\.O\.Z|N\.T\.B|A\.U\.B|"
    r"S\.V\.P"
)
# Of these also where "de" follows: V.V. de Adelaar.
_SURE_ORGANISATIONS = re.compile(
    r"(?:\w\.)?[VSBNK]\.V|F\.C|S\.C|V\.V\.E|V\.O\.F|(?:\w\.){1,3}S\.V|(?:\w\.)?[OCK]\.B\.S|R\.K(?:\.\w)*"
)
_HOLY = re.compile(r"^(?:Hart|Familie|Geest|Kruis|Maria|Drie|Antonius)|(?:kerk|kapel)$")
_DAY_NAMES = re.compile(
    r"(?:Maandag|Dinsdag|Woensdag|Donderdag|Vrijdag|Zaterdag|Zondag|Januari|Februari|Maart|April|Mei|"
    r"Juni|Juli|"
    r"Augustus|September|Oktober|November|December)"
)
# "basisschool A. Schweitzer": what stands before it is called after somebody.
_HOUSE_BEFORE = re.compile(
    r"(?:school|college|lyceum|scouting|kazerne|stichting|flat|zaal|sporthal|gebouw|centrum|(?<!t)huis|"
    r"fonds|laan|"
    r"straat|plein|weg|park) $",
    re.IGNORECASE,
)
# "Bijlage A. Overzicht", "plan B. Daarna": a letter that counts, or ends a sentence.
_LETTERED = re.compile(
    r"\b(?:bijlage|punt|optie|deel|groep|scenario|categorie|zone|vak|klas|lijn|route|type|niveau|plan|"
    r"fase|ad|team|"
    r"kolom|model|versie|variant|gebouw|blok|vleugel|ingang|perron|rij|afdeling|artikel|lid|sub|"
    r"hoofdstuk|paragraaf|"
    r"polarisatie|vitamine|hepatitis|kamer|zaal|lokaal|kernteam|werkgroep|traject|spoor|hal|poule|tafel|"
    r"nr|nummer)"
    r"\.? $",
    re.IGNORECASE,
)
_STARTS_A_SENTENCE = re.compile(
    r"^(?:De|Het|Een|Er|We|Wij|Ze|Zij|Hij|Dit|Dat|Die|Deze|Ook|Nu|Na|Voor|Met|Over|In|Op|Bij|Daarna|Daar|"
    r"Toen|Volgende|"
    r"Geen|Alle|Als|Om|Tot|Zie|Graag|Afspraak|Actie|Opening|Mededelingen|Rondvraag|Sluiting|Notulen|"
    r"Verslag|Overzicht|"
    r"Cijfers|Agenda|Inleiding|Bespreking|Besluit|Aanleiding|Doel|Aanpak|Kosten|Evaluatie|Planning|Vervolg)\b"
    r"(?! [A-Z])"
)

_THINGS = re.compile(
    r"(?:feest|stuk|groep|project|aanpak|plan|app|campagne|toernooi|school|club|vereniging|stichting|"
    r"bijeenkomst|"
    r"festival|film|boek|lied|pilot|traject|cursus|training|spel|kanaal|website|site|pagina|podcast|"
    r"overleg|netwerk|"
    r"team|wijk|buurt|straat|plein|gebouw|zaal|bedrijf|winkel|moskee|kerk|organisatie|beweging|partij|"
    r"dag|week|"
    r"actie|tafel|programma|initiatief|markt|krant|blad|brief|nota|methode|methodiek|voorstelling|"
    r"tentoonstelling|"
    r"expositie|wandeling|tocht|route|park|tuin|huis|centrum|punt|loket|lijn|oefening|operatie|subsidie|"
    r"regeling|"
    r"fonds|prijs|platform|coalitie|verbond|koor|band|gids|kaart|map|model|tool|systeem|schip|boot|hond|"
    r"kat|kamp|les|"
    r"lespakket|workshop|avond|middag|ochtend|lezing|serie|reeks|document|draaiboek|protocol|convenant|"
    r"onderzoek|"
    r"rapport|kanon|ruimte|plek|caf.|kamer|vereniging|inloop|gesprek|dialoog|game|quiz|bus|vlog|video|"
    r"chat|server)s?$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    rf"\b(?:{PERSONS}|iemand|broers|zussen|ouders|kinderen|jongens|meisjes|mannen|vrouwen|jongeren)\b", re.I
)
_NAMED = re.compile(
    r"(?P<word>\b(?:[bB]ij)?[gG]enaamd|\b[aA]lias|\b(?:[Rr]oep|[Vv]oor|[Aa]chter)naam(?: is|:)?|"
    r"\b[Ee]en zekere|"
    r"(?<!de )(?<!het )\b[Ee]ne|\b[gG]eheten|\b[hH]eet|\b[hH]eette|\b[hH]eten|\b(?:met|onder) de naam|"
    r"naar de naam|"
    r"\b[gG]enoemd|\b[nN]aam(?: is|:))[ :\"']{1,3}"
    rf"(?P<name>{_SURNAME}(?: {_PART}*{_NAME}){{0,2}})",
    re.ASCII,
)


def find_titled(text: str) -> Iterator[Hit]:
    """dhr. and mevr., or a degree, with a name; not the school or street that is called after somebody."""
    for match in _TITLED.finditer(text):
        if not _is_called_after(text, match) and not _ROLE.match(match["name"]):
            yield Hit(kind="titled_name", start=match.start(), end=match.end())


def find_initials(text: str) -> Iterator[Hit]:
    """Initials with a surname in either order; not the letters of a list or of an organisation."""
    for match in _INITIALLED.finditer(text):
        initials, name = match["initials"] or match["after"], match["name"] or match["first"]
        if _DAY_NAMES.match(name) or _is_called_after(text, match) or _is_list(text, match, initials, name):
            continue
        if match["initials"] and _is_organisation(initials, name):
            continue
        yield Hit(kind="initials_surname", start=match.start(), end=match.end())


def find_named(text: str) -> Iterator[Hit]:
    """ "genaamd X" of a person; what is said of a party, a project or a play is left alone."""
    for match in _NAMED.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()].rstrip(" ,(")
        near = " ".join(before.split()[-3:])
        if not _PERSON.search(near) and (
            _THINGS.search(before) or match["word"].casefold() in _RARELY_A_PERSON
        ):
            continue
        yield Hit(kind="named", start=match.start(), end=match.end())


_RARELY_A_PERSON = ("genoemd", "heet", "heette", "heten", "onder de naam", "met de naam")


def _is_called_after(text: str, match: re.Match[str]) -> bool:
    """Whether the name, or one of the next few words, says that it is a house, a school or a street."""
    if match["name"] is None:
        return False
    if _HOUSE_BEFORE.search(text, max(0, match.start() - 30), match.start()):
        return True
    names = text[match.start("name") : match.end() + 40]
    words = re.split(r"[ ,(:;/]+", names[: _end_of_names(names)])
    return any(_CALLED_AFTER.fullmatch(word.rstrip(".,")) for word in words)


def _end_of_names(text: str) -> int:
    """Where the row of names at the start of `text` ends: at the first other word or sign."""
    match = re.match(
        r"(?:(?:[A-Z][\w.'-]*+|&|en|" + _PARTS + r"|[Dd]hr|[Mm]evr)[. ]*(?=[ ]|[A-Z]|$|[,;:.)]|&)[ ]?)+",
        text,
    )
    return match.end() if match else 0


def _is_organisation(initials: str, name: str) -> bool:
    if initials == "H." and _HOLY.search(name):
        return True
    letters = initials.replace(" ", "").rstrip(".-")
    known = (
        _ORGANISATIONS
        if name[0].isupper()
        else _SURE_ORGANISATIONS
        if name.startswith(("de ", "het ", "'t "))
        else None
    )
    return bool(known and known.fullmatch(letters))


def _is_list(text: str, match: re.Match[str], initials: str, name: str) -> bool:
    """Whether the letter counts ("Bijlage A. Overzicht", "A. Opening B. Mededelingen") or ends a sentence."""
    if len(initials) > 2:
        return False
    before = text[: match.start()]
    if _LETTERED.search(before[-30:]) or (match["initials"] and _STARTS_A_SENTENCE.match(name)):
        return True
    letter = ord(initials[0])
    next_one, one_before = (rf"\b{re.escape(chr(letter + step))}\. [A-Z]" for step in (1, -1))
    return bool(
        re.search(next_one, text[match.end() - 1 : match.end() + _NEAR])
        or re.search(one_before, before[-_NEAR:])
    )

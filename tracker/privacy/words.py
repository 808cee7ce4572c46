"""The Dutch words that more than one rule of the guard reads."""

from __future__ import annotations

import re

MONTHS = (
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan\.?|feb\.?|mrt\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|okt\.?|nov\.?|dec\.?"
)
# A day with its year, in the ways people write one.
DATE = (
    r"(?:\d{1,2} ?[-./] ?\d{1,2} ?[-./] ?(?:'?\d\d|(?:19|20)\d\d)(?!\d)"
    rf"|\d{{1,2}}(?:e|de|ste)? ?-? ?(?:{MONTHS}) ?-?,? ?(?:'\d\d|(?:19|20)\d\d)(?!\d)"
    r"|(?:19|20)\d\d ?[-./] ?\d{1,2} ?[-./] ?\d{1,2}(?!\d)|\b[0-3]\d[01]\d(?:19|20)\d\d(?!\d))"
)
# Ages in words, from eleven on, and below that the ones that are told of children.
TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
SPELLED = (
    rf"(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)en)?(?:{TENS})|tien|elf|twaalf|dertien|veertien|"
    "(?:vijf|zes|zeven|acht|negen)tien|vier|vijf|zes|zeven|acht|negen"
)
_UNITS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
NUMBERS = (
    *(
        "tien",
        "elf",
        "twaalf",
        "dertien",
        "veertien",
        "vijftien",
        "zestien",
        "zeventien",
        "achttien",
        "negentien",
    ),
    *TENS.split("|"),
    *(f"{unit}en{ten}" for unit in _UNITS.split("|") for ten in TENS.split("|")),
)
# One person, as a coordinator writes of one. Plurals are groups, and groups may be written of.
PERSONS = (
    "man|vrouw|jongen|meisje|kind|zoon|dochter|broer|broertje|zus|zusje|vader|moeder|ouder|opa|oma|"
    "leerling|leerlinge|student|studente|scholier|scholiere|brugklasser|bewoner|bewoonster|inwoner|"
    "inwoonster|"
    "buurman|buurvrouw|buurjongen|buurmeisje|persoon|jongere|tiener|puber|peuter|kleuter|minderjarige|"
    "volwassene|docent|docente|leraar|lerares|juf|meester|vrijwilliger|vrijwilligster|verdachte|dader|"
    "slachtoffer|getuige|melder|meldster|aangever|deelnemer|deelneemster|cliente?|cli.nte?|patiente?|"
    "jongeman|dame|heer|gast|bezoeker|bezoekster|statushouder|asielzoeker|vluchteling|ondernemer|"
    "ondernemster|winkelier|medewerker|medewerkster|stagiaire?|werknemer|sporter|speler|speelster|trainer|"
    "coach|neef|nicht|oom|tante|partner|echtgenoot|echtgenote|vriend|vriendin|collega|klant|huurder|huurster|"
    "gepensioneerde|jongste|oudste|baby|zoontje|dochtertje|tweeling|jongetje|kleinkind|kleinzoon|"
    "kleindochter|"
    "stiefzoon|stiefdochter|assistent|consulent|demonstrant|migrant|muzikant|sympathisant|patient|"
    "arrestant|aangehoudene|bestuurder|fietser|voetganger|automobilist|betrokkene|spijbelaar|"
    "voortijdig schoolverlater|imam|dominee|pastoor|wijkagent|agent|agente|jongerenwerker|buschauffeur|"
    "chauffeur"
)
# Words that may follow an address, though they end as the plural of what is counted does.
FUNCTION_WORDS = re.compile(
    "aan|achter|als|bij|binnen|boven|dan|dat|de|die|door|een|en|er|gaat|gelegen|had|hangt|heeft|het|"
    "hier|in|is|kan|komt|kwam|langs|maar|mag|met|moet|na|naar|naast|nabij|of|om|omdat|onder|op|over|"
    "rond|samen|sinds|staat|stond|te|tegen|tegenover|tijdens|toen|tot|tussen|uit|van|vanaf|vanuit|"
    "vanwege|voor|waar|waren|was|werd|wil|wonen|woonde|woont|worden|wordt|zal|zijn|zit|zonder|zou|doet|"
    "geen|niet|ook|alsmede|evenals|volgens|wegens|omstreeks|hebben|kunnen|willen|moeten|kwamen|gingen"
)

# What a street ends in. The first are streets in any spelling, the others only with a capital in front.
STREETS = (
    *("straat", "straatweg", "str.", "laan", "weg", "plein", "gracht", "dijk", "kade", "singel", "steeg"),
    *("dreef", "plantsoen", "boulevard", "baan", "pad", "hof"),
)
OTHER_STREETS = (
    *("markt", "brink", "erf", "erve", "gaarde", "wal", "park", "poort", "tuin", "akker", "oord", "werf"),
    *("meent", "stede", "burg", "berg", "ring", "drift", "vaart", "weide", "hoeve", "zijde", "oever", "eind"),
    *("horst", "kamp", "allee", "passage", "promenade", "donk", "hage", "zoom", "vliet", "gang", "sluis"),
    *("hoek", "velden", "veste", "wei", "rade", "haven", "eng", "enk", "lei", "dam"),
)
_LAST_LETTERS = 3
# What comes right before a number of a house, as the quick look sees it.
WINDS = "noord|zuid|oost|west"
ENDINGS = (*STREETS, *OTHER_STREETS, *WINDS.split("|"))
STREET_ENDINGS = frozenset(ending[-_LAST_LETTERS:] for ending in ENDINGS)

# Every series of plates since 1951, by its groups of letters (A) and digits (9).
SERIES = (
    *("AA-99-99", "99-99-AA", "99-AA-99", "AA-99-AA", "AA-AA-99", "99-AA-AA", "99-AAA-9", "9-AAA-99"),
    *("AA-999-A", "A-999-AA", "AAA-99-A", "A-99-AAA", "9-AA-999", "999-AA-9"),
)

"""A Dutch word -> whether it says what one person is: by kinship, work, school, care or crime.

Plurals are groups, and groups may be written of. No list is complete, so the endings of people count too:
"vakkenvuller", "hangjongere", "koorlid"; what ends so and is no person stands in a list of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.privacy.words import PERSONS

_KIN = (
    "pa ma papa mama mams paps oma opa bomma stiefvader stiefmoeder stiefbroer stiefzus "
    "pleegvader pleegmoeder "
    "pleegouder pleegkind weduwe weduwnaar bruid bruidegom verloofde ex ex-man ex-vrouw ex-partner "
    "schoonmoeder schoonvader zwager schoonzus halfbroer halfzus enige oudere jongere zusje "
    "broertje nichtje neefje "
    "tweelingbroer tweelingzus petekind voogd verzorger mantelzorger gezinshoofd wees"
)
_CALLED = (
    "knul gozer kerel vent jochie knaap jongeling joch gast mens meid meiske deerne grietje mevrouw meneer "
    "jongedame jongeheer juffrouw figuur iemand persoon individu kind ukkie dreumes adolescent "
    "senior bejaarde oudere dakloze "
    "zwerver nieuwkomer bekeerling bekeerde vreemdeling zonderling eenling inwonende alleenstaande "
    "gescheidene wijkbewoner"
)
_WORK = (
    "boer boerin kok kapper kapster bakker slager lasser monteur portier postbode timmerman metselaar "
    "schilder loodgieter kassiere caissiere verpleegkundige arts huisarts dokter psycholoog verpleger "
    "militair marinier soldaat brandweerman brandweervrouw boa conducteur stewardess piloot kapitein "
    "advocaat notaris accountant directeur directrice manager chef baas bazin eigenaar eigenares uitbater "
    "uitbaatster barman barvrouw kelner serveerster bezorger koerier pakketbezorger schoonmaker "
    "schoonmaakster "
    "beveiliger toezichthouder conciergee concierge mentor decaan rector hoogleraar lector onderwijzer "
    "onderwijzeres invalkracht kracht hulp zzp'er zzper bbl'er bol'er mbo'er hbo'er vmbo'er havist vwo'er "
    "stagiair stagiaire leerling-verpleegkundige vakkracht uitzendkracht flexwerker wethouder raadslid "
    "bestuurslid lid secretaris penningmeester voorzitter influencer dj rapper zanger zangeres artiest "
    "kunstenaar journalist predikant ouderling diaken koster rabbijn priester voorganger hodja imam "
    "buurtvader buurtmoeder"
)
_SCHOOL_SPORT = (
    "brugpieper eersteklasser tweedeklasser derdeklasser vierdeklasser gymnasiast mbo-student hbo-student "
    "eindexamenkandidaat zij-instromer kleuter peuter keeper aanvoerder doelman bokser "
    "vechtsporter voetballer "
    "supporter fan hooligan kickbokser scheidsrechter jeugdlid teamlid groepslid"
)
_CARE_CRIME = (
    "pupil client patient cliente patiente begeleide gedetineerde ex-gedetineerde veelpleger verslaafde "
    "gebruiker gebruikster dealer drugsdealer runner drugsrunner uithaler uitlokker ronselaar geronselde "
    "aanhanger volgeling leider leidster kopstuk meeloper hanger hangjongere raddraaier relschopper vandaal "
    "inbreker overvaller schutter steker afperser hacker oplichter stalker pleger hoofdverdachte "
    "medeverdachte minderjarige meerderjarige vermiste gewonde overledene arrestant verdachte dader "
    "bijrijder bestuurder geldezel katvanger loverboy uitreiziger terugkeerder jihadist salafist extremist "
    "activist betoger statushouder vluchteling asielzoeker nareiziger ama amv amv'er ongedocumenteerde "
    "gemelde betrokkene jarige geradicaliseerde klager klaagster"
)
_KNOWN = (PERSONS.replace("?", "").replace("|", " "), _KIN, _CALLED, _WORK, _SCHOOL_SPORT, _CARE_CRIME)
ROLES = frozenset(word for words in _KNOWN for word in words.split()) - {"voortijdig"}

# What the last part of a word says: pleegzoon, koorlid, dorpsgenoot, wijkverpleegkundige.
_LAST_PART = re.compile(
    r"\w*(?:zoon|dochter|broer|broertje|zus|zusje|moeder|vader|kind|jongen|jongere|meisje|vrouw|leerling|"
    r"student|studente|scholier|genoot|genote|kundige|houder|houdster|leider|werker|werkster|lid|meester|"
    r"chauffeur|baas|agent|docent|leraar|lerares|juf|klant|ganger|maatje|coach|arts|klasser|vriend|vriendin|"
    r"plichtige|verlater|loze|zieke|verslaafde|eerde|zoeker|bezorger|maker|drager|trekker|runner|dealer)"
)
# "vakkenvuller", "bewoonster", "aanvoerder": a person, unless listed below.
_ENDING = re.compile(
    r"\w{2,}(?:[^aeiou]er|[aeiou]{2}er|ier|ster|enaar|elaar|eraar|nnaar|eur|euse|ist|iste|ares|"
    r"ante?|ent|oog|iciens?|"
    r"icus|ling|linge|'er)"
)
_NO_PERSON_ENDS = re.compile(
    r"\w*(?:ber|kamer|nummer|kader|jaar|water|winter|zomer|center|meter|liter|register|cluster|poster|"
    r"theater|computer|filter|keer|meer|weer|teer|sfeer|beheer|verkeer|verweer|venster|rooster|klooster|"
    r"kwartier|dossier|formulier|papier|plezier|manier|vizier|rivier|bier|dier|tarief|afdeling|regeling|"
    r"stelling|handeling|melding|deling|keling|teling|meling|zeling|deur|kleur|geur|keur|humeur|lijst|"
    r"ijst|twist|mist|kist|juist|ment|cent|event|talent|procent|accent|patent|moment|dent|content|kant|krant|"
    r"restaurant|elegant|constant|relevant|markant|want|"
    r"oorlog|dialoog|monoloog|hoog|oog|"
    r"boog|toog|droog|betoog|vuur|uur|buur|duur|muur|partner|vlier|offer|cijfer|koffer|leer|"
    r"stuur|bestuur|avontuur|cultuur|tussen|letter|ordner|server|kelder|zolder|schouder|veer|beer|weder|"
    r"anker|donker|akker|wekker|knikker|sticker|bunker|container|trailer|tender|kalender|agenda|later)"
)
_NO_PERSONS_WORDS = (
    "over onder achter zonder ander ieder meer weer keer later eerder ongeveer zeker zomer winter "
    "nummer kader sinds alweer vier hoger lager verder vaker kleiner groter jonger ouder centrum "
    "langer sneller beter minder liever iedereen wanneer bijzonder tegenover rond maar daar waar naar "
    "hier er der per eer zeer zover voorover hieronder daaronder waarover daarover hierover waaronder "
    "ver steeds eventueel hoogst eerst laatst juist vast beslist inmiddels omstander extra nader "
    "ruimer zwaarder lichter harder zachter vroeger heter korter breder smaller dichter verderop "
    "binnenskamers vrijer strenger duurder actiever veiliger drukker rustiger eerdere latere leeftijd "
    "ouderavond elkaar klaar jaar bestuur anker moeder-kind roman scholing training melding lening "
    "woning opening mening mentaliteit parlement reglement convenant instrument document argument "
    "experiment moment monument abonnement evenement appartement kabinet content talent "
    "president-wijk vlinder wonder hinder ladder modder veder bader akker bunker december november "
    "oktober september binnen buiten cluster vuurwerk alles kerker enkel dieper keizer zilver ijzer "
    "elder mijnheer vuist kuur weliswaar zichtbaar bereikbaar beschikbaar haalbaar openbaar kwetsbaar "
    "dankbaar kostbaar strafbaar leefbaar bruikbaar merkbaar vergelijkbaar houdbaar betaalbaar"
)
_NO_PERSONS = frozenset(_NO_PERSONS_WORDS.split())


@lru_cache(maxsize=2_000)
def is_role(word: str) -> bool:
    """Whether this one word in small letters, without signs around it, is said of a single person."""
    if word in _NO_PERSONS:
        return False
    if word.startswith("ex-"):
        return is_role(word[3:])
    if word in ROLES or _LAST_PART.fullmatch(word):
        return True
    return bool(_ENDING.fullmatch(word)) and not _NO_PERSON_ENDS.fullmatch(word)

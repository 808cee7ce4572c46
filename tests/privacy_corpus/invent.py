"""What stands in a slot of a template: invented numbers, names and dates, in the spellings people use."""

import datetime as dt
import random
import re
from collections.abc import Callable

from tests.privacy_corpus.lists import Words

Fill = Callable[[random.Random, Words], str]


def value(rng: random.Random, words: Words, slot: str) -> str:
    """What stands in a slot; a capital first letter of the slot asks for a capital first letter."""
    name = slot.lower()
    text = FILLS[name](rng, words) if name in FILLS else rng.choice(words.lists[name])
    return text[0].upper() + text[1:] if slot[0].isupper() else text


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def shaped(rng: random.Random, shape: str, letters: str = "BDFGHJKLNPRSTVXZ") -> str:
    """`9` becomes a digit and `X` a letter, all else stays."""
    parts = (rng.choice(letters) if c == "X" else rng.choice("0123456789") if c == "9" else c for c in shape)
    return "".join(parts)


def passes_eleven(number: str) -> bool:
    """The eleven-test of the BSN: weights 9 to 2 and -1."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0


def bsn(rng: random.Random, words: Words) -> str:
    """From 99999xxxx, the range of the test persons of the national register."""
    number = "99999" + digits(rng, 4)
    while not passes_eleven(number):
        number = "99999" + digits(rng, 4)
    spaced = [number] * 5
    spaced += [f"{number[:4]}.{number[4:6]}.{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}"]
    spaced += [f"{number[:3]}.{number[3:6]}.{number[6:]}", f"{number[:4]} {number[4:6]} {number[6:]}"]
    return rng.choice(spaced)


def nine(rng: random.Random, words: Words) -> str:
    number = rng.choice("123456789") + digits(rng, 8)
    return nine(rng, words) if passes_eleven(number) else number


def nine9(rng: random.Random, words: Words) -> str:
    """Nine digits that fail the test and start as a case number does: with the year."""
    number = rng.choice(("2022", "2023", "2024", "2025")) + digits(rng, 5)
    return nine9(rng, words) if passes_eleven(number) else number


def email(rng: random.Random, words: Words) -> str:
    """Only hosts under the top-level names kept free for examples."""
    first, last = (plain(rng.choice(words.lists[key])) for key in ("first", "surname"))
    hosts = [plain(place) + ".example" for place in words.lists["place"]]
    hosts += [
        "example.com",
        "example.org",
        "mail.example.net",
        "post.test",
        "school.invalid",
        "zorg.gemeente.test",
    ] * 2
    users = [f"{first}.{last}", f"{first[0]}.{last}", f"{first}{rng.randint(1, 99)}", f"info+{first}"]
    users += [f"{last}_{first}", f"{first[0]}{last}", f"{first}-{last}", f"{first.title()}.{last.title()}"]
    user = words.spelling(rng, [*users, f"{last}{rng.randint(1960, 2010)}"])
    address = f"{user}@{rng.choice(hosts)}"
    return rng.choice([address] * 5 + [address.upper()])


def plain(text: str) -> str:
    """A name as it stands in an address: ASCII letters only."""
    table = str.maketrans("üéèëïöıłşçğ", "ueeeioilscg", "' -")
    return text.lower().translate(table).encode("ascii", "ignore").decode()


MOBILE = [
    "06-{a}{b}",
    "06{a}{b}",
    "06 {a} {b}",
    "06 {a2} {b2}",
    "+31 6 {a}{b}",
    "+316{a}{b}",
    "06-{a} {b}",
    "06 {a}{b}",
]
MOBILE += [
    "0031 6 {a}{b}",
    "+31 (0)6 {a} {b}",
    "06 - {a}{b}",
    "(06) {a}{b}",
    "06.{a2d}.{b2d}",
    "06/{a}{b}",
    "00316{a}{b}",
]
MOBILE += [
    "06-{a2} {b2}",
    "+31(0)6-{a}{b}",
    "06\u2011{a}{b}",
    "06\u00a0{a}\u00a0{b}",
    "+31-6-{a}{b}",
    "06-{a2d}-{b2}",
    "0 6 {a} {b}",
]
LANDLINE = [
    "{area}-{rest}",
    "({area}) {rest}",
    "{area} {rest}",
    "{area}{rest}",
    "+31 {zone} {rest}",
    "+31{zone}{rest}",
]
LANDLINE += [
    "{area} - {rest}",
    "{area}-{r3} {rest3}",
    "0031{zone}{rest}",
    "{area} {r3} {rest3}",
    "+31 (0){zone} {rest}",
]
AREAS = ("020", "030", "010", "070", "050", "0115", "0343", "0592", "0416", "0222")


def phone(rng: random.Random, words: Words) -> str:
    """Mobile: 06 and a counting block. Others begin with 1 after the area code, which is never issued."""
    if rng.random() < 0.7:
        a, b = rng.choice(("1234", "2345", "4321", "5432", "3210")), digits(rng, 4)
        pair_a, pair_b = f"{a[:2]} {a[2:]}", f"{b[:2]} {b[2:]}"
        parts = {
            "a": a,
            "b": b,
            "a2": pair_a,
            "b2": pair_b,
            "a2d": pair_a.replace(" ", "."),
            "b2d": pair_b.replace(" ", "."),
        }
        return words.spelling(rng, MOBILE).format(**parts)
    area = rng.choice(AREAS)
    rest = "1" + digits(rng, 9 - len(area))
    return words.spelling(rng, LANDLINE).format(
        area=area, zone=area[1:], rest=rest, r3=rest[:3], rest3=rest[3:]
    )


def iban(rng: random.Random, words: Words) -> str:
    """Banks that do not exist, check digits that hold."""
    country, account = rng.choice(
        [("NL", rng.choice(("FAKE", "DEMO", "TEST", "NEPB", "ZZZZ", "OEFB")) + digits(rng, 10))] * 8
        + [("BE", "000" + digits(rng, 9)), ("DE", "00000000" + digits(rng, 10))]
    )
    check = 98 - as_number(f"{account}{country}00") % 97
    whole = f"{country}{check:02}{account}"
    spaced = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
    half = f"{whole[:4]} {whole[4:8]} {whole[8:]}"
    return words.spelling(
        rng, [whole, spaced, spaced.lower(), whole.lower(), half, spaced.replace(" ", "\u00a0")]
    )


def as_number(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text))


PLATES = [
    "XX-99-99",
    "99-99-XX",
    "99-XX-99",
    "XX-99-XX",
    "XX-XX-99",
    "99-XX-XX",
    "99-XXX-9",
    "9-XXX-99",
    "XX-999-X",
]
PLATES += ["X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"]


def licence_plate(rng: random.Random, words: Words) -> str:
    plate = shaped(rng, words.spelling(rng, PLATES))
    return rng.choice([plate] * 6 + [plate.lower(), plate.replace("-", " "), plate.replace("-", "")])


ADDRESSES = [
    "{s} {n}",
    "{s} {n}{l}",
    "{s} {n}-{m}",
    "{s} {n}, {pc} {xx} {p}",
    "{s} {n} te {p}",
    "{pc}{xx} {n}",
    "{s} nr. {n}",
]
ADDRESSES += [
    "{s} {n} in {p}",
    "{pc} {xx}, nummer {n}",
    "{s} {n} {l}",
    "{s} {n} hs",
    "{s} {n}, {pc}{xx}",
    "{s} huisnummer {n}",
]
ADDRESSES += ["{pc} {xx} {n}{l}", "{s} {n}-{roman}", "{s} {n} bis"]


def address(rng: random.Random, words: Words) -> str:
    return at(rng, words, rng.choice(words.lists["street"]), ADDRESSES)


def odd_address(rng: random.Random, words: Words) -> str:
    """Of a street whose name does not end as most do; the street is always in it."""
    return at(rng, words, rng.choice(words.lists["oddstreet"]), [one for one in ADDRESSES if "{s}" in one])


def at(rng: random.Random, words: Words, street: str, spellings: list[str]) -> str:
    parts = {"s": street, "n": str(rng.randint(1, 389)), "l": rng.choice("abcABCD")}
    parts |= {"m": str(rng.randint(1, 40)), "pc": area_code(rng, words), "xx": shaped(rng, "XX")}
    parts |= {"p": rng.choice(words.lists["place"]), "roman": rng.choice(("I", "II", "III"))}
    return words.spelling(rng, spellings).format(**parts)


def area_code(rng: random.Random, words: Words) -> str:
    return str(rng.randint(1100, 9899))


def day_in(rng: random.Random, words: Words, first: int, last: int, more: list[str]) -> str:
    start = dt.date(first, 1, 1).toordinal()
    day = dt.date.fromordinal(rng.randint(start, dt.date(last, 12, 31).toordinal()))
    names = words.lists["month"], words.lists["mon"]
    shapes = [
        "{d} {month} {y}",
        "{d:02}-{m:02}-{y}",
        "{y}-{m:02}-{d:02}",
        "{d}-{m}-{y}",
        "{d} {mon} {y}",
        "{d:02}/{m:02}/{y}",
    ]
    shapes += ["{d:02}.{m:02}.{y}", "{d}-{m}-'{y2:02}", "{d:02}-{m:02}-{y2:02}", *more]
    parts = {"d": day.day, "m": day.month, "y": day.year, "y2": day.year % 100}
    return words.spelling(rng, shapes).format(
        month=names[0][day.month - 1], mon=names[1][day.month - 1], **parts
    )


def birth(rng: random.Random, words: Words) -> str:
    return day_in(rng, words, 1948, 2016, [])


def date(rng: random.Random, words: Words) -> str:
    return day_in(rng, words, 2018, 2027, ["{d} {month}", "{d}-{m}", "{d} {mon}"])


def initials(rng: random.Random, words: Words) -> str:
    letters = [rng.choice("ABCDEFGHIJKLMNOPRSTVWYZ") for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
    shapes = [".".join(letters) + ".", ".".join(letters) + ".", ". ".join(letters) + "."]
    return words.spelling(rng, [*shapes, rng.choice(("Th.", "Chr.", "H.-J.", "IJ.", "J.Ph."))])


def initials_surname(rng: random.Random, words: Words) -> str:
    space = rng.choice(("", " ", " ", " ", " "))
    return f"{initials(rng, words)}{space}{rng.choice(words.lists['surname'])}"


def surname_initials(rng: random.Random, words: Words) -> str:
    return f"{value(rng, words, 'Surname')}, {initials(rng, words)}"


def titled(rng: random.Random, words: Words) -> str:
    """A title and a name: mostly the surname, at times with the initials or the first name between."""
    between = rng.choice(["", "", "", "", initials(rng, words) + " ", rng.choice(words.lists["first"]) + " "])
    surname = rng.choice(words.lists["surname"])
    name = f"{between}{surname}" if between else surname[0].upper() + surname[1:]
    return f"{rng.choice(words.lists['title'])} {name}"


def case(rng: random.Random, words: Words) -> str:
    year = rng.randint(2019, 2026)
    shapes = [
        "Z{y}-999999",
        "Z/{yy}/999999",
        "{y}-0999",
        "2024999999999",
        "INC-{y}-9999",
        "OOV.{yy}.999",
        "Z-{yy}-99999",
    ]
    shapes += [
        "PL0900-{y}999999",
        "D{yy}/99999",
        "{y}/999/OV",
        "RV-{y}-99",
        "ZK{y}99999",
        "{y}.99999",
        "WT{yy}-9999-B",
    ]
    found = shaped(rng, words.spelling(rng, shapes)).format(y=year, yy=year % 100)
    runs = re.findall(r"(?<!\d)\d{9}(?!\d)", found)
    return case(rng, words) if any(passes_eleven(run) for run in runs) else found


def product(rng: random.Random, words: Words) -> str:
    shapes = [
        "MTP6999",
        "DS-2CD9999-XX9",
        "X{d}9 Pro",
        "0699-999-99",
        "E99X",
        "HL-X9999XX",
        "06-9999-X",
        "99.999.99-9",
    ]
    shapes += [
        "XX-99999X",
        "Type 31-6-99",
        "020-9X",
        "T99 Gen {d}",
        "6{d}9-9999",
        "AXIS P99-XX",
        "1{d}9.999.999",
    ]
    return shaped(rng, words.spelling(rng, [s.replace("{d}", "9").replace("AXIS", "AKSIS") for s in shapes]))


def room(rng: random.Random, words: Words) -> str:
    return shaped(
        rng,
        words.spelling(rng, ["9.99", "X9.99", "X99", "99X", "X-9.99", "0.99", "9X-99", "De Eik 9", "B.99"]),
    )


def plate_like(rng: random.Random, words: Words) -> str:
    return shaped(
        rng,
        words.spelling(
            rng, ["X-99", "XX-9", "9-X-9", "X9-X9", "XXX-999", "XX-2025", "99-X", "9.X.9", "X-9-9"]
        ),
    )


def clock(rng: random.Random, words: Words) -> str:
    hour, minute = rng.randint(0, 23), rng.choice(("00", "05", "10", "15", "20", "30", "40", "45", "55"))
    return words.spelling(
        rng, [f"{hour:02}:{minute}", f"{hour}.{minute} uur", f"{hour:02}.{minute}", f"{hour}u{minute}"]
    )


def big_amount(rng: random.Random, words: Words) -> str:
    amount = rng.choice((rng.randint(600, 99_999), rng.randint(100_000, 4_900_000)))
    dotted = f"{amount:,}".replace(",", ".")
    return words.spelling(
        rng, [dotted, f"{dotted},00", str(amount), f"{dotted},-", f"{amount / 1e6:.2f} mln".replace(".", ",")]
    )


def counted(low: int, high: int) -> Fill:
    return lambda rng, words: str(rng.randint(low, high))


FILLS: dict[str, Fill] = {
    "bsn": bsn,
    "nine": nine,
    "nine9": nine9,
    "email": email,
    "phone": phone,
    "iban": iban,
    "plate": licence_plate,
    "address": address,
    "oddaddress": odd_address,
    "pc4": area_code,
    "birth": birth,
    "date": date,
    "initials_surname": initials_surname,
    "surname_initials": surname_initials,
    "titled": titled,
    "case": case,
    "product": product,
    "room": room,
    "platelike": plate_like,
    "time": clock,
    "bigamount": big_amount,
    "klas": lambda rng, words: (
        rng.choice("123456") + rng.choice(("havo-b", "VA2", "B", "HV1", "vmbo-k", "gym"))
    ),
    "host": lambda rng, words: plain(rng.choice(words.lists["place"] + words.lists["project"])),
    "pct": lambda rng, words: f"{rng.randint(1, 99)}{rng.choice(('%', ',5%', ' procent', ' %'))}",
    "kvk": lambda rng, words: "99" + digits(rng, 6),
    "ten": lambda rng, words: rng.choice("123456789") + digits(rng, rng.choice((9, 10, 12))),
    "n": counted(2, 96),
    "d": counted(2, 9),
    "age": counted(12, 27),
    "age2": counted(28, 34),
    "youthage": counted(12, 17),
    "adultage": counted(18, 83),
    "year": counted(2015, 2026),
}

"""The facts that a text states, whatever its language: dates, sums, numbers, shares in per cent, times, links.

    facts("It costs £1.2 million by 20 September 2022.", "en")
    facts("Mae'n costio £1.2 miliwn erbyn 20 Medi 2022.", "cy")  # the same

A fact is its kind and its value; both languages give the same value for the same fact.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

Fact = tuple[str, str]

MONTHS = {
    "en": [
        "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
        "september|sept|sep", "october|oct", "november|nov", "december|dec",
    ],
    "cy": [
        "ionawr", "chwefror", "mawrth|fawrth", "ebrill", "mai|fai", "mehefin|fehefin", "gorffennaf|orffennaf", "awst",
        "medi|fedi", "hydref", "tachwedd|dachwedd|thachwedd", "rhagfyr|ragfyr",
    ],
}  # fmt: skip
# alone, these are other words too: a month only after such a word
NEEDS_A_SIGN = {
    "en": {"may", "march", "mar", "jan"},
    "cy": {"mai", "fai", "mawrth", "fawrth", "hydref", "medi", "fedi"},
}
SIGN = {"en": r"(?:in|of|by|until|till|from|since|to|before|after|during|early|late|mid)", "cy": r"(?:mis|fis|nmis)"}
SCALE = {
    "million": 10**6, "m": 10**6, "miliwn": 10**6, "filiwn": 10**6, "billion": 10**9, "bn": 10**9, "biliwn": 10**9,
    "thousand": 10**3, "k": 10**3, "mil": 10**3, "fil": 10**3,
}  # fmt: skip
NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALES = "|".join(sorted(SCALE, key=len, reverse=True))
SUM = re.compile(
    rf"£\s?(?P<a>{NUMBER})\s?(?P<s>{SCALES})?\b"
    rf"|(?P<b>{NUMBER})\s?(?P<t>{SCALES})?\s(?:pounds|o bunnoedd|o bunnau|punt|bunt)\b",
    re.IGNORECASE,
)
SHARE = re.compile(rf"({NUMBER})\s?(?:%|per cent\b|percent\b|y cant\b)", re.IGNORECASE)
TIME = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s?"
    r"(?P<half>am\b|pm\b|yb\b|yp\b|yh\b|y bore\b|y prynhawn\b|yr hwyr\b|o.r gloch y bore\b|o.r gloch y prynhawn\b)"
    r"|\b(?P<h24>\d{1,2}):(?P<m24>\d{2})\b",
    re.IGNORECASE,
)
SCALED = re.compile(rf"\b({NUMBER})\s(million|miliwn|filiwn|billion|biliwn|thousand|mil|fil)\b", re.IGNORECASE)
PLAIN = re.compile(rf"(?<![\w.])({NUMBER})(?:st|nd|rd|th|af|il|ydd|fed|ed|eg|ain)?(?![\d])", re.IGNORECASE)
NUMERIC_DATE = re.compile(r"\b(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))\b")
LINK = re.compile(r"\]\((?P<md>[^)\s]+)[^)]*\)|(?P<bare>https?://[^\s<>)\]]+)|<(?P<angled>https?://[^>]+)>")
# two addresses of one body, by language: their paths differ too
PAIRED_HOSTS = {
    "gov.wales": "llyw.cymru", "wlga.wales": "wlga.cymru", "wlga.gov.uk": "wlga.cymru", "senedd.wales": "senedd.cymru",
    "digitalpublicservices.gov.wales": "gwasanaethaucyhoeddusdigidol.llyw.cymru",
}  # fmt: skip
WORDS = {
    "en": {
        1: "one|first", 2: "two|second|both", 3: "three|third", 4: "four|fourth", 5: "five|fifth", 6: "six|sixth",
        7: "seven|seventh", 8: "eight|eighth", 9: "nine|ninth", 10: "ten|tenth", 11: "eleven", 12: "twelve|dozen",
        13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
        20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
        100: "hundred",
    },
    "cy": {
        1: "un|cyntaf|gyntaf", 2: "dau|dwy|ddau|ddwy|ail|deu",
        3: "tri|tair|dri|dair|thri|thair|trydydd|trydedd|drydedd",
        4: "pedwar|pedair|bedwar|bedair|phedwar|phedair|pedwerydd|pedwaredd|bedwaredd",
        5: "pump|pum|bump|bum|phump|phum|pumed|bumed", 6: "chwech|chwe|chweched", 7: "saith|seithfed",
        8: "wyth|wythfed", 9: "naw|nawfed", 10: "deg|deng|ddeg|ddeng|degfed|ddegfed", 11: "un ar ddeg|un deg un",
        12: "deuddeg|deuddeng|ddeuddeg|ddeuddeng|dwsin|ddwsin", 13: "tri ar ddeg|tair ar ddeg|un deg tri",
        14: "pedwar ar ddeg|pedair ar ddeg|un deg pedwar", 15: "pymtheg|bymtheg|pymtheng|bymtheng",
        16: "un ar bymtheg|un deg chwech", 17: "dau ar bymtheg|dwy ar bymtheg|un deg saith",
        18: "deunaw|ddeunaw|un deg wyth", 19: "pedwar ar bymtheg|pedair ar bymtheg|un deg naw", 20: "ugain|dau ddeg",
        30: "tri deg|deg ar hugain", 40: "pedwar deg|deugain", 50: "hanner cant|pum deg", 60: "chwe deg|trigain",
        70: "saith deg", 80: "wyth deg|pedwar ugain", 90: "naw deg", 100: "cant|gant|can|gan",
    },
}  # fmt: skip


def decimal_of(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def plain(value: Decimal) -> str:
    """ "1200", "1.5": one way to write a number."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def month_pattern(language: str) -> re.Pattern[str]:
    names = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(MONTHS[language], 1))
    ordinal = r"(?:st|nd|rd|th)?" if language == "en" else r"(?:af|il|ydd|fed|ed|eg|ain)?"
    between = r"\s(?:of\s)?" if language == "en" else r"\s(?:o\s)?"
    sign = rf"(?P<sign>{SIGN[language]}\s)?"
    day = rf"(?:(?P<day>\d{{1,2}}){ordinal}{between})?"
    year = r"(?:,?\s(?P<year>\d{4}))?(?![\w])"
    after = r"(?:\s(?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?" if language == "en" else ""
    return re.compile(rf"\b{sign}{day}(?<![\w])(?:{names})\.?{after}{year}", re.IGNORECASE)


DATES = {language: month_pattern(language) for language in MONTHS}


def dates(text: str, language: str) -> tuple[list[Fact], str]:
    """The dates of a text, and the text without them."""
    found: list[Fact] = []

    def numeric(match: re.Match[str]) -> str:
        year, month, day, d, m, y = match.groups()
        found.append(("date", f"{int(day or d)}/{int(month or m)}/{year or y}"))
        return " "

    def named(match: re.Match[str]) -> str:
        number = next(number for number in range(1, 13) if match[f"m{number}"])
        name, day, year = match[f"m{number}"], match["day"] or match.groupdict().get("after"), match["year"]
        alone = not (day or year)
        needs = name.lower() in NEEDS_A_SIGN[language] and not match["sign"]
        weekday = language == "cy" and re.search(r"(?:dydd|ddydd|nos)\s$", text[: match.start()], re.IGNORECASE)
        if alone and (needs or weekday or not name[0].isupper()):
            return match[0]
        found.append(("date", "/".join(part for part in (day and str(int(day)), str(number), year) if part)))
        return " "

    rest = DATES[language].sub(named, NUMERIC_DATE.sub(numeric, text))
    return found, rest


def sums(text: str) -> tuple[list[Fact], str]:
    found: list[Fact] = []

    def sum_of(match: re.Match[str]) -> str:
        scale = SCALE.get((match["s"] or match["t"] or "").lower(), 1)
        found.append(("sum", plain(decimal_of(match["a"] or match["b"]) * scale)))
        return " "

    return found, SUM.sub(sum_of, text)


def times(text: str) -> tuple[list[Fact], str]:
    found: list[Fact] = []

    def time_of(match: re.Match[str]) -> str:
        hour, minute = int(match["h"] or match["h24"]), match["m"] or match["m24"] or "00"
        half = (match["half"] or "").lower()
        if half.endswith(("pm", "yp", "yh", "prynhawn", "hwyr")) and hour < 12:
            hour += 12
        found.append(("time", f"{hour}:{minute}"))
        return " "

    return found, TIME.sub(time_of, text)


def links(text: str) -> tuple[list[Fact], str]:
    """The addresses of a text: of a body with an address for each language, which body; else the whole address."""
    found: list[Fact] = []

    def link_of(match: re.Match[str]) -> str:
        found.append(("link", link_key((match["md"] or match["bare"] or match["angled"]).rstrip(".,;"))))
        return " "

    return found, LINK.sub(link_of, text)


def link_key(address: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.lower().removeprefix("www.")
    if not host:
        return re.sub(r"^/(en|cy)/.*", "/", address)
    if host in PAIRED_HOSTS or host in PAIRED_HOSTS.values():
        return PAIRED_HOSTS.get(host, host)
    path = re.sub(r"/(en|cy|english|cymraeg|welsh)(?=/|$)", "", parts.path.rstrip("/"))
    return f"{host}{path}" + (f"?{parts.query}" if parts.query else "")


def numbers(text: str) -> Iterator[Fact]:
    rest = text
    for match in SHARE.finditer(text):
        yield "share", plain(decimal_of(match[1]))
    rest = SHARE.sub(" ", rest)
    for match in SCALED.finditer(rest):
        yield "number", plain(decimal_of(match[1]) * SCALE[match[2].lower()])
    for match in PLAIN.finditer(SCALED.sub(" ", rest)):
        yield "number", plain(decimal_of(match[1]))


def facts(text: str, language: str) -> Counter[Fact]:
    """Every fact of a text, as often as it is stated."""
    found, rest = links(text)
    for look in (lambda said: dates(said, language), sums, times):
        more, rest = look(rest)
        found += more
    return Counter([*found, *numbers(rest)])


def in_words(value: str, text: str, language: str) -> int:
    """How often a number stands in a text as a word ("five", "pum"), for those that have one."""
    names = WORDS[language].get(int(value)) if value.isdecimal() and len(value) < 4 else None
    return len(re.findall(rf"\b(?:{names})\b", text, re.IGNORECASE)) if names else 0

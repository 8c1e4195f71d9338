"""Whether texts agree: with one another in three languages, with the rows of their record, and with what they quote.

What a program can see of a text is its numbers, months, addresses, acronyms and quotations. Each is reduced to one form
for all languages: 2,550 (en), 2550 (es) and 2.550 (pt) are 2550; "tres", "three" and "três" are 3.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from babel.dates import get_month_names

URL = re.compile(r"https?://[^\s)\]}>«»“”\"]+|\bwww\.[^\s)\]}>«»“”\"]+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DIGITS = re.compile(r"(?<![\d.,])\d+(?:[.,\u00a0\u202f]\d+)*")
GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+")
WORD = re.compile(r"[^\W\d_]+")
QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”")
ACRONYM = re.compile(r"\b([A-Z]{2}[A-Z0-9]*)s?\b")
MARKS = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})

# From three on: "uno" and "um" are articles, and for two one language says "both", another "one and the other"
NUMBER_WORDS = {
    "es": {
        "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16,
        "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiún": 21, "veintidós": 22,
        "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50,
        "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "mil": 1000,
    },
    "en": {
        "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    },
    "pt": {
        "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7,
        "oito": 8, "nove": 9, "dez": 10, "onze": 11, "doze": 12, "treze": 13, "quatorze": 14, "catorze": 14,
        "quinze": 15, "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20, "trinta": 30,
        "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100,
        "mil": 1000,
    },
}  # fmt: skip
AND = {"es": "y", "en": "", "pt": "e"}


def addresses_in(text: str) -> set[str]:
    """Return the URLs and e-mail addresses of a text."""
    return {found.rstrip(".,;:") for found in chain(URL.findall(text), EMAIL.findall(text))}


def numbers_in(text: str, language: str) -> set[str]:
    """Return the numbers of a text, in digits and in words, each in one form for all languages."""
    bare = EMAIL.sub(" ", URL.sub(" ", text))
    return {_normalised_number(found) for found in DIGITS.findall(bare)} | set(_spelled_numbers(bare, language))


def _normalised_number(digits: str) -> str:
    """Return a number without separators of thousands, its decimal sign a point."""
    if GROUPED.fullmatch(digits):
        return str(int(re.sub(r"\D", "", digits)))
    whole, *decimals = re.split(r"[.,\u00a0\u202f]", digits)
    return f"{Decimal('.'.join([whole, *decimals])).normalize():f}" if len(decimals) == 1 else digits.lstrip("0") or "0"


def _spelled_numbers(text: str, language: str) -> Iterator[str]:
    """Yield the numbers that a text writes in words; "treinta y tres" and "thirty-three" are 33."""
    values = NUMBER_WORDS[language]
    words = ["" if word.isupper() else word.casefold() for word in WORD.findall(text)]  # CEM is no hundred
    place = 0
    while place < len(words):
        value = values.get(words[place])
        place += 1
        if value is None:
            continue
        if 20 <= value < 100:
            joined = place + (AND[language] != "" and words[place : place + 1] == [AND[language]])
            unit = values.get(words[joined]) if joined < len(words) else None
            if unit and unit < 10 and (joined > place or language == "en"):
                value, place = value + unit, joined + 1
        yield str(value)


def months_in(text: str, language: str) -> set[int]:
    """Return the numbers of the months that a text names, 1 for January; the names are those of the CLDR."""
    names = {name: number for number, name in get_month_names("wide", locale=language).items()}
    return {names[word] for word in WORD.findall(text) if word in names}


def acronyms_in(text: str, neutral: set[str]) -> set[str]:
    """Return those of the acronyms ``neutral`` that a text uses: they are the same in every language."""
    return set(ACRONYM.findall(text)) & neutral


def quotations_in(text: str) -> list[str]:
    """Return what a text quotes, without the marks."""
    return [first or second for first, second in QUOTED.findall(text)]


def normalised(text: str) -> str:
    """Return a text with plain spaces and marks, to look for another one in it."""
    plain = unicodedata.normalize("NFKC", text).translate(MARKS)
    return " ".join(plain.replace('"', "").split()).casefold()

"""Three languages, each by its own rules: the words of the glossary, quotes, numbers, dates, countries, plurals.

The glossary is locale/GLOSSARY.md. Other people’s words, in quotation marks, are left alone.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from babel.messages.mofile import read_mo
from django.utils import translation
from django.utils.formats import date_format

from catalogue.admin.django_messages import WORDS
from catalogue.management.commands.messages import english_texts_in
from tests.wording import PLACEHOLDER, forms, glossary, messages, pattern_of, rows, texts, unquoted

MONTHS = {
    "es": "Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre",
    "pt": "Janeiro Fevereiro Março Abril Maio Junho Julho Agosto Setembro Outubro Novembro Dezembro",
}
ARTICLES = {  # countries that take an article after a preposition, and what is wrong before them
    "es": (r"(?:de|en|por|a|con|para|entre)", "Argentina|Brasil|Ecuador|Paraguay|Perú|Uruguay"),
    "pt": (
        r"(?:de|em|por|com|para|entre)",
        "Argentina|Bolívia|Brasil|Chile|Colômbia|Equador|Guiana|Paraguai|Peru|Suriname|Uruguai|Venezuela",
    ),
}


def found(language, pattern, *, whole=False):
    """Return where a pattern stands in the texts of a language, as a list for a person."""
    return [
        f"{text.place}: …{words[max(0, hit.start() - 30) : hit.end() + 30]}…"
        for text in texts(language)
        for words in [text.words if whole else unquoted(text.words)]
        for hit in pattern.finditer(words)
    ]


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_no_text_uses_a_form_that_the_glossary_rejects(language):
    rejected = [(pattern_of(form), form, used) for form, used in glossary()[language]]
    read = [(text.place, unquoted(text.words)) for text in texts(language)]
    wrong = [
        f"{place}: “{form}”, in the glossary “{used}”"
        for place, words in read
        for pattern, form, used in rejected
        if pattern.search(words)
    ]
    assert wrong == []


@pytest.mark.parametrize("locale", ["es", "pt_BR"])
def test_a_translation_is_in_its_own_language_only(locale):
    """A sentence of the interface in English, appended to its translation, is one that stands in the code as well."""
    rows = messages(locale)
    sentences = [text for message in rows for text in forms(message.id) if len(text.split()) > 3]
    wrong = [(forms(message.id)[0], sentence) for message in rows for sentence in english_texts_in(message, sentences)]
    assert wrong == []


OUR_WORDS = {"Log in", "Date/time", "History", "Search", *WORDS}  # mean what Django means, in the words of the glossary


@pytest.mark.parametrize("locale", ["es", "pt_BR"])
def test_no_text_of_ours_changes_what_django_says_with_the_same_words(locale):
    """“Change” was a noun of ours and every link “Change” of the admin became one: a context keeps the two apart."""
    theirs = django_messages(locale)
    ours = {(message.context, forms(message.id)[0]): forms(message.string)[0] for message in messages(locale)}
    shared = {key for key in ours.keys() & theirs.keys() if key[1] not in OUR_WORDS}
    assert {key: ours[key] for key in shared if ours[key] not in theirs[key]} == {}


def django_messages(locale):
    """Return ``{(context, text): translations}`` of Django and of each of its applications."""
    found = {}
    for path in Path(django.__file__).parent.glob(f"**/locale/{locale}/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            for message in filter(lambda message: message.id, read_mo(file)):
                found.setdefault((message.context, forms(message.id)[0]), set()).add(forms(message.string)[0])
    return found


@pytest.mark.parametrize("language", ["es", "pt"])
def test_months_are_written_small(language):
    names = MONTHS[language].replace(" ", "|")
    assert found(language, re.compile(rf"(?<=[\w,] )(?:{names})\b")) == []
    with translation.override({"pt": "pt-br"}.get(language, language)):
        for month in range(1, 13):
            for form in (
                "DATE_FORMAT",
                "DATETIME_FORMAT",
                "SHORT_DATE_FORMAT",
                "YEAR_MONTH_FORMAT",
                "MONTH_DAY_FORMAT",
            ):
                written = date_format(datetime(2026, month, 5, 13, tzinfo=UTC), form)
                assert written == written.lower(), form


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("en", "[«»\"]|(?<=\\w)'(?=\\w)"), ("es", '[“”"]'), ("pt", "[«»\"]|(?<=\\w)'(?=\\w)")],
)
def test_quotation_marks_are_those_of_the_language(language, foreign):
    """Inside quotation marks anything may stand: “«” is how a Portuguese text tells of a Spanish mark."""
    pattern = re.compile(foreign)
    wrong = [
        text for text in texts(language) if pattern.search(PLACEHOLDER.sub("", nested(language).sub("", text.words)))
    ]
    assert wrong == []


def nested(language):
    """Return the pattern of what is quoted in a language, with the marks themselves, and of code."""
    quoted = {"es": "«[^»]*»", "en": "“[^”]*”", "pt": "“[^”]*”"}[language]
    return re.compile(rf"{quoted}|<code>.*?</code>|`[^`]*`|<[^>]+>")


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_no_space_is_doubled_or_stands_before_a_mark(language):
    assert found(language, re.compile(r"(?<=\S)  +(?=\S)|\s[,;:.](?=\s|$)|(?<=\w)\s[!?](?!\S)"), whole=True) == []


def test_a_percentage_is_written_as_the_language_writes_it():
    assert found("es", re.compile(r"\d%|\d %")) == []  # a no-break space stands between
    assert found("en", re.compile(r"\d\s%")) == []
    assert found("pt", re.compile(r"\d\s%")) == []


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("es", r"\d{1,3}[,.]\d{3}(?!\d)|(?<!\d)\d[ \xa0]\d{3}(?!\d)|(?<!\d)\d{2,3} \d{3}(?!\d)"),
        ("en", r"\d{1,3}[. \xa0]\d{3}(?![\d-])"),
        ("pt", r"\d{1,3}[, \xa0]\d{3}(?!\d)"),
    ],
)
def test_a_number_has_the_form_of_its_language(language, foreign):
    """Spanish: 4214, from five digits on a no-break space; English: 4,214; Portuguese: 4.214. Acts have numbers."""
    pattern = re.compile(rf"(?<![\d.,/-])(?:{foreign})")
    acts = re.compile("|".join(map(re.escape, sorted(numbers_of_acts(), key=len, reverse=True))))
    wrong = [text for text in texts(language) if pattern.search(acts.sub("", unquoted(text.words)))]
    assert wrong == []


def numbers_of_acts():
    """Return the numbers of laws and decrees that the contents name: they are names, not amounts."""
    return {row["number"] for row in rows("catalogue.legalinstrument") if row.get("number")}


@pytest.mark.parametrize("language", ["es", "pt"])
def test_a_country_has_its_article_after_a_preposition(language):
    before, countries = ARTICLES[language]
    assert found(language, re.compile(rf"(?<!\w){before}\s(?:{countries})\b")) == []


@pytest.mark.parametrize("locale", ["es", "pt_BR"])
def test_nothing_is_counted_in_the_plural(locale):
    """Nobody in Brazil reads “0 prática”, though CLDR allows it."""
    counted = [message for message in messages(locale) if not isinstance(message.id, str) and not message.context]
    assert counted
    with translation.override(locale.replace("_", "-").lower()):
        for message in counted:
            assert translation.ngettext(*message.id, 0) == message.string[1]

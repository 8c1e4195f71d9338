"""How the cells of a column are read from a batch: each reader returns one cell for every row of it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from catalogue.choices import TERM_FIELDS, CountryRole, OrganisationKind, Qualifier
from catalogue.exports.batches import STATUSES
from catalogue.exports.labels import SEPARATOR
from catalogue.querysets.expressions import day_of
from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.numbers import figure_in_words

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WITHHELD = "[…@…]"


class Reader(NamedTuple):
    """``cells(batch, words)`` returns the cells; the rest is what it needs of a row, and what the cells are like."""

    cells: Callable
    fields: tuple = ()  # columns of the row, as they are stored
    expressions: tuple = ()  # ``(name, expression)`` of what the database computes
    texts: tuple = ()  # translated texts of the row
    origins: tuple = ()  # translated texts whose real language is read
    practice: "Reader | None" = None  # what it reads of the practice to which the row belongs
    parts: dict = {}
    localized: bool = False  # whether the cells differ from language to language
    several: bool = False  # whether a cell may hold several values
    apart: bool = False  # a text of which the statuses of the practice's translations do not speak


def stored(field):
    """Read a field as it is stored; nothing is the empty text."""
    return Reader(lambda batch, words: batch[field], (field,))


def optional(field):
    """Read a field that the database may not know; nothing is the empty text."""
    return Reader(lambda batch, words: ["" if value is None else value for value in batch[field]], (field,))


def text(field):
    """Read a translated text."""
    return Reader(lambda batch, words: batch[field, words.language], texts=(field,), localized=True)


def text_apart(field):
    """Read a translated text that is not translated together with the practice."""
    return text(field)._replace(apart=True)


def language_of_text(field):
    """Read the language in which a text really is; without any text, the one asked for."""
    return Reader(
        lambda batch, words: batch[field, words.language, "language"], texts=(field,), origins=(field,), localized=True
    )


def status_of_text(field):
    """Read how a text came to be in the language in which it is; ``missing`` where there is none."""

    def cells(batch, words):
        statuses = {name[-2:]: batch.spread(batch.practices[name]) for name in STATUSES}
        languages = batch[field, words.language, "language"] if words.fallback else [words.language] * len(batch)
        texts = batch[field, words.language]
        return [
            statuses[language][place] if text else "missing"
            for place, (language, text) in enumerate(zip(languages, texts, strict=True))
        ]

    return Reader(cells, texts=(field,), origins=(field,), localized=True)


def without_emails(reader):
    """Read texts in which an e-mail address may be quoted: to pass one on needs a consent."""
    return reader._replace(
        cells=lambda batch, words: [without_email(cell) if "@" in cell else cell for cell in reader.cells(batch, words)]
    )


def without_email(text):
    """Return a text in which every e-mail address is withheld."""
    return EMAIL.sub(WITHHELD, text)


def label(field, choices):
    """Read the label of a closed list."""
    return Reader(
        lambda batch, words: list(map(words.labels(choices).__getitem__, batch[field])), (field,), localized=True
    )


def of_practice(reader):
    """Read of the practice to which the row belongs."""
    return Reader(
        lambda batch, words: batch.spread(reader.cells(batch.practices, words)),
        practice=reader,
        localized=reader.localized,
    )


def language(batch, words):
    return [words.language] * len(batch)


def day(field):
    """Read the day of a moment, in UTC."""
    name = f"{field}_day"
    return Reader(lambda batch, words: batch[name], expressions=((name, day_of(field)),))


def outdated_since():
    """Read since which day the texts of the language are older than the original; empty while they are not."""

    def cells(batch, words):
        return ["" if day is None else day.isoformat() for day in batch[f"outdated_since_{words.language}"]]

    return Reader(cells, tuple(f"outdated_since_{language}" for language in CONTENT_LANGUAGES), localized=True)


def moment(field):
    """Read a moment, in UTC and to the second."""
    return Reader(lambda batch, words: [value.isoformat(timespec="seconds") for value in batch[field]], (field,))


def page_url():
    """Read the URL of the practice's page, in the language of the file."""

    def cells(batch, words):
        before, after = words.page
        return [f"{before}{slug}{after}" for slug in batch["slug"]]

    return Reader(cells, ("slug",))


def permanent_url(batch, words):
    before, after = words.permanent
    return [f"{before}{code}{after}" for code in batch["code"]]


def period(batch, words):
    facts = zip(batch["start"], batch["end"], batch["status"], strict=True)
    with words.active():
        return [words.period(*of_one) for of_one in facts]


# Records that a row points to


def linked(field, names, place):
    """Read what ``words.<names>`` says at ``place`` of the record to which a field points; empty without one."""

    def cells(batch, words):
        known = getattr(words, names)
        return ["" if key is None else known[key][place] for key in batch[field]]

    return Reader(cells, (field,), localized=place == NAME)


def named(field, names):
    """Read the name that ``words.<names>`` has for the record to which a field points."""

    def cells(batch, words):
        return list(map(getattr(words, names).__getitem__, batch[field]))

    return Reader(cells, (field,), localized=True)


CODE, NAME, ACRONYM, KIND = range(4)  # places in the names of a record


def sector_of_organisation(batch, words):
    known, labels = words.organisations, words.labels(OrganisationKind)
    return [labels[known[key][KIND]] for key in batch["organisation_id"]]


# Several values for one practice


def joined(lists):
    """Return a reader of texts that hold all the values of a reader of lists, without empty ones."""

    def cells(batch, words):
        return [SEPARATOR.join(filter(None, several)) if several else "" for several in lists.cells(batch, words)]

    return lists._replace(cells=cells, several=True)


def networks(place):
    """Read the list of the networks of a practice."""

    def cells(batch, words):
        known = words.networks
        return [
            [known[key][place] for key, _practice in rows] for rows in batch.related("practice_networks", "network_id")
        ]

    return Reader(cells, localized=place == NAME)


def countries(place, *, implementing=True):
    """Read the list of the States that implement a practice, or of the others that it concerns."""

    def cells(batch, words):
        known = words.countries
        return [
            [known[key][place] for key, role, _practice in rows if (role == CountryRole.IMPLEMENTING) is implementing]
            for rows in batch.related("practice_countries", "country_id", "role")
        ]

    return Reader(cells, localized=place == NAME)


def organisations(role):
    """Read the list of the names of the organisations with a role."""

    def cells(batch, words):
        known = words.organisations
        return [
            [known[key][NAME] for key, part, _practice in rows if part == role]
            for rows in batch.related("practice_organisations", "organisation_id", "role")
        ]

    return Reader(cells, localized=True)


def terms(field, place):
    """Read the codes or the labels of the terms of a vocabulary."""

    def cells(batch, words):
        known = words.several_terms
        return [known(keys)[place] if keys else "" for keys in batch.terms(field)]

    return Reader(cells, localized=place == NAME, several=True)


def scopes(batch, words):
    return [[scope for scope, _practice in rows] for rows in batch.related("further_scopes", "scope")]


def related_texts(accessor, field):
    """Read the list of a translated text of each row of a relation."""

    def cells(batch, words):
        return [[text for text, _practice in rows] for rows in batch.related(accessor, words.text_of(field))]

    return Reader(cells, localized=True)


def results(batch, words):
    """Read each result as ``indicator: figure``."""
    qualifiers = words.labels(Qualifier)
    columns = [words.text_of("indicator"), "qualifier", "value", "as_printed", words.text_of("unit")]
    with words.active():
        return [
            [
                f"{indicator}: {figure_in_words(qualifiers[qualifier], value, printed, unit)}"
                for indicator, qualifier, value, printed, unit, _practice in rows
            ]
            for rows in batch.related("results", *columns)
        ]


def terms_in(field):
    """Return ``{code: label}`` of the vocabulary of a field, for the codebook."""
    return lambda words: words.terms_of(TERM_FIELDS[field])

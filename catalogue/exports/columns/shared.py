"""What the columns of several tables share: the five promised columns, and ways to say where a value comes from."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import LANGUAGE_CHOICES
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import HERE, Column, Kind, Source, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader


def languages(words):
    """Return ``{code: name}`` of the three languages."""
    with words.spoken():
        return {code: str(name) for code, name in LANGUAGE_CHOICES}


CODES = {"kind": Kind.CODE, "source": Source.PRESENTED}
CLASSIFIED = {"kind": Kind.CODE, "source": Source.CLASSIFIED}
WRITTEN = {"source": Source.WRITTEN}
GIVEN = {"source": Source.GIVEN}

ADDRESS_COLUMNS = [
    Column(
        "code",
        _("Code"),
        read.plain("code"),
        _("Permanent code of the practice; it links the tables."),
        Kind.CODE,
        Source.GIVEN,
        stable_header=True,
    ),
    Column(
        "slug",
        _("Slug"),
        read.plain("slug"),
        _("Last part of the address of the practice; it never changes."),
        Kind.CODE,
        Source.GIVEN,
        stable_header=True,
    ),
    Column(
        "url",
        _("Address"),
        read.page_address(),
        _("Address of the practice’s page."),
        Kind.ADDRESS,
        Source.GIVEN,
        stable_header=True,
    ),
    Column(
        "language",
        _("Language"),
        Reader(read.language),
        _("Requested language; the texts are in this language wherever a translation exists."),
        Kind.CODE,
        Source.GIVEN,
        languages,
        stable_header=True,
    ),
    Column(
        "title",
        _("Title"),
        read.text("title"),
        _("Name of the practice; its acronym, if any, comes at the end in brackets."),
        stable_header=True,
        taken=HERE,
    ),
]
PRACTICE = ADDRESS_COLUMNS[0]._replace(read=read.of_practice(read.plain("code")))


def closed_list(name, labels, choices, meaning, *, source=Source.PRESENTED):
    """Return the two columns of a closed list, the code and its label, under a pair of labels of their own."""
    code, in_words = labels
    return [
        Column(name, code, read.plain(name), meaning, Kind.CODE, source, choices, taken=HERE),
        Column(f"{name}_label", in_words, read.label(name, choices), labels_of(name), source=source),
    ]


def only_told(columns):
    """Return columns that an import does not take."""
    return [column._replace(taken=None) for column in columns]


def named_record(name, labels, part_of, meaning, **more):
    """Return the two columns of a record that a row names, its code and its name, each read by ``part_of``."""
    code, in_words = labels
    return [
        Column(name, code, part_of(CODE), meaning, **CODES, **more),
        Column(f"{name}_name", in_words, part_of(NAME), labels_of(name)),
    ]


def networks(words):
    """Return ``{code: name}`` of the networks."""
    return words.networks.values()


def countries(words):
    """Return ``{code: name}`` of the member States."""
    return words.countries.values()

"""What the columns of several tables share: the five promised columns, and constructors of the usual columns."""

from django.utils.translation import gettext_lazy as _

from catalogue.choices import LANGUAGE_CHOICES
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.columns.base import SAME_FIELD, Column, labels_of
from catalogue.exports.columns.cell_readers import CODE, NAME, Reader
from catalogue.exports.columns.kinds import Kind, Source

GIVEN = {"source": Source.GIVEN}
CLASSIFIED = {"source": Source.CLASSIFIED}


def stored_column(name, label, meaning, kind=Kind.TEXT, **more):
    """Return the column of a field as it is stored, which an import accepts."""
    return Column(name, label, read.stored(name), meaning, kind, **{"imported_as": SAME_FIELD, **more})


def text_column(name, label, meaning, source=Source.PRESENTED, **more):
    """Return the column of a translated text, which an import accepts."""
    return Column(name, label, read.text(name), meaning, source=source, **{"imported_as": SAME_FIELD, **more})


def written_column(name, label, meaning):
    """Return the column of a translated text that the editors of this catalogue write."""
    return text_column(name, label, meaning, Source.WRITTEN)


def listed_column(name, label, lists, meaning):
    """Return the column of a list of texts, each taken from a row of another table."""
    return Column(name, label, read.joined(lists), meaning)


def code_column(name, label, reader, meaning, codes=None, **more):
    """Return a column of codes."""
    return Column(name, label, reader, meaning, Kind.CODE, codes=codes, **more)


def language_column(name, label, meaning, **more):
    """Return the column of a field that holds the code of one of the three languages."""
    return stored_column(name, label, meaning, Kind.CODE, codes=languages, **more)


def code_and_label(names, labels, readers, meaning, codes=None, **more):
    """Return a column of codes and one of their labels; ``names``, ``labels`` and ``readers`` are pairs."""
    code = code_column(names[0], labels[0], readers[0], meaning, codes, **more)
    return [code, Column(names[1], labels[1], readers[1], labels_of(names[0]), source=code.source)]


def closed_list(name, labels, choices, meaning, **more):
    """Return the two columns of a closed list, the code and its label, under a pair of labels of their own."""
    readers, more = (read.stored(name), read.label(name, choices)), {"imported_as": SAME_FIELD, **more}
    return code_and_label((name, f"{name}_label"), labels, readers, meaning, choices, **more)


def named_record(name, labels, part_of, meaning, codes=None, **more):
    """Return the two columns of a record that a row names, its code and its name, each read by ``part_of``."""
    return code_and_label((name, f"{name}_name"), labels, (part_of(CODE), part_of(NAME)), meaning, codes, **more)


def languages(words):
    """Return ``{code: name}`` of the three languages."""
    with words.active():
        return {code: str(name) for code, name in LANGUAGE_CHOICES}


def networks(words):
    """Return the code and the name of every network."""
    return words.networks.values()


def countries(words):
    """Return the code and the name of every member State."""
    return words.countries.values()


PROMISED = {"source": Source.GIVEN, "stable_header": True}
ADDRESS_COLUMNS = [
    code_column(
        "code", _("Code"), read.stored("code"), _("Permanent code of the practice; it links the tables."), **PROMISED
    ),
    code_column(
        "slug",
        _("Slug"),
        read.stored("slug"),
        _("Last part of the address of the practice; it never changes."),
        **PROMISED,
    ),
    Column("url", _("Address"), read.page_url(), _("Address of the practice’s page."), Kind.ADDRESS, **PROMISED),
    code_column(
        "language",
        _("Language"),
        Reader(read.language),
        _("Requested language; the texts are in this language wherever a translation exists."),
        languages,
        **PROMISED,
    ),
    text_column(
        "title",
        _("Title"),
        _("Name of the practice; its acronym, if any, comes at the end in brackets."),
        stable_header=True,
    ),
]
PRACTICE = ADDRESS_COLUMNS[0]._replace(read=read.of_practice(read.stored("code")))
ORDER = Column(
    "order",
    _("Order"),
    read.optional("order"),
    _("Position of the row among those of the same practice."),
    Kind.INTEGER,
    imported_as=SAME_FIELD,
    **GIVEN,
)

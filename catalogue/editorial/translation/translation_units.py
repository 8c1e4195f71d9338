"""The texts of a practice and their translations, each named by its path.

A path is ``summary``, or ``results.2.note`` for a row of the practice: as rows have no name that outlives a revision,
their position is part of it.
"""

from hashlib import sha256
from typing import NamedTuple

from django.core.validators import MaxLengthValidator

from catalogue.editorial.workflow.practice_content import ROWS, row_model
from catalogue.models import Practice
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.records import translated_fields


class Text(NamedTuple):
    """A text of a practice in one language, and its source: the original, or what another language has."""

    path: str
    source_language: str
    source: str
    translation: str
    outdated: bool

    @property
    def is_missing(self):
        return not self.translation

    @property
    def fingerprint(self):
        """The hash by which a later check sees whether the source is still the one that was translated."""
        return fingerprint(self.source)

    @property
    def field(self):
        """The field of the model that holds the text."""
        return field_of(self.path)

    @property
    def limit(self):
        """The number of characters the text may have, ``None`` when there is no limit."""
        limits = [v.limit_value for v in self.field.validators if isinstance(v, MaxLengthValidator)]
        return min(limits, default=None)

    @property
    def label(self):
        """What the form calls the text, with the place of its row."""
        heading = str(self.field.verbose_name)
        if "." in self.path:
            accessor, place, _name = self.path.split(".")
            heading = f"{row_model(accessor)._meta.verbose_name} {place} – {heading}"
        return heading[:1].upper() + heading[1:]


def field_of(path):
    accessor, _place, name = path.rpartition(".")
    model = row_model(accessor.partition(".")[0]) if accessor else Practice
    return model._meta.get_field(name)


def fingerprint(source):
    return sha256(normalised_text(source).encode()).hexdigest()[:12]


def normalised_text(text):
    """Return a text as the catalogue stores it: with line feeds alone and without space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def texts_of(content):
    """Return ``{path: {language: text}}`` of the texts of a content in any language, in the order of the form."""
    found = {name: _languages(content["fields"], name) for name in translated_fields(Practice)}
    for accessor in ROWS:
        names = translated_fields(row_model(accessor))
        for place, row in enumerate(content["rows"].get(accessor, []), start=1):
            found |= {f"{accessor}.{place}.{name}": _languages(row, name) for name in names}
    return {path: texts for path, texts in found.items() if any(texts.values())}


def _languages(values, name):
    return {code: values.get(f"{name}_{code}") or "" for code in CONTENT_LANGUAGES}


def text_content_of(practice):
    """Return the part of a content that holds the texts, of a practice fetched with ``for_detail``."""
    fields = {name: getattr(practice, name) for name in ("original_language", "outdated_texts")}
    rows = {}
    for accessor in ROWS:
        if names := translated_fields(row_model(accessor)):
            rows[accessor] = [_stored(row, names) for row in getattr(practice, accessor).all()]
    return {"fields": fields | _stored(practice, translated_fields(Practice)), "rows": rows}


def _stored(record, names):
    columns = [f"{name}_{code}" for name in names for code in CONTENT_LANGUAGES]
    return {column: getattr(record, column) for column in columns}


def texts_in(content, language):
    """Return ``{path: Text}`` of everything that is, or is to be, translated into a language."""
    original = content["fields"]["original_language"]
    outdated = content["fields"]["outdated_texts"].get(language, [])
    found = {}
    for path, texts in texts_of(content).items():
        source = next((code for code in (original, *CONTENT_LANGUAGES) if texts[code] and code != language), None)
        if source and (language != original or not texts[language]):
            found[path] = Text(path, source, texts[source], texts[language], path in outdated)
    return found


def waiting_texts(practice, language):
    """Return the ``Text`` of each text that is missing or outdated in a language."""
    return [text for text in texts_in(text_content_of(practice), language).values() if text.is_missing or text.outdated]

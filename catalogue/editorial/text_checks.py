"""What a program can check of the texts of loaded records: do they agree with each other and with what they rest on?

- The texts of one field hold the same numbers, months, addresses and language-neutral acronyms in every language.
- A figure in a text of a practice stands in one of its rows: its results, laws, dates, links or sources.
- What an editor’s note quotes in the language of the source stands in the record, or in the ``facts`` given beside it.

The rules leave out what languages may say differently; the constants say why. None is a list of exceptions.
"""

import json
import re
from decimal import Decimal
from pathlib import Path

from modeltranslation.translator import translator

from catalogue.editorial import text_agreement
from catalogue.editorial.fixture_checks import record_label
from catalogue.editorial.workflow import practice_content
from catalogue.models import Organisation, Practice
from catalogue.text.languages import CONTENT_LANGUAGES
from networks.models import Meeting
from networks.records import translated_fields

ROWS = [accessor for accessor in practice_content.ROWS if accessor not in ("further_scopes", "classifications")]
COUNTED = 20  # up to here a number may count what a text lists: three stages, article 8
ORDINARY = {"1", "2"}  # where one language writes “Stage 1”, another writes “first stage”
YEARS = range(1900, 2100)  # dates are no figures
TERM_WORDS = 2  # a quotation no longer than this is a term that a note speaks of, often one that the source lacks
CUT = re.compile(r"…|\.\.\.|\[[^\]]*\]|[()]")  # where a quotation leaves something out or adds to it
SOURCE_LANGUAGE = "en"
LONG = translated_fields(Practice)


class Facts:
    """The documents on which records rest, to look for what texts say; without any, nothing can be missing there."""

    def __init__(self, paths=()):
        self.texts = [_text_of_document(Path(path)) for path in paths]
        self._normalised = text_agreement.normalised("\n".join(self.texts))
        self.numbers = set().union(*(text_agreement.numbers_in(text, SOURCE_LANGUAGE) for text in self.texts))

    def __bool__(self):
        return bool(self.texts)

    def quotes(self, words):
        return text_agreement.normalised(words) in self._normalised


def _text_of_document(path):
    """Return the words of a document; of JSON its texts and numbers alone."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(_leaves(json.loads(text))) if path.suffix == ".json" else text


def _leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [leaf for part in value for leaf in _leaves(part)]
    return [] if value is None else [str(value)]


def problems_of_texts(facts):
    """Yield a sentence for each text that does not agree with the others, with its rows or with what it quotes."""
    yield from languages_that_differ()
    for practice in Practice.objects.for_detail():
        yield from figures_without_a_row(practice, facts)
        yield from invented_quotations(practice, practice.editors_notes.all(), facts)
    for meeting in Meeting.objects.for_detail():
        yield from invented_quotations(meeting, meeting.notes.all(), facts)


# One field in three languages


def languages_that_differ():
    """Yield what one language of a field says and another does not."""
    neutral = neutral_acronyms()
    checks = {
        "number": lambda text, language: text_agreement.numbers_in(text, language) - ORDINARY,
        "month": text_agreement.months_in,
        "address": lambda text, _language: text_agreement.addresses_in(text),
        "acronym": lambda text, _language: text_agreement.acronyms_in(text, neutral),
    }
    for model in translator.get_registered_models(abstract=False):
        for record in model.objects.all() if model._meta.app_label in ("catalogue", "networks") else ():
            for field in translated_fields(model):
                texts = translations_of(record, field)
                for what, found_in in checks.items():
                    yield from _differences(record, field, what, {code: found_in(texts[code], code) for code in texts})


def translations_of(record, field):
    """Return ``{language: text}`` of a translated field, without the languages that have none."""
    texts = {code: getattr(record, f"{field}_{code}") for code in CONTENT_LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def _differences(record, field, what, found):
    everywhere = set.union(*found.values()) if found else set()
    for code, own in found.items():
        if missing := everywhere - own:
            others = ", ".join(other for other in found if missing & found[other])
            shown = ", ".join(sorted(map(str, missing)))
            yield f"{record_label(record)}: field “{field}_{code}” lacks the {what} {shown} of {others}."


def neutral_acronyms():
    """Return the acronyms that are the same in every language: those of practices, and of bodies that have just one."""
    known = {name for model in (Practice, Organisation) for name in model.objects.values_list("acronym", flat=True)}
    return {acronym for acronym in known if acronym and text_agreement.ACRONYM.fullmatch(acronym)}


# A practice and its rows


def figures_without_a_row(practice, facts):
    """Yield the figures in the texts of a practice that stand in none of its rows, and not in the facts if given."""
    known = numbers_of_rows(practice) | facts.numbers
    for field in translated_fields(Practice):
        for code, text in translations_of(practice, field).items():
            figures = {number for number in text_agreement.numbers_in(text, code) - known if is_figure(number, facts)}
            if figures:
                where = "in no row of it" + (" and in none of the documents" if facts else "")
                yield f"{record_label(practice)}: field “{field}_{code}” has {', '.join(sorted(figures))}, {where}."


def is_figure(number, facts):
    """Whether a number must stand in a row: it counts no list of the text, and is no year unless there are facts."""
    value = Decimal(number)
    return value > COUNTED and (bool(facts) or value not in YEARS)


def numbers_of_rows(practice):
    """Return the numbers in the plain fields of a practice, and in all fields of its rows and of what they name."""
    found = set()
    for record in (practice, practice.edition, *rows_of(practice)):
        for field in record._meta.concrete_fields if record else ():
            value = getattr(record, field.name)
            if isinstance(value, Decimal):
                found.add(f"{value.normalize():f}")
            elif record is not practice or not (field.name in LONG or field.name[:-3] in LONG):
                language = field.name[-2:] if field.name[-2:] in CONTENT_LANGUAGES else SOURCE_LANGUAGE
                found |= text_agreement.numbers_in(str(value), language)
    return found


def rows_of(practice):
    """Yield the rows of a practice, and the references, organisations and offices that they name."""
    for accessor in ROWS:
        for row in getattr(practice, accessor).all():
            yield row
            yield from filter(None, (getattr(row, name, None) for name in ("reference", "organisation")))
    if practice.contact:
        yield practice.contact


# Notes and what they quote


def invented_quotations(record, notes, facts):
    """Yield what notes quote in the language of the source that stands neither in the record nor in the facts.

    Without facts nothing is said of what the record does not hold itself: it may well stand in the source. In other
    languages a quotation may be a translation.
    """
    if not facts:
        return
    own = text_agreement.normalised(" | ".join(words_of(record)))
    for note in notes:
        for field in ("shows", "reason"):
            text = getattr(note, f"{field}_{SOURCE_LANGUAGE}") or ""
            for quotation in text_agreement.quotations_in(text):
                parts = [part.strip(" ,.;:") for part in CUT.split(quotation)]
                wrong = [part for part in parts if len(part.split()) > TERM_WORDS and not _is_found(part, own, facts)]
                where = f"{record_label(note)}: field “{field}_{SOURCE_LANGUAGE}”"
                yield from (f"{where} quotes “{part}”, which stands nowhere." for part in wrong)


def _is_found(words, own, facts):
    return text_agreement.normalised(words) in own or facts.quotes(words)


def words_of(record):
    """Yield every text of a record and of its rows, but for what its notes say of it in words of their own."""
    rows = rows_of(record) if isinstance(record, Practice) else record.notes.all()
    for each in (record, *rows):
        is_note = hasattr(each, "source_prints")
        for field in each._meta.concrete_fields:
            if is_note and field.name.partition("_")[0] in ("shows", "reason"):  # also without a language
                continue
            value = getattr(each, field.name)
            if isinstance(value, str) and value:
                yield str(dict(field.flatchoices).get(value, value)) if field.choices else value

"""The meanings of abbreviations in the language of the reader, for pages and books.

An abbreviation belongs to an organisation, a forum or a practice, or it is a term of the vocabulary of abbreviations.
"""

from typing import NamedTuple

from django.db.models import Model

from catalogue.choices import Scheme
from catalogue.models import Organisation, Practice, PracticeOrganisation, Term
from catalogue.querysets.visibility import published_q
from catalogue.text.folding import fold, sort_key
from catalogue.text.languages import localized
from networks.models import Forum


class Meaning(NamedTuple):
    """An abbreviation in the active language, and the record and field that spell it out."""

    short: str
    record: Model
    field: str

    @property
    def text(self):
        return localized(self.record, self.field).text


def practice_abbreviations(practice):
    """Return the abbreviations of a practice fetched with its organisations."""
    bodies = [row.organisation for row in practice.practice_organisations.all()]
    return [*_body_abbreviations(bodies), Meaning(practice.acronym, practice, "acronym_meaning")]


def _shared_abbreviations():
    """Return those of the forums and of the vocabulary of abbreviations."""
    terms = Term.objects.of(Scheme.ABBREVIATION)
    return [*_body_abbreviations(Forum.objects.all()), *(Meaning(term.name, term, "gloss") for term in terms)]


def published_abbreviations():
    """Return every abbreviation on public pages."""
    practices = Practice.objects.published().with_acronym()
    taking_part = PracticeOrganisation.objects.filter(published_q("practice__")).values("organisation")
    bodies = Organisation.objects.filter(pk__in=taking_part).exclude(acronym="")
    named = [Meaning(practice.acronym, practice, "acronym_meaning") for practice in practices]
    return [*named, *_body_abbreviations(bodies), *_shared_abbreviations()]


def _body_abbreviations(bodies):
    return [Meaning(body.shown_acronym, body, "name") for body in bodies]


def explained(meanings, words=()):
    """Return ``by_abbreviation`` of these meanings and of the shared ones of the same abbreviations or of ``words``."""
    used = {*words, *(meaning.short for meaning in meanings)}
    return by_abbreviation([*meanings, *(meaning for meaning in _shared_abbreviations() if meaning.short in used)])


def by_abbreviation(meanings):
    """Return ``[(abbreviation, [Meaning])]`` in alphabetical order, without those that nobody has spelled out.

    Where the vocabulary has an abbreviation, its meaning replaces the name of a body, which may be longer. The same
    meaning of two records is given once.
    """
    found = {}
    for meaning in sorted(meanings, key=lambda meaning: (not isinstance(meaning.record, Term), -len(meaning.text))):
        if meaning.short and meaning.text not in ("", meaning.short):
            others = found.setdefault(meaning.short, [])
            if not any(_supersedes(other, meaning) for other in others):
                others.append(meaning)
    return sorted(found.items(), key=lambda pair: sort_key(pair[0]))


def _supersedes(other, meaning):
    said = _comparable(meaning) in _comparable(other)
    return said or (isinstance(other.record, Term) and not isinstance(meaning.record, Term))


def _comparable(meaning):
    return fold(meaning.text.replace("’", "'"))

"""What the abbreviations of the catalogue stand for, in the language of the reader; for pages and books.

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
    """An abbreviation in the active language, and the translated field of a record that says what it stands for."""

    short: str
    record: Model
    field: str

    @property
    def text(self):
        return localized(self.record, self.field).text


def of_practice(practice):
    """Return the abbreviations of a practice fetched with its organisations; its title may say something else."""
    bodies = [row.organisation for row in practice.practice_organisations.all()]
    return [*_of_bodies(bodies), Meaning(practice.acronym, practice, "acronym_meaning")]


def of_no_practice():
    """Return those of the forums, and those that are neither body nor practice."""
    terms = Term.objects.of(Scheme.ABBREVIATION)
    return [*_of_bodies(Forum.objects.all()), *(Meaning(term.name, term, "gloss") for term in terms)]


def of_published():
    """Return every abbreviation that readers may meet."""
    practices = Practice.objects.published().with_acronym()
    taking_part = PracticeOrganisation.objects.filter(published_q("practice__")).values("organisation")
    bodies = Organisation.objects.filter(pk__in=taking_part).exclude(acronym="")
    named = [Meaning(practice.acronym, practice, "acronym_meaning") for practice in practices]
    return [*named, *_of_bodies(bodies), *of_no_practice()]


def _of_bodies(bodies):
    return [Meaning(body.shown_acronym, body, "name") for body in bodies]


def in_use(meanings, words=()):
    """Return ``by_abbreviation`` of these and of whatever else explains them, or any of the words, best."""
    used = {*words, *(meaning.short for meaning in meanings)}
    return by_abbreviation([*meanings, *(meaning for meaning in of_no_practice() if meaning.short in used)])


def by_abbreviation(meanings):
    """Return ``[(abbreviation, [Meaning])]`` in alphabetical order, without those that nobody has spelled out.

    Where the vocabulary has an abbreviation, what it says goes before the name of a body, which may say more than the
    letters do. What two records say in the same words is said once.
    """
    found = {}
    for meaning in sorted(meanings, key=lambda meaning: (not isinstance(meaning.record, Term), -len(meaning.text))):
        if meaning.short and meaning.text not in ("", meaning.short):
            others = found.setdefault(meaning.short, [])
            if not any(_goes_before(other, meaning) for other in others):
                others.append(meaning)
    return sorted(found.items(), key=lambda pair: sort_key(pair[0]))


def _goes_before(other, meaning):
    said = _plain(meaning) in _plain(other)
    return said or (isinstance(other.record, Term) and not isinstance(meaning.record, Term))


def _plain(meaning):
    return fold(meaning.text.replace("’", "'"))

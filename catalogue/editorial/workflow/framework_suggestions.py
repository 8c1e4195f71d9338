"""Terms of the frameworks suggested for a practice from its words; an editor decides."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.choices import FRAMEWORK_FIELDS, ClassificationStatus
from catalogue.editorial.workflow.roles import Role, roles_of
from catalogue.models import Classification, Term
from catalogue.models.narrative import LONG_TEXTS
from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_tokens import STOP_WORDS, stem, words

JUDGES = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
READ = ("title", "summary", *LONG_TEXTS)
ENOUGH = 3  # words of a long name; a shorter one must be there whole
MOST = 12


class Suggestion(NamedTuple):
    """A term and the words of its name that the record contains."""

    term: Term
    found: list

    def __str__(self):
        words_found = {"term": self.term, "words": ", ".join(self.found)}
        return _("%(term)s (words found: %(words)s)") % words_found


def suggested(practice):
    """Return at most ``MOST`` suggestions for a practice, those with most words first, without those it has."""
    present = set(practice.classifications.values_list("term", flat=True))
    stems = {language: _stems_of(practice, language) for language in CONTENT_LANGUAGES}
    terms = [term for term in Term.objects.filter(scheme__in=list(FRAMEWORK_FIELDS)) if term.pk not in present]
    found = [Suggestion(term, max((_found(term, *each) for each in stems.items()), key=len)) for term in terms]
    return sorted(filter(lambda suggestion: suggestion.found, found), key=lambda each: -len(each.found))[:MOST]


def take_up(practice, terms):
    """Classify a practice by the terms that an editor has ticked; their reasons remain to be written."""
    for term in terms:
        getattr(practice, FRAMEWORK_FIELDS[term.scheme]).add(term)


def may_judge(user):
    """Whether an account confirms and rejects classifications: the Technical Secretariat alone."""
    return bool(roles_of(user) & JUDGES)


def proposed(practices):
    """Return the classifications of practices that await the secretariat, in the order of the practices' codes."""
    rows = Classification.objects.filter(practice__in=practices, status=ClassificationStatus.PROPOSED)
    return rows.select_related("practice", "term").order_by("practice__code", "term")


def confirm(rows):
    """Confirm classifications today."""
    rows.update(status=ClassificationStatus.CONFIRMED, confirmed_on=timezone.now().date())


def reject(rows):
    """Take classifications away, and with them the terms of their practices."""
    rows.delete()


def _stems_of(practice, language):
    texts = (getattr(practice, f"{field}_{language}") or "" for field in READ)
    return {stem(word, language) for text in texts for word in words(text)}


def _found(term, language, stems):
    """Return the words of a term's name in a language that the record holds; none where they are too few."""
    named = [word for word in words(getattr(term, f"name_{language}") or "") if word not in STOP_WORDS]
    found = [word for word in named if stem(word, language) in stems]
    return found if named and len(found) >= min(len(named), ENOUGH) else []

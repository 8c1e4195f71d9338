"""What codes and keys are called in one language, read once for a file and not for every row."""

from contextlib import contextmanager
from functools import cache, cached_property, lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalogue.choices import OperationalStatus
from catalogue.models import Contact, Edition, Organisation, Term
from catalogue.partial_dates import period_in_words
from catalogue.querysets.expressions import plain_rows, translated, written
from catalogue.text.languages import CONTENT_LANGUAGES, interface_language_of
from networks.acronyms import acronym_in
from networks.models import Country, Meeting, Network

SEPARATOR = " | "  # between the values of one cell; no name holds it
CODE, SLUG = "CSM-2000-000", "any-slug"  # stand in a URL for those of a practice
CACHED = 4096  # periods, and sets of terms; most practices share theirs with others


class Wording:
    """The names of everything in ``language``; with ``fallback`` a missing text is that of another language."""

    def __init__(self, language, *, fallback=True):
        self.language = language
        self.fallback = fallback
        self.interface_language = interface_language_of(language)
        self.text_of = cache(self._text_of)  # the same expression names the same query
        self.period = lru_cache(CACHED)(self._period)
        self.several_terms = lru_cache(CACHED)(self._several_terms)
        self._labels = {}

    @contextmanager
    def active(self):
        """Activate this language for texts of the interface: a file is written when its request is over."""
        with translation.override(self.interface_language):
            yield self

    def _text_of(self, field):
        """Return the expression of a translated text."""
        return translated(field, self.language) if self.fallback else written(field, self.language)

    def labels(self, choices):
        """Return ``{code: label}`` of a closed list; the empty code has the empty label."""
        if choices not in self._labels:
            with self.active():
                self._labels[choices] = {"": "", **{code: str(label) for code, label in choices.choices}}
        return self._labels[choices]

    # Names of records by primary key

    @cached_property
    def networks(self):
        """``{key: (slug, name)}``"""
        return self._named(Network, "slug")

    @cached_property
    def countries(self):
        """``{key: (iso2, name)}``"""
        return self._named(Country, "iso2")

    @cached_property
    def meetings(self):
        """``{key: (slug, name)}``"""
        return self._named(Meeting, "slug")

    @cached_property
    def organisations(self):
        """``{key: (slug, name, acronym, kind)}``"""
        rows = plain_rows(Organisation.objects.order_by(), "pk", "slug", self.text_of("name"), "acronym", "kind")
        return {
            key: (slug, name, self._acronym(acronym), kind)
            for key, slug, name, acronym, kind in rows.iterator(chunk_size=2000)
        }

    def _acronym(self, acronym):
        """Return the acronym of this language; a file of all languages holds them all in its one column."""
        return acronym_in(acronym, self.language) if self.fallback else acronym

    @cached_property
    def terms(self):
        """``{key: (code, label)}``, in the order in which a practice names its terms."""
        with self.active():  # the label of a term follows the active language, as on the page
            return {term.pk: (term.code, term.label) for term in Term.objects.all()}

    @cached_property
    def offices(self):
        """``{key: name of the office}``, with the empty name for a practice without one."""
        rows = plain_rows(Contact.objects.order_by(), "pk", self.text_of("office"))
        return {None: "", **dict(rows)}

    @cached_property
    def editions(self):
        """``{key: title and year}``, with the empty text for a practice without one."""
        return {None: "", **{edition.pk: str(edition) for edition in Edition.objects.all()}}

    def terms_of(self, scheme):
        """Return ``{code: label}`` of one vocabulary."""
        keys = Term.objects.of(scheme).values_list("pk", flat=True)
        return dict(self.terms[key] for key in keys)

    # What is computed from a practice

    def _period(self, start, end, status):
        return period_in_words(start, end, planned=status == OperationalStatus.PLANNED)

    def _several_terms(self, keys):
        """Return the codes and the labels of ``"5,9"``, each as one cell, in the order of the vocabulary."""
        found = sorted(map(self._places_of_terms.__getitem__, keys.split(",")))
        _places, codes, labels = zip(*found, strict=True)
        return SEPARATOR.join(filter(None, codes)), SEPARATOR.join(filter(None, labels))

    @cached_property
    def _places_of_terms(self):
        """``{key as text: (place in the vocabulary, code, label)}``"""
        return {str(key): (place, *named) for place, (key, named) in enumerate(self.terms.items())}

    @cached_property
    def page(self):
        """What stands before and after the slug in the URL of a practice."""
        with self.active():
            return f"{settings.SITE_URL}{reverse('practice_detail', args=[SLUG])}".split(SLUG)

    @cached_property
    def permanent(self):
        """What stands before and after the code in the permanent URL of a practice."""
        return f"{settings.SITE_URL}{reverse('permanent_link', args=[CODE])}".split(CODE)

    def _named(self, model, code):
        return {key: rest for key, *rest in plain_rows(model.objects.all(), "pk", code, self.text_of("name"))}


def wordings(language):
    """Return the ``Wording`` of a language, or for ``all`` those of each, which borrow no text from one another."""
    if language == "all":
        return [Wording(code, fallback=False) for code in CONTENT_LANGUAGES]
    return [Wording(language)]

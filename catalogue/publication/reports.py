"""The report on a State or a network: what is documented, due for verification, missing, and could be adapted.

It is computed once for the page and for the document.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from catalogue.choices import Scheme
from catalogue.coverage.documentation_gaps import gaps
from catalogue.coverage.tables import (
    KeyFigures,
    active_networks,
    counted,
    country_axis,
    figures,
    matching_all,
    member_states,
    network_axis,
    term_axis,
)
from catalogue.listing.bitsets import Listed, bitset_index
from catalogue.listing.filters import practices_for
from catalogue.listing.paging import query_of
from catalogue.models import Practice
from catalogue.partial_dates import date_in_words
from catalogue.publication.blocks import bullets, document_part, join_spans, localized_spans, paragraph, sentence, span
from catalogue.publication.documents import new_document
from catalogue.server.absolute_urls import permanent_url
from catalogue.text.languages import localized

LISTED = 50  # practices that a report names; its list has them all
EXAMPLES = 3  # practices of others for each gap


class Gap(NamedTuple):
    """Something of which the catalogue documents nothing here, and what others have documented of it."""

    heading: object
    examples: list  # practices
    query: str  # the list of those of all others and of nobody here
    total: int


class Report(NamedTuple):
    """The report on a State or a network; ``counts`` are those of the other of the two."""

    subject: object
    figures: KeyFigures
    practices: list
    checks: list  # of (practice, when it was or will be verified, in words, whether it is due)
    counts: list  # of (heading, Cell)
    empty: list  # headings of those without a practice
    parts: list  # of (part of the record, practices that leave it out)
    gaps: list

    @property
    def due(self):
        """How many of the practices named are due for verification."""
        return sum(due for _practice, _words, due in self.checks)


def country_report(country, version):
    """Return the ``Report`` on a State; its gaps are networks and objectives of the Global Compact."""
    chosen = ("country", country.iso2)
    networks = network_axis(active_networks(version))
    return _report(country, chosen, networks, [networks, term_axis(version, Scheme.GCM)], version)


def network_report(network, version):
    """Return the ``Report`` on a network; its gaps are objectives of the Global Compact."""
    chosen = ("network", network.slug)
    return _report(network, chosen, country_axis(member_states(version)), [term_axis(version, Scheme.GCM)], version)


def _report(subject, chosen, axis, axes, version):
    practices = practices_for(dict([chosen]), version).qs
    counts, in_figures = counted(axis, version, chosen), figures(version, chosen)
    named = list(practices[:LISTED])
    return Report(
        subject=subject,
        figures=in_figures,
        practices=named,
        checks=[(practice, *_verification(practice)) for practice in named],
        counts=counts,
        empty=[heading for heading, cell in counts if not cell.count],
        parts=gaps(practices, in_figures.practices) if named else [],
        gaps=[gap for each in axes for gap in _gaps(chosen, each, version)],
    )


def _verification(practice):
    """Return in words what the public may know of the verification of a record, and whether one is due."""
    if not practice.last_verified:
        return _("no verification recorded yet"), True
    words = {"last": date_in_words(practice.last_verified.isoformat()), "due": ""}
    if not practice.next_review:
        return _("last verified on %(last)s") % words, False
    words["due"] = date_in_words(practice.next_review.isoformat())
    due = practice.next_review <= timezone.now().date()
    return _("last verified on %(last)s; next verification %(due)s") % words, due


def _gaps(chosen, axis, version):
    """Return what others have documented under each heading of an axis that this State or network leaves empty."""
    index = bitset_index(version)
    own = matching_all(index, [chosen])
    sets = {heading: matching_all(index, heading.filters) for heading in axis.headings}
    elsewhere = {heading: others for heading, others in sets.items() if others and not others & own}
    keys = {heading: Listed(index, others)[0:EXAMPLES] for heading, others in elsewhere.items()}
    practices = Practice.objects.published().with_keys(set().union(*keys.values())).for_listing()
    found = {practice.pk: practice for practice in practices}
    return [
        Gap(
            heading,
            [found[key] for key in keys[heading] if key in found],
            query_of(heading.filters),
            sets[heading].bit_count(),
        )
        for heading in elsewhere
    ]


def report_document(report, *, title, counts_title):
    """Return a report as a document for the typesetter; ``counts_title`` heads the counts by State or by network."""
    return new_document(
        "report",
        title=title,
        lines=[_("Catalogue of practices")],
        parts=[
            document_part(_("Documented practices"), blocks=_documented(report, counts_title)),
            document_part(_("Pending verifications"), blocks=_due(report)),
            document_part(_("Gaps"), blocks=_missing(report)),
            document_part(_("Practices of others that could be adapted"), blocks=_adaptable(report)),
        ],
        size=10,
    )


def _documented(report, counts_title):
    words = ngettext("%(total)s published practice.", "%(total)s published practices.", report.figures.practices)
    blocks = [sentence(words % {"total": report.figures.practices}, "lead")]
    if report.practices:
        blocks.append(_practice_list(report.practices))
    if report.figures.practices > len(report.practices):
        url = f"{settings.SITE_URL}{reverse('practice_list')}{report.figures.query}"
        blocks.append(paragraph([span(_("Full list:")), span(" "), span(url, url=url)], "small"))
    counts = "; ".join(f"{heading.label}: {cell.count}" for heading, cell in report.counts if cell.count)
    return [*blocks, *([sentence(f"{counts_title}. {counts}.")] if counts else [])]


def _due(report):
    """Return each practice that is due, with what the public knows of its verification."""
    items = [
        [paragraph([*_practice_name(practice), span(f": {words}")])] for practice, words, due in report.checks if due
    ]
    return [bullets(items)] if items else [sentence(_("No verification is due today."))]


def _missing(report):
    """Return what nobody has documented here, and the parts that records leave out."""
    blocks = [sentence(_("“None documented” does not mean that none exists."), "small")]
    if report.empty:
        names = "; ".join(str(heading.label) for heading in report.empty)
        blocks.append(sentence(_("None documented: %(names)s.") % {"names": names}))
    items = [[sentence(f"{label}: {number}")] for label, number in report.parts]
    if items:
        blocks += [sentence(_("Records whose source does not say:")), bullets(items)]
    return blocks


def _adaptable(report):
    """Return, for each gap, what others have documented."""
    if not report.gaps:
        return [sentence(_("There is no network or objective here in which only others have documented practices."))]
    items = [
        [paragraph([span(f"{gap.heading.label} ({gap.total})", strong=True)]), _practice_list(gap.examples)]
        for gap in report.gaps
    ]
    return [bullets(items)]


def _practice_list(practices):
    return bullets([[paragraph(_practice_name(practice))] for practice in practices])


def _practice_name(practice):
    """Return a practice as code, title and States."""
    states = ", ".join(localized(country, "name").text for country in practice.implementing_countries)
    code = [span(practice.code, url=permanent_url(practice))]
    return join_spans([code, localized_spans(practice, "title"), [span(states)] if states else []], " · ")

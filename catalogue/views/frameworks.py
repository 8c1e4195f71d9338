"""The frameworks that States share, term by term: the practices of each, and the States that have documented none."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.choices import Origin, Scheme
from catalogue.coverage.tables import active_networks, counted, country_axis, member_states, network_axis, term_axis
from catalogue.models import Term
from catalogue.text.languages import localized
from catalogue.views.members import page_of_member


class Framework(NamedTuple):
    """A framework: its name, what it is and where its wording comes from."""

    name: str | Promise
    about: str | Promise


FRAMEWORKS = {
    Scheme.GCM: Framework(
        _("Objectives of the Global Compact"),
        _(
            "The 23 objectives of the Global Compact for Safe, Orderly and Regular Migration. Spanish and English names"
            " are the short labels of the United Nations Network on Migration; the Portuguese ones are ours."
        ),
    ),
    Scheme.PRINCIPLE: Framework(
        _("Guiding principles of the Global Compact"),
        _(
            "The ten principles of paragraph 15 of the Compact. Spanish and English names are the labels of the United"
            " Nations Network on Migration; the Portuguese ones are ours."
        ),
    ),
    Scheme.SDG: Framework(
        _("Sustainable Development Goals"),
        _("The 17 goals of the 2030 Agenda. A practice counts under a goal when it answers to one of its targets."),
    ),
    Scheme.SDG_TARGET: Framework(
        _("Targets of the Sustainable Development Goals"),
        _(
            "The targets of the 2030 Agenda that concern migration, a selection of this catalogue. Name and sentence"
            " are short paraphrases of ours, not the official text."
        ),
    ),
    Scheme.PSDHM: Framework(
        _("Programmes of the PSDHM"),
        _(
            "The programmes of the South American Human Development Plan for Migration, approved at the X Conference in"
            " Cochabamba, as its table of contents lists them. English and Portuguese names are ours."
        ),
    ),
}


@require_safe
@versioned
def framework_list(request):
    """Every framework with its terms and how many practices answer to each."""
    frameworks = [
        (scheme, framework, counted(term_axis(request.version, scheme), request.version))
        for scheme, framework in FRAMEWORKS.items()
    ]
    return render(request, "catalogue/framework_list.html", {"frameworks": frameworks})


@require_safe
@versioned
def framework_term(request, scheme, code):
    """One term: its name and gloss, the practices that answer to it, and the States that have documented none."""
    if scheme not in FRAMEWORKS:
        raise Http404
    term = get_object_or_404(Term.objects.select_related("parent"), scheme=scheme, code=code)
    chosen = (scheme, code)
    states = counted(country_axis(member_states(request.version)), request.version, chosen)
    networks = counted(network_axis(active_networks(request.version)), request.version, chosen)
    targets = counted(term_axis(request.version, Scheme.SDG_TARGET), request.version)
    return render(
        request,
        "catalogue/framework_term.html",
        {
            **page_of_member(request.version, chosen),
            "term": term,
            "framework": FRAMEWORKS[scheme],
            "origin": origin_of(term),
            "states": [(heading, cell) for heading, cell in states if cell.count],
            "room": [heading for heading, cell in states if not cell.count],
            "networks": [(heading, cell) for heading, cell in networks if cell.count],
            "targets": [pair for pair in targets if scheme == Scheme.SDG and pair[0].code.split(".")[0] == code],
        },
    )


def origin_of(term):
    """Return in words where the wording of the name comes from, in the language in which it is shown."""
    origin = term.origin_for_readers(localized(term, "name").language)
    return Origin(origin).label if origin else ""

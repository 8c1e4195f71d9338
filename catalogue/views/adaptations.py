"""Adaptations: which State adapts which practice of whom, on a map of arrows and as a table."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.coverage.flow_map import arrow_map
from catalogue.exports.adaptations import as_objects, as_rows
from catalogue.exports.responses import json_response
from catalogue.exports.text_tables import csv_of
from catalogue.models import Adaptation
from networks.models import Country


@require_safe
@versioned
def adaptation_list(request):
    """Every published adaptation, as a table and as a map."""
    rows = list(Adaptation.objects.published().for_listing())
    context = {"adaptations": rows, "map": arrow_map(rows, Country.objects.all()) if rows else None}
    return render(request, "catalogue/adaptation_list.html", context)


@require_safe
@versioned
def adaptation_file(request, extension):
    """The table as CSV or JSON."""
    rows = Adaptation.objects.published().for_listing()
    if extension == "csv":
        return csv_of("adaptations", as_rows(rows))
    if extension == "json":
        found = as_objects(rows)
        return json_response({"meta": {"count": len(found)}, "adaptations": found})
    raise Http404

"""A reader's selection: the codes of practices in a URL. No account, no cookie; who has the URL has it."""

import re
from urllib.parse import urlencode

from django.urls import reverse

from catalogue.models import Practice
from catalogue.models.sequence import CODE_PATTERN

FEWEST_COMPARED, MOST_COMPARED = 2, 4
OFFERED = ("pdf", "xlsx", "csv", "json")  # the formats a tray has room for


def codes_in(values):
    """Return what is written among the values of a parameter: in capitals, in order, each once."""
    written = (value.strip().upper() for value in values)
    return list(dict.fromkeys(code for code in written if code))


def known_among(codes):
    """Return the codes that published practices have, in their order."""
    possible = [code for code in codes if re.fullmatch(CODE_PATTERN, code)]
    found = Practice.objects.published().codes_among(possible) if possible else ()
    return [code for code in codes if code in found]


def in_order_of(codes, practices):
    """Return practices in the order of their codes in ``codes``."""
    by_code = {practice.code: practice for practice in practices}
    return [by_code[code] for code in codes if code in by_code]


def selection_query(codes):
    """Return the query that lists exactly these practices, with its question mark; nothing without any."""
    return f"?{urlencode([('id', code) for code in codes])}" if codes else ""


def marking_query(codes):
    """Return the query of the list in which these practices are marked, and everything is listed."""
    return f"?{urlencode([('pick', code) for code in codes])}" if codes else ""


def selection_urls(codes):
    """Return the URLs at which a selection is listed, compared, printed and downloaded, by name."""
    query = selection_query(codes)
    files = [(name.upper(), reverse("practice_list_file", args=[name]) + query) for name in OFFERED]
    return {
        "list": reverse("practice_list") + query,
        "compare": reverse("practice_compare") + query,
        "print": reverse("practice_list_file", args=["pdf"]) + query,
        "files": files,
    }


def tray(codes, *, in_form=False, clear="?"):
    """Return what the template of the tray shows of a selection.

    Inside the list's form it has buttons, which also count the boxes ticked since the page was sent, and ``clear`` is
    the URL of the same list without marks. Outside a form and without codes it is what the script fills in.
    """
    return {
        "total": len(codes),
        "addresses": selection_urls(codes),
        "in_form": in_form,
        "clear": clear,
        "fewest": FEWEST_COMPARED,
        "most": MOST_COMPARED,
    }

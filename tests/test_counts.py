"""Counts agree: whatever is filtered, the page, every file and the API hold the same practices in the same order."""

import csv
import io
import json
import random
import re
from urllib.parse import urlencode

import openpyxl
import pytest
from django.http import QueryDict

from catalogue.listing.filters import practices_for
from catalogue.models import Practice
from tests.factories import make_many
from tests.reading import shown_codes, shown_total

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

COMBINATIONS = 20
WORDS = ["migrantes", "trata", "frontera", "educación", '"niñas, niños"', "-trata", "integra*"]
SORTS = ["title", "-start", "start", "-updated"]


@pytest.fixture(autouse=True)
def many():
    """More than a page, so that a file of one page would be found out."""
    for number, country in enumerate(("PE", "CL", "UY")):
        make_many(
            4,
            country=country,
            start=lambda place, number=number: str(2015 + 3 * place + number),
            scope=lambda place, number=number: ("local", "national")[(3 * place + number) % 2],
        )


def choices():
    """Return ``[(parameter, code)]`` of every choice of every list of the filter."""
    filters = practices_for(QueryDict("")).filters
    return [
        (name, code) for name, one in filters.items() if name != "sort" for code in sorted(getattr(one, "labels", ()))
    ]


def combination(draw):
    """Return one to three choices, of one parameter or of several, sometimes with words, years or an order."""
    query = draw.sample(choices(), draw.randint(1, 2))
    if draw.random() < 0.3:
        query.append(("q", draw.choice(WORDS)))
    if draw.random() < 0.3:
        query.append(("from", str(draw.randint(2005, 2024))))
    if draw.random() < 0.5:
        query.append(("sort", draw.choice(SORTS)))
    return urlencode(query)


def streamed(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content)


def on_pages(client, query):
    """Return the codes of all pages of the list."""
    first = client.get(f"/es/practicas/?{query}")
    assert first.status_code == 200, query
    total, codes = shown_total(first), shown_codes(first)
    while len(codes) < total:
        codes += shown_codes(client.get(f"/es/practicas/?{query}&page={len(codes) // 20 + 1}"))
    return codes


def everywhere(client, query):
    """Return ``{surface: codes in their order}``."""
    lines = io.StringIO(streamed(client, f"/es/practicas.csv?{query}").decode("utf-8-sig"), newline="")
    book = openpyxl.load_workbook(io.BytesIO(streamed(client, f"/es/practicas.xlsx?{query}")))
    listed = json.loads(streamed(client, f"/es/practicas.json?{query}"))
    answer = client.get(f"/api/v1/practices/?{query}&page_size=100").json()
    assert listed["meta"]["count"] == len(listed["practices"])
    assert answer["meta"]["count"] == len(answer["practices"])
    return {
        "CSV": [row[0] for row in list(csv.reader(lines))[1:]],
        "XLSX": [row[0] for row in list(book.active.iter_rows(values_only=True))[1:]],
        "JSON": [practice["code"] for practice in listed["practices"]],
        "JSON lines": [
            json.loads(line)["code"] for line in streamed(client, f"/es/practicas.jsonl?{query}").splitlines()
        ],
        "API": [practice["code"] for practice in answer["practices"]],
    }


@pytest.mark.parametrize("number", range(COMBINATIONS))
def test_a_random_combination_of_filters_holds_the_same_practices_everywhere(client, number):
    query = combination(random.Random(number))  # the same ones on every machine
    codes, found = on_pages(client, query), everywhere(client, query)
    assert found == dict.fromkeys(found, codes), query


def test_without_a_filter_the_map_of_the_site_holds_them_too(client):
    codes = on_pages(client, "sort=title")
    assert len(codes) == 19 + 12
    assert all(found == codes for found in everywhere(client, "sort=title").values())
    slugs = Practice.objects.filter(code__in=codes).values_list("slug", flat=True)
    index = client.get("/sitemap.xml").getvalue().decode()
    maps = [
        client.get(path).getvalue().decode() for path in re.findall(r"<loc>https?://[^/]+(/sitemap[^<]+)</loc>", index)
    ]
    listed = {slug for text in [index, *maps] for slug in re.findall(r"/es/practicas/([^/<]+)/</loc>", text)}
    assert set(slugs) <= listed
    assert len(listed & set(Practice.objects.values_list("slug", flat=True))) == len(codes)


def test_the_combinations_find_something_more_often_than_not(client):
    """Otherwise nothing would be compared."""
    found = [shown_total(client.get(f"/es/practicas/?{combination(random.Random(n))}")) for n in range(COMBINATIONS)]
    assert sum(map(bool, found)) > COMBINATIONS / 2

"""The API answers programs: the same practices and filters as the page, in one shape, politely."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from catalogue.api import records, shapes
from catalogue.caching.lru import clear_all
from catalogue.choices import State
from catalogue.models import Practice, Result
from tests.factories import make_many, make_practice

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
LISTS = ["practices", "results", "networks", "countries", "vocabularies"]
SLUG = "migration-pre-registration-brazil"
ADDRESSES = ["", *(f"{name}/" for name in LISTS), f"practices/{SLUG}/", "networks/gender-and-migration/"]
ADDRESSES += ["countries/PE/", "vocabularies/gcm/", "vocabularies/scope/", "schema/"]


@pytest.fixture(autouse=True)
def unhurried():
    cache.clear()


def answer(client, address, status=200, **headers):
    response = client.get(f"{ROOT}{address}", headers=headers)
    assert response.status_code == status, response.content
    return response.json()


def rows(client, name, query=""):
    """Every row of a list, walked from page to page by its links."""
    found, address = [], f"{name}/?{query}&page_size=7"
    while address:
        page = answer(client, address)
        found += page[name]
        address = page["links"]["next"] and page["links"]["next"].split(ROOT)[1]
    assert len(found) == page["meta"]["count"]
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_answers_in_json_to_every_site_without_a_cookie(client, address):
    response = client.get(f"{ROOT}{address}")
    assert response.status_code == 200
    assert "json" in response["Content-Type"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


@pytest.mark.engines
@pytest.mark.parametrize(
    "query", ["", "country=PE", "q=niñez&sort=-start", "network=gender-and-migration&status=ongoing"]
)
def test_a_list_holds_what_the_file_of_the_same_filters_holds_in_the_same_order(client, query):
    listed = client.get(f"/es/practicas.json?{query}")
    expected = [practice["code"] for practice in json.loads(listed.getvalue())["practices"]]
    assert [practice["code"] for practice in rows(client, "practices", query)] == expected


@pytest.mark.engines
def test_each_record_has_the_parts_that_the_schema_describes(client):
    assert set(answer(client, "practices/")["practices"][0]) == set(shapes.PracticeSummarySerializer().fields)
    assert set(answer(client, f"practices/{SLUG}/")) == set(shapes.PracticeSerializer().fields)
    assert set(answer(client, "results/")["results"][0]) == set(shapes.ResultSerializer().fields)
    assert set(answer(client, "networks/")["networks"][0]) == set(shapes.NetworkSerializer().fields)
    assert set(answer(client, "countries/")["countries"][0]) == set(shapes.CountrySerializer().fields)
    assert set(answer(client, "vocabularies/gcm/")) == set(shapes.VocabularySerializer().fields)


@pytest.mark.engines
def test_a_practice_is_found_by_its_slug_and_by_its_code(client):
    assert answer(client, f"practices/{SLUG}/") == {
        **answer(client, "practices/CSM-2023-014/"),
        "updated": answer(client, f"practices/{SLUG}/")["updated"],
    }


def test_fields_name_the_parts_that_are_wanted_also_of_the_whole_record(client):
    assert answer(client, f"practices/{SLUG}/?fields=code,title") == {
        "code": "CSM-2023-014",
        "title": "Prerregistro migratorio en fronteras",
    }
    page = answer(client, "practices/?fields=code&fields=results&page_size=3")
    assert [set(practice) for practice in page["practices"]] == [{"code", "results"}] * 3
    problem = answer(client, "practices/?fields=code,state", 400)
    assert problem["parameters"][0]["parameter"] == "fields"


@pytest.mark.engines
def test_results_are_those_of_the_practices_that_the_filters_keep(client):
    found = rows(client, "results", "country=BR")
    codes = {practice["code"] for practice in rows(client, "practices", "country=BR")}
    assert found
    assert {result["practice"] for result in found} <= codes
    assert len(rows(client, "results")) == Result.objects.count()


def test_the_results_of_a_draft_are_not_told(client):
    draft = make_practice(state=State.DRAFT)
    Result.objects.create(practice=draft, indicator_es="CENTINELA", kind="result", as_printed="CENTINELA")
    assert "CENTINELA" not in client.get(f"{ROOT}results/?page_size=200").content.decode()


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [("", "", "es"), ("", "pt", "pt"), ("", "en-GB", "en"), ("?lang=pt", "en", "pt"), ("?lang=en", "", "en")],
)
def test_the_language_is_that_of_the_parameter_else_of_the_browser(client, query, accepted, language):
    response = client.get(f"{ROOT}practices/{SLUG}/{query}", headers={"accept-language": accepted})
    assert response.json()["language"] == language
    assert response["Content-Language"][:2] == language
    assert "Accept-Language" in response["Vary"]


def test_no_two_languages_share_an_etag(client):
    tags = {client.get(f"{ROOT}practices/?lang={code}")["ETag"] for code in ("es", "en", "pt")}
    tags.add(client.get(f"{ROOT}practices/", headers={"accept-language": "pt"})["ETag"])
    assert len(tags) == 4


@pytest.mark.engines
@pytest.mark.parametrize("address", ["practices/?country=PE", f"practices/{SLUG}/", "schema/"])
def test_who_has_the_answer_is_told_so_from_the_version_alone(client, django_assert_num_queries, address):
    first = client.get(f"{ROOT}{address}")
    with django_assert_num_queries(1):
        again = client.get(f"{ROOT}{address}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.engines
@pytest.mark.parametrize("address", ["practices/?page_size=200", f"practices/{SLUG}/"])
def test_an_edit_is_seen_on_the_next_request(client, address):
    first = client.get(f"{ROOT}{address}")
    practice = Practice.objects.get(slug=SLUG)
    practice.title_es = "Otro título"
    practice.save()
    again = client.get(f"{ROOT}{address}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Otro título" in again.content.decode()


PROBLEMS = [
    ("GET", "nothing/", {}, 404),
    ("GET", "practices/no-such/", {}, 404),
    ("GET", "practices/?page=99999", {}, 404),
    ("POST", "practices/", {}, 405),
    ("DELETE", f"practices/{SLUG}/", {}, 405),
    ("GET", "practices/", {"accept": "text/csv"}, 406),
    ("GET", "practices/?country=ZZ", {}, 400),
    ("GET", "practices/?page=x", {}, 400),
    ("GET", "practices/?page_size=201", {}, 400),
    ("GET", "practices/?page_size=51&fields=code,results", {}, 400),
    ("GET", "practices/?lang=qu", {}, 400),
    ("GET", "results/?from=abc", {}, 400),
    ("GET", "practices/?" + "&".join("a" for _number in range(1001)), {}, 400),
]


@pytest.mark.parametrize(("method", "address", "headers", "status"), PROBLEMS)
def test_every_failure_has_the_shape_of_a_problem(client, method, address, headers, status):
    response = client.generic(method, f"{ROOT}{address}", headers=headers)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"type", "title", "status", "instance"} <= set(problem)
    if status == 405:
        assert set(response["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_impossible_value_is_named_in_the_readers_language(client):
    problem = answer(client, "practices/?country=ZZ&lang=pt", 400)
    assert problem["parameters"][0]["parameter"] == "country"
    assert "ZZ" in problem["parameters"][0]["message"]
    assert problem["title"] == "Um dos parâmetros não é válido."


def test_a_failure_of_ours_is_a_problem_too(monkeypatch):
    def fail(*args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("catalogue.api.views.active_networks", fail)
    response = Client(raise_request_exception=False).get(f"{ROOT}networks/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "secret detail" not in response.content.decode()


def test_who_asks_too_often_is_told_how_long_to_wait(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    first = [client.get(f"{ROOT}networks/") for _turn in range(3)]
    refused = client.get(f"{ROOT}networks/")
    assert {response.status_code for response in first} == {200}
    assert (refused.status_code, refused.json()["status"]) == (429, 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    known = client.get(f"{ROOT}networks/", headers={"if-none-match": first[0]["ETag"]})
    assert known.status_code == 304  # asks no more than it must
    elsewhere = client.get(f"{ROOT}networks/", REMOTE_ADDR="192.0.2.1")
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(("behind_a_front_server", "answer"), [(True, 200), (False, 429)])
def test_readers_behind_a_front_server_are_counted_each_and_nobody_else_names_an_address(
    client, settings, behind_a_front_server, answer
):
    settings.API_REQUESTS_PER_MINUTE = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_a_front_server else None
    client.get(f"{ROOT}networks/", headers={"x-forwarded-for": "192.0.2.1"})
    assert client.get(f"{ROOT}networks/", headers={"x-forwarded-for": "10.0.0.9, 192.0.2.2"}).status_code == answer


def test_a_browser_may_ask_from_another_site(client):
    response = client.options(f"{ROOT}practices/", headers={"origin": "https://example.org"})
    assert response.status_code == 204
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_head_tells_the_same_without_the_body(client):
    full, head = client.get(f"{ROOT}practices/"), client.head(f"{ROOT}practices/")
    assert (head.status_code, head["ETag"], head.content) == (200, full["ETag"], b"")


def test_pages_lead_to_each_other_also_in_the_header(client):
    response = client.get(f"{ROOT}practices/?page_size=5&page=2&country=")
    links = response.json()["links"]
    assert links["prev"].endswith("/practices/?page_size=5&page=1")
    assert links["next"].endswith("/practices/?page_size=5&page=3")
    assert f'<{links["next"]}>; rel="next"' in response["Link"]


def test_an_address_without_its_final_slash_leads_to_it(client):
    response = client.get("/api/v1/practices?country=PE")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/practices/?country=PE")


MOST = {"practices/": 13, "practices/?fields=code,results,keywords": 31, "results/": 9, "networks/": 8}


@pytest.mark.engines
def test_a_page_costs_the_same_queries_whatever_the_rows(client, django_assert_max_num_queries):
    for practice in make_many(20):
        Result.objects.create(practice=practice, indicator_es="x", kind="result", as_printed="1")
    for address, most in MOST.items():
        clear_all()
        with django_assert_max_num_queries(most, info=address):
            answer(client, f"{address}{'&' if '?' in address else '?'}page_size=50")


@pytest.mark.parametrize(
    ("address", "words"),
    [("/es/api/", "Parámetros"), ("/en/api/", "Parameters"), ("/pt-br/api/", "Parâmetros")],
)
def test_the_documentation_is_a_page_of_the_site_and_names_every_address(client, address, words):
    page = client.get(address).content.decode()
    assert words in page
    for path in ("/api/v1/practices/{slug}/", "/api/v1/results/", "/api/v1/vocabularies/{name}/"):
        assert f"GET {path}" in page
    assert client.get(f"{ROOT}docs/", headers={"accept-language": "es"})["Location"] == "/es/api/"


@pytest.mark.parametrize(
    ("language", "words"), [("es", "1900 a 2100"), ("en", "1900 to 2100"), ("pt-br", "1900 a 2100")]
)
def test_the_documentation_names_the_first_and_the_last_year_and_folds_long_lists_away(client, language, words):
    page = client.get(f"/{language}/api/").content.decode()
    assert words in page
    assert "1950" not in page
    plain = re.sub(r"<details><summary>[^<]*</summary><p class.*?</details>", "", page, flags=re.DOTALL)
    assert "school-access" in page, "a keyword of the schema"
    assert "school-access" not in plain


@pytest.mark.engines
def test_every_vocabulary_that_a_record_uses_is_there(client):
    names = {row["name"] for row in rows(client, "vocabularies")}
    assert names == set(records.VOCABULARIES)
    for name in names:
        assert answer(client, f"vocabularies/{name}/")["terms"]

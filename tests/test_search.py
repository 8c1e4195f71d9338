"""Each query of one corpus finds its practices, in three languages, the same on SQLite and on PostgreSQL."""

import pytest
from django.core.management import call_command
from django.utils import translation

from catalogue.listing.filters import practices_for
from catalogue.models import Organisation, Practice, Result, SearchDocument, SynonymSet, derived
from catalogue.models.version import current
from catalogue.search import index, vocabulary
from catalogue.search.snippets import SNIPPET_FIELDS, query_matchers
from catalogue.search.synonyms import read_query
from catalogue.text.languages import CONTENT_LANGUAGES
from catalogue.text.search_tokens import forms, stem, words
from tests import reading
from tests.desk import in_state
from tests.factories import make_practice
from tests.reading import shown_total

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def search(text, language="es", **query):
    with translation.override(language):
        filterset = practices_for({"q": text, **query})
        assert filterset.is_valid(), filterset.errors
        return [practice.code.removeprefix("CSM-2023-") for practice in filterset.qs]


CORPUS = [
    # numbers and names of laws, acronyms, organisations, places
    ("26.842", ["007"]),
    ("26,842", ["007"]),
    ("MIES-2022-046", ["002"]),
    ("Ley 6984", ["013"]),
    ("lei 6984", ["013"]),
    ("476/2021", ["015"]),
    ("REDAVIT", ["007"]),
    ("sisetp", ["009"]),
    ("renaper", ["015"]),
    ("CSM-2023-014", ["014"]),
    ("chacalluta", ["012"]),
    ("AECID", ["003"]),
    # the central word of the site finds its own plural, in each language
    ("documentos no binarios", ["015"]),
    # phrases, exclusion, alternatives, beginnings
    ('"gestión humanitaria"', ["012"]),
    ('"humanitaria gestión"', []),
    ("redav*", ["007"]),
    ("prerregistro*", ["014"]),
    # of two letters or more, and three of them
    ("p* redav*", []),
    ("zz* OR yy* OR redav* OR preregi*", ["007"]),
    ("bolivia OR paraguay -argentina -perú", ["006", "013"]),
    # nothing to find
    ("zzzzz", []),
    ("-trata", []),
    ("OR", []),
    ('"', []),
    ("* *", []),
    ("- - -", []),
]


@pytest.mark.parametrize(("text", "codes"), CORPUS)
def test_a_query_finds_its_practices(text, codes):
    assert search(text) == codes


@pytest.mark.parametrize(
    "spellings",
    [
        ["niñez", "ninez", "NIÑEZ", "niños", "crianças", "criancas", "children", "child"],
        ["migración", "MIGRACION", "migração", "migraçoes", "migrações", "migraciones"],
        ["Perú", "peru", "PERU"],
        ["Surinam", "Suriname"],
        ["CSM", "SACM"],
        ["frontera", "fronteras", "fronteira", "fronteiras", "border", "borders"],
        ["trata de personas", "tráfico de pessoas", "human trafficking"],
    ],
)
def test_spellings_languages_and_synonyms_find_the_same(spellings):
    found = {spelling: sorted(search(spelling)) for spelling in spellings}
    assert len({tuple(codes) for codes in found.values()}) == 1, found


def test_trafficking_and_smuggling_are_not_mixed():
    trafficking = make_practice(title="Asistencia a víctimas de trata")
    smuggling = make_practice(title="Resposta ao contrabando de migrantes", language="pt")
    assert smuggling.code in search("tráfico de migrantes")
    assert trafficking.code not in search("tráfico de migrantes")
    assert trafficking.code in search("tráfico de pessoas", "pt-br")
    assert smuggling.code not in search("tráfico de pessoas", "pt-br")


def test_a_portuguese_query_finds_a_practice_that_exists_only_in_spanish():
    practice = make_practice(title="Educación sin barreras para la niñez")
    assert practice.code in search("educacao crianças", "pt-br")


def test_the_reader_s_own_language_comes_first():
    spanish = make_practice(title="Cooperativa de trabajo uniforme")
    portuguese = make_practice(title="Cooperativa de trabalho uniforme", language="pt")
    for language, first in (("es", spanish), ("pt-br", portuguese)):
        assert search("cooperativa uniforme", language, sort="relevance")[0] == first.code


def test_a_title_weighs_more_than_a_body():
    body = make_practice(title="Otra cosa", description_es="sobre quinoteca en general")
    title = make_practice(title="La quinoteca")
    assert search("quinoteca", sort="relevance") == [title.code, body.code]
    assert search("quinoteca") == sorted([title.code, body.code])


def test_relevance_is_a_total_order():
    for _ in range(4):
        make_practice(title="Quinoteca")
    once = search("quinoteca", sort="relevance")
    assert once == search("quinoteca", sort="relevance")
    assert len(set(once)) == 4


@pytest.mark.parametrize(
    ("language", "pairs"),
    [
        ("pt", [("migracao", "migracoes"), ("regiao", "regioes"), ("crianca", "criancas"), ("nacional", "nacionais")]),
        ("es", [("mujer", "mujeres"), ("joven", "jovenes"), ("migrante", "migrantes"), ("nacion", "naciones")]),
        ("en", [("child", "childs"), ("migrant", "migrants"), ("policy", "policies")]),
    ],
)
def test_a_word_and_its_plural_are_one(language, pairs):
    for singular, plural in pairs:
        assert stem(singular, language) == stem(plural, language), (singular, plural)


def test_the_index_follows_every_change():
    practice = make_practice(title="Primero")
    practice.title_es = "Segundo xilófono"
    practice.save()
    assert search("xilofono") == [practice.code]
    Result.objects.create(practice=practice, kind="result", indicator_es="marimbas", as_printed="3", value=3)
    assert search("marimbas") == [practice.code]
    Result.objects.filter(practice=practice).get().delete()
    assert search("marimbas") == []
    body = Organisation.objects.get(slug="iom")
    body.name_es = "Organización Zampoña"
    body.save()
    assert practice.code in search("zampoña")
    practice.delete()
    assert search("xilofono") == []


def test_a_draft_is_not_found_and_is_when_published():
    draft = make_practice(title="Borrador xilofónico", state="draft")
    assert search("xilofonico") == []
    in_state(draft, "published")
    assert search("xilofonico") == [draft.code]


def test_an_index_out_of_step_is_noticed_and_built_anew(client):
    SearchDocument.objects.filter(practice__code="CSM-2023-007").delete()
    assert search("redavit") == []
    response = client.get("/readyz")
    assert (response.status_code, b"rebuild_search" in response.content) == (503, True)
    call_command("rebuild_search", verbosity=0)
    assert search("redavit") == ["007"]
    assert client.get("/readyz").status_code == 200


def test_an_editor_adds_a_synonym_and_it_is_understood_at_once():
    assert search("chiripitiflautico") == []
    SynonymSet.objects.create(slug="joke", words="chiripitifláutico\nREDAVIT")
    assert search("chiripitiflautico") == ["007"]


def test_a_document_is_written_once_for_many_changes(django_assert_max_num_queries):
    practice = make_practice()
    with django_assert_max_num_queries(110), derived.deferred():
        for number in range(10):
            Result.objects.create(
                practice=practice, kind="result", indicator_es=f"cosa{number}", as_printed="1", value=1
            )
    assert search("cosa7") == [practice.code]


def test_the_same_words_in_two_texts_are_no_phrase():
    make_practice(title="termina alfa", summary_es="beta empieza")
    assert search('"alfa beta"') == []


@pytest.mark.engines
@pytest.mark.parametrize("phrase", ['"alfa beta"', "“alfa beta”", "«alfa beta»", "„alfa beta“", "“alfa beta"])
def test_a_phrase_stands_between_the_quotation_marks_of_any_language(phrase):
    practice = make_practice(title="Contiene alfa beta", summary_es="junto")
    make_practice(title="Contiene beta alfa", summary_es="separado")
    assert search(phrase) == [practice.code]


def test_every_practice_has_its_document():
    assert SearchDocument.objects.count() == Practice.objects.count()
    assert index.out_of_step() == 0


def results_page(client, text, address="/es/practicas/"):
    return client.get(address, {"q": text, "sort": "relevance"}).content.decode()


def test_the_words_found_are_marked_and_everything_else_stays_text(client):
    make_practice(title="Otra", summary_es="La <b>quinoteca</b> & las quinotecas")
    page = results_page(client, "quinoteca")
    assert "La &lt;b&gt;<mark>quinoteca</mark>&lt;/b&gt; &amp; las <mark>quinotecas</mark>" in page


def test_an_expression_is_marked_whole_and_little_words_alone_are_not(client):
    make_practice(title="Otra", summary_es="La quinoteca de las personas y la trata de personas")
    page = results_page(client, "quinoteca trata de personas")
    assert "La <mark>quinoteca</mark> de las personas y la <mark>trata de personas</mark>" in page


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("«Trata» y –trata; contratados no.", "trata", ["Trata", "trata"]),
        ("La Migración y las migraciones de ayer_migraron.", "migracion", ["Migración", "migraciones"]),
        ("Érase una vez; erase_total, ERASE", "erase", ["Érase", "erase", "ERASE"]),
        ("Una red de protección, la red.", '"red de protección"', ["red de protección"]),
        ("Migrantes, emigrantes y migrar", "migr*", ["Migrantes", "migrar"]),
    ],
)
def test_every_spelling_of_a_word_is_marked_and_no_part_of_another(text, typed, marked):
    [search, *_others] = query_matchers(read_query(typed, current()))
    spans, _terms = search.found_in(text)
    assert [text[start:stop] for start, stop in spans] == marked


def test_no_word_of_the_records_is_found_under_another_first_letter():
    for language in CONTENT_LANGUAGES:
        for practice in Practice.objects.all():
            for word in words(" ".join(getattr(practice, f"{field}_{language}") or "" for field in SNIPPET_FIELDS)):
                assert {form[0] for form in forms(word, language)} == {word[0]}


def test_a_hit_in_another_language_says_so_and_carries_its_lang(client):
    make_practice(title="Sin resumen", summary_pt="Uma quinoteca itinerante", summary_es="Nada de eso")
    page = results_page(client, "quinoteca")
    assert '<span lang="pt-BR">Uma <mark>quinoteca</mark> itinerante</span>' in page
    assert "(en portugués)" in page


MISSPELT = [("frnotera", "frontera"), ("victimaas de persnas", "personas"), ("rregistrro", "registro")]


def test_only_words_that_are_near_are_looked_for():
    asked = []
    assert vocabulary.did_you_mean("zzzzqq", lambda word: asked.append(word) or 0) is None
    assert asked == ["zzzzqq"]  # each word looked for reads the index: thirty of them took a minute


@pytest.mark.parametrize(("typed", "meant"), MISSPELT)
def test_a_misspelt_word_that_finds_nothing_is_mended(client, typed, meant):
    text, address, count = reading.meant(client.get("/es/practicas/", {"q": typed}))
    assert meant in text
    assert shown_total(client.get(f"/es/practicas/{address}")) == count > 0


@pytest.mark.parametrize("typed", ["frnotera zzzzqq", "zzzzqq frontera", 'frontera "zzzzqq"', "zzzzqq* frontera"])
def test_a_word_that_is_near_none_is_left_out(client, typed):
    text, address, count = reading.meant(client.get("/es/practicas/", {"q": typed}))
    assert text == "frontera"
    assert shown_total(client.get(f"/es/practicas/{address}")) == count > 0


def test_a_word_after_a_hyphen_is_mended_and_an_excluded_one_stays():
    assert vocabulary.did_you_mean("zona-frnotera -qqzzz", lambda word: word in ("zona", "frontera")) == (
        "zona-frontera -qqzzz"
    )


def test_what_is_excluded_alone_is_no_suggestion(client):
    assert reading.meant(client.get("/es/practicas/", {"q": "zzzzqq -qqzzz"})) is None


def test_a_word_of_a_new_practice_is_suggested_at_once(client):
    make_practice(title="Xilofonía itinerante")
    text, _address, count = reading.meant(client.get("/es/practicas/", {"q": "xilofonnia"}))
    assert (text, count) == ("xilofonía", 1)


def test_the_vocabulary_shows_no_word_of_a_draft(client):
    make_practice(title="Xilofonía secreta", state="draft")
    assert reading.meant(client.get("/es/practicas/", {"q": "xilofonnia"})) is None


def test_an_empty_result_says_what_was_searched(client):
    assert "La búsqueda abarca el español, el inglés y el portugués" in results_page(client, "zzzzz")

"""Abbreviations: shown in the language of the page, spelled out truly, and every one that is used."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db.models import Q
from django.utils import translation

from catalogue.models import Organisation, Practice, Term
from catalogue.publication import closing, facts, worksheet
from catalogue.publication.books import BookContents
from catalogue.record import glossary
from catalogue.text.languages import CONTENT_LANGUAGES, interface_language_of
from networks.acronyms import acronym_in, acronyms_in
from networks.models import Forum
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

PAGE = {"es": "/es/glosario/", "en": "/en/glossary/", "pt": "/pt-br/glossario/"}
# In capitals, but no abbreviations: names that stand for no words, formats, what an editor’s note quotes
NO_ABBREVIATIONS = {"CIDEMOS", "EUROFRONT", "ICR", "ISBN", "PDF", "TV", "SACM", "IOM", "CSM", "OIM", "CRM", "RCM"}


def spelled_out(language):
    with translation.override(interface_language_of(language)):
        found = glossary.by_abbreviation(glossary.published_abbreviations())
        return {short: [meaning.text for meaning in meanings] for short, meanings in found}


# Which acronym is that of which language


@pytest.mark.parametrize(
    ("text", "es", "en", "pt"),
    [
        ("UNICEF", "UNICEF", "UNICEF", "UNICEF"),
        ("IOM / OIM", "OIM", "IOM", "OIM"),
        ("ICRC / CICR / CICV", "CICR", "ICRC", "CICV"),
        ("MERCOSUR / MERCOSUR / MERCOSUL", "MERCOSUR", "MERCOSUR", "MERCOSUL"),
        ("", "", "", ""),
    ],
)
def test_each_language_has_its_acronym(text, es, en, pt):
    assert [acronym_in(text, language) for language in ("es", "en", "pt")] == [es, en, pt]


@pytest.mark.parametrize("model", [Organisation, Forum])
def test_an_acronym_has_one_two_or_three_languages_and_no_page_shows_two(model):
    for record in model.objects.exclude(acronym=""):
        assert len(acronyms_in(record.acronym)) in (1, 2, 3), record
        assert "/" not in record.shown_acronym


@pytest.mark.engines
@pytest.mark.parametrize(("language", "shown"), [("es", "ACNUR"), ("en", "UNHCR"), ("pt", "ACNUR")])
def test_pages_files_and_suggestions_show_that_of_their_language(client, language, shown):
    practice = Practice.objects.get(code="CSM-2023-003")
    with translation.override(interface_language_of(language)):
        page = client.get(practice.get_absolute_url()).content.decode()
        forum = client.get(Forum.objects.get(slug="unhcr").get_absolute_url()).content.decode()
    rows = client.get(f"/api/v1/practices/{practice.slug}/", {"lang": language}).json()["organisations"]
    assert shown in [row["acronym"] for row in rows]
    assert shown in page
    for text in (page, forum, json.dumps(rows)):
        assert "UNHCR / ACNUR" not in text


@pytest.mark.engines
@pytest.mark.parametrize("asked", ["IOM", "OIM", "ICRC", "CICV"])
def test_the_search_knows_those_of_every_language(client, asked):
    assert json.loads(client.get("/es/practicas.json", {"q": asked}).getvalue())["practices"]


# What they stand for


@pytest.mark.parametrize(
    ("short", "language", "meaning"),
    [
        ("VIRTE", "es", "Visa de Residencia Temporal de Excepción"),
        ("CEM", "es", "Centros de Emergencia Mujer"),
        ("ERAM", "en", "Migrant Response Teams (in Spanish, Equipos de Respuesta a Migrantes)"),
        ("REDAVIT", "pt", "Registro de Assistência às Vítimas (em espanhol, Registro de Asistencia a las Víctimas)"),
        ("CSM", "pt", "Conferência Sul-Americana sobre Migrações"),
        ("SACM", "en", "South American Conference on Migration"),
        ("ODS", "es", "Objetivos de Desarrollo Sostenible"),
        ("UE", "pt", "União Europeia"),
        ("RENAPER", "es", "Registro Nacional de las Personas (Argentina)"),
        ("AECID", "es", "Agencia Española de Cooperación Internacional para el Desarrollo"),
    ],
)
def test_an_abbreviation_is_spelled_out_once_and_not_by_a_title(short, language, meaning):
    assert spelled_out(language)[short] == [meaning]


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_every_abbreviation_that_the_contents_use_is_spelled_out(language):
    explained = spelled_out(language)
    used = set()
    for file in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"):
        if file.stem not in ("synonyms", "vocabularies"):
            for row in yaml.safe_load(file.read_text(encoding="utf-8")):
                texts = (text for name, text in row["fields"].items() if name.endswith(f"_{language}"))
                used |= {word for text in texts if isinstance(text, str) for word in in_capitals(text)}
    assert used - explained.keys() - NO_ABBREVIATIONS == set()


def in_capitals(text):
    """Return the abbreviations of a text, as the glossary has them: no Roman numbers, no plurals, no parts of codes."""
    words = re.findall(r"(?<![\w/.@-])[A-Za-z]*[A-Z]{2,}[A-Za-z0-9]*(?![\w-])", re.sub(r"https?://\S+", "", text))
    return {word.removesuffix("s") for word in words if not re.fullmatch("[IVXLC]+", word)}


@pytest.mark.parametrize("language", PAGE)
def test_the_page_lists_them_and_the_words_of_a_record(client, language):
    page = client.get(PAGE[language]).content.decode()
    for short in spelled_out(language):
        assert f"<dt>{short}</dt>" in page
    with translation.override(interface_language_of(language)):
        assert str(Practice._meta.get_field("evidence").choices[0][1]) in page
    assert PAGE[language] in client.get("/sitemap.xml").getvalue().decode()
    assert f'href="{PAGE[language]}"' in client.get(f"{PAGE[language].rpartition('glo')[0]}").content.decode()


def test_the_page_says_nothing_of_a_draft(client):
    make_practice(state="draft", acronym="SECRETO", acronym_meaning_es="Lo que nadie debe leer")
    make_practice(acronym="CONOCIDO", acronym_meaning_es="Lo que todos pueden leer")
    page = client.get(PAGE["es"]).content.decode()
    assert "<dt>CONOCIDO</dt>" in page
    assert "SECRETO" not in page


# Books and worksheets


@pytest.mark.parametrize(("language", "own"), [("es", "CSM"), ("en", "SDG"), ("pt", "CSM")])
def test_a_book_spells_out_what_it_uses(language, own):
    with translation.override(interface_language_of(language)):
        gathered = BookContents()
        for practice in Practice.objects.published().for_detail().filter(Q(acronym="VIRTE") | Q(acronym="CEM")):
            gathered.add(practice)
        (part,) = closing.abbreviations_part(gathered.abbreviations())
        rows = {row["label"]: json.dumps(row["blocks"], ensure_ascii=False) for row in part["blocks"][0]["rows"]}
    assert {"VIRTE", "CEM", "MIES", "PSDHM"} <= rows.keys()
    assert "RENAPER" not in rows  # of no practice of this book
    assert "Residenc" in rows["VIRTE"] or "Residênc" in rows["VIRTE"]
    assert (own in rows) == (own == "CSM")  # a book in English writes the goals out


def test_a_worksheet_spells_out_the_acronym_of_a_practice_and_not_its_title():
    practice = Practice.objects.published().for_detail().get(acronym="ERAM")
    with translation.override("es"):
        text = json.dumps(worksheet.worksheet(practice), ensure_ascii=False)
    assert "ERAM: Equipos de Respuesta a Migrantes" in text
    assert f"ERAM: {practice.title_es}" not in text


def test_a_bibliography_names_authors_in_the_language_of_the_book():
    with translation.override("es"):
        gathered = BookContents()
        for practice in Practice.objects.published().for_detail():
            gathered.add(practice)
        text = json.dumps(closing.bibliography_part(gathered), ensure_ascii=False)
    assert "Congreso de la Nación Paraguaya" in text
    assert "Republic of" not in text
    assert "Ministry" not in text


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_files_name_the_authors_of_references_in_their_language(client, language):
    rows = client.get("/en/practices.zip", {"lang": language, "country": "PY"})
    assert rows.status_code == 200
    expected = {"es": "Congreso de la Nación Paraguaya", "en": "Congress of the Paraguayan Nation"}
    assert expected.get(language, "Congresso da Nação Paraguaia") in table(rows, "sources")


def table(answer, name):
    """Return a table of a package as text."""
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        return archive.read(f"{name}.csv").decode()


def test_a_term_of_the_vocabulary_leads_to_the_glossary():
    with translation.override("en"):
        assert Term.objects.get(scheme="abbreviation", code="nna").get_absolute_url() == "/en/glossary/#abbreviations"


def test_the_page_of_a_practice_and_its_entry_say_what_its_acronym_stands_for(client):
    practice = Practice.objects.published().for_detail().get(acronym="VIRTE")
    said = "VIRTE: Visa de Residencia Temporal de Excepción"
    with translation.override("es"):
        assert said in client.get(practice.get_absolute_url()).content.decode()
        assert "".join(span["text"] for span in facts.acronym_spans(practice)) == said

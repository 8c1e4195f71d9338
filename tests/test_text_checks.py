"""A text that says another number, date or address than its translations or its rows, or quotes what nobody wrote, is
found before it is published; what languages say differently is no fault."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import activate

from catalogue.editorial import text_agreement
from catalogue.editorial.text_checks import Facts, problems_of_texts

pytestmark = pytest.mark.django_db

PRACTICE = """
- model: catalogue.practice
  fields:
    code: CSM-2098-001
    slug: new
    scope: national
    state: published
    original_language: es
    translation_status_es: original
    translation_status_en: catalogue
    translation_status_pt: catalogue
    contact: [technical-secretariat]
    edition: [catalog-of-experiences-2023]
    title_es: Registro de casos
    title_en: Register of cases
    title_pt: Registro de casos
    objective_es: {es}
    objective_en: {en}
    objective_pt: {pt}
- model: catalogue.practicenetwork
  fields: {{practice: [CSM-2098-001], network: [gender-and-migration], order: 1}}
- model: catalogue.practicecountry
  fields: {{practice: [CSM-2098-001], country: [CL], role: implementing, order: 1}}
- model: catalogue.practiceorganisation
  fields: {{practice: [CSM-2098-001], organisation: [iom], role: lead, order: 1}}
- model: catalogue.citation
  fields: {{practice: [CSM-2098-001], order: 1, author_es: Ministerio, author_en: Ministry, author_pt: Ministério}}
- model: catalogue.result
  fields:
    practice: [CSM-2098-001]
    order: 1
    indicator_es: Casos
    indicator_en: Cases
    indicator_pt: Casos
    unit_es: casos
    unit_en: cases
    unit_pt: casos
    kind: context
    value: "2550"
    as_printed: 2,550 cases
- model: catalogue.editorsnote
  fields:
    practice: [CSM-2098-001]
    order: 1
    field: results
    source_prints: several open cases
    source_language: en
    shows_es: El año.
    shows_en: The year.
    shows_pt: O ano.
    reason_es: La fuente dice {quoted_es}.
    reason_en: The source says {quoted_en}.
    reason_pt: A fonte diz {quoted_pt}.
"""
RIGHT = {
    "es": "Registra 2550 casos desde el 15 de septiembre de 2022, en tres etapas; https://a.example/a, uno@a.example.",
    "en": "It registers 2,550 cases since 15 September 2022 in three stages; https://a.example/a, uno@a.example.",
    "pt": "Registra 2.550 casos desde 15 de setembro de 2022, em 3 etapas; https://a.example/a, uno@a.example.",
    "quoted_es": "«varios casos abiertos»",
    "quoted_en": "“several  open cases”",
    "quoted_pt": "“vários casos abertos”",
}


def validated(tmp_path, *arguments, **words):
    """Return what the command says of a fixture that is right but for ``words``; empty when nothing is wrong."""
    path = tmp_path / "small.yaml"
    told = {name: f'"{text}"' if len(name) == 2 else text for name, text in {**RIGHT, **words}.items()}
    path.write_text(PRACTICE.format(**told), encoding="utf-8")
    try:
        call_command("validate_fixtures", str(path), *arguments, verbosity=0)
    except CommandError as refusal:
        return "\n".join(line for line in str(refusal).splitlines() if "CSM-2098-001" in line)
    return ""


def test_texts_that_say_the_same_in_their_own_ways_are_in_order(tmp_path):
    assert validated(tmp_path) == ""


@pytest.mark.parametrize(
    ("language", "right", "wrong", "named"),
    [
        ("es", "2550", "2505", "2505"),
        ("pt", "2.550", "2.550 e 30", "30"),
        ("en", "three", "four", "4"),
        ("es", "15 de septiembre", "16 de septiembre", "16"),
        ("pt", "setembro", "outubro", "month"),
        ("en", "a.example/a", "a.example/b", "https://a.example/b"),
        ("pt", "uno@", "dos@", "dos@a.example"),
        ("es", "Registra", "REDAVIT registra", "acronym REDAVIT"),
    ],
)
def test_a_language_that_says_something_else_is_named_with_record_field_and_what_differs(
    tmp_path, language, right, wrong, named
):
    told = validated(tmp_path, **{language: RIGHT[language].replace(right, wrong)})
    assert "CSM-2098-001" in told and "objective_" in told and named in told, told


def test_a_figure_in_all_languages_that_stands_in_no_row_is_named(tmp_path):
    wrong = {code: RIGHT[code].replace(old, new) for code, old, new in (
        ("es", "2550", "2551"), ("en", "2,550", "2,551"), ("pt", "2.550", "2.551"),
    )}  # fmt: skip
    told = validated(tmp_path, **wrong)
    assert "objective_es" in told and "2551, in no row of it" in told
    facts = tmp_path / "facts.json"
    facts.write_text('{"results": [{"value": 2551}]}', encoding="utf-8")
    assert "2551" not in validated(tmp_path, "--facts", str(facts), **wrong)


@pytest.mark.parametrize("active", ["es", "en"])
def test_a_quotation_that_stands_neither_in_the_record_nor_in_the_facts_is_named(tmp_path, active):
    activate(active)  # what was asked for before must not matter
    facts = tmp_path / "source.txt"
    facts.write_text("In 2022, “some other\nwords” of the source, 15 September, three 2550.", encoding="utf-8")
    assert validated(tmp_path, "--facts", str(facts)) == ""
    assert validated(tmp_path, "--facts", str(facts), quoted_en="“some other words […] the source”") == ""
    told = validated(tmp_path, "--facts", str(facts), quoted_en="“words that nobody wrote”")
    assert "CSM-2098-001 1" in told and "reason_en" in told and "words that nobody wrote" in told


def test_an_evidence_level_that_the_kinds_of_figures_contradict_is_named(tmp_path):
    words = "CSM-2098-001: evidence “figures”, but it has no figure of the kind “result”"
    assert words in validated(tmp_path, es=RIGHT["es"] + '"\n    evidence: "figures')


def test_a_document_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("validate_fixtures", "networks", "--facts", str(tmp_path / "nowhere.txt"), verbosity=0)


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("710\u00a0000 registros, 89,7\u00a0%", "es", {"710000", "89.7"}),
        ("710,000 registrations, 89.7%", "en", {"710000", "89.7"}),
        ("710.000 registros, 89,7%", "pt", {"710000", "89.7"}),
        ("treinta y tres personas y cuatro equipos", "es", {"33", "4"}),
        ("thirty-three people and four teams", "en", {"33", "4"}),
        ("trinta e três pessoas e quatro equipes", "pt", {"33", "4"}),
        ("la Ley N.º 26.842 y el Decreto 476/2021", "es", {"26842", "476", "2021"}),
        ("los CEM atienden; cien personas", "es", {"100"}),
        ("un CEM, o CEM", "pt", set()),
        ("one office, both parents", "en", set()),
        ("https://example.org/2023/45 a1@example.org", "en", set()),
    ],
)
def test_numbers_have_one_form_in_all_languages(text, language, numbers):
    assert text_agreement.numbers_in(text, language) == numbers


def test_the_texts_of_the_catalogue_agree_with_each_other_and_with_their_rows():
    assert list(problems_of_texts(Facts())) == []

"""The secretariat edits: every model has its form, a practice is saved whole or not at all."""

import pytest
from django.contrib import admin
from django.urls import reverse

from catalogue.editorial.workflow import diff, practice_content
from catalogue.models import EditionDocument, EditionEntry, FrozenEdition, Practice, Result
from catalogue.models.shown import shown_models
from networks.models import Commitment, Country, Meeting
from networks.records import translated_fields
from tests.desk import change_form, form_data, make_editor, make_record, make_small, unrendered
from tests.factories import make_adaptation, make_practice

pytestmark = pytest.mark.django_db

EDITED_INLINE = {
    "classification",
    "practicenetwork",
    "practicecountry",
    "practicescope",
    "place",
    "practiceorganisation",
    "legalinstrument",
    "result",
    "link",
    "citation",
    "editorsnote",
}
EDITED_WITH = {  # rows of other records
    "meetingbody": Meeting,
    "meetingfigure": Meeting,
    "meetingdocument": Meeting,
    "meetingfeature": Meeting,
    "meetingnote": Meeting,
    "presentation": Meeting,
    "commitmentanswer": Commitment,
}


def edited_models():
    """Return the models with a form; the rest only the catalogue writes: codes, version, history, frozen editions."""
    frozen = {FrozenEdition, EditionEntry, EditionDocument}
    return [model for model in shown_models() if model not in frozen]


@pytest.mark.engines
@pytest.mark.parametrize("model", edited_models(), ids=lambda m: m._meta.model_name)
def test_every_model_can_be_edited(editor, model):
    name = model._meta.model_name
    owner = Practice if name in EDITED_INLINE else EDITED_WITH.get(name)
    if owner:
        inlines = {inline.model for inline in admin.site.get_model_admin(owner).inlines}
        assert model in inlines
        return
    base = f"admin:{model._meta.app_label}_{name}"
    assert editor.get(reverse(f"{base}_changelist"), {"q": "a"}).status_code == 200
    assert editor.get(reverse(f"{base}_add")).status_code == 200
    record = model.objects.first() or make_adaptation()  # no source documents an adaptation: there is no fixture of one
    page = editor.get(reverse(f"{base}_change", args=[record.pk]))
    assert page.status_code == 200
    if translated_fields(model):
        assert page.content.decode().count("language-tab") >= 3


@pytest.mark.parametrize("model", edited_models(), ids=lambda m: m._meta.model_name)
def test_every_field_an_editor_fills_explains_itself(model):
    for field in model._meta.get_fields():
        if not field.concrete or field.auto_created or not field.editable or field.name == "practice":
            continue
        if not field.many_to_many or field.remote_field.through._meta.auto_created:
            assert field.help_text, f"{model.__name__}.{field.name}"


@pytest.mark.engines
def test_saving_a_practice_unchanged_keeps_all_of_it(editor):
    address, data = change_form(editor, "CSM-2023-014")
    before = list(Result.objects.filter(practice__code="CSM-2023-014").values())
    response = editor.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    assert list(Result.objects.filter(practice__code="CSM-2023-014").values()) == before
    practice = Practice.objects.get(code="CSM-2023-014")
    assert practice.slug == "migration-pre-registration-brazil"
    assert practice.populations.count() == 1


def test_a_published_practice_is_only_shown(editor):
    practice = Practice.objects.get(code="CSM-2023-014")
    address = reverse("admin:catalogue_practice_change", args=[practice.pk])
    page = editor.get(address)
    assert 'name="title_es"' not in page.content.decode()
    assert editor.post(address, {"title_es": "Título forzado"}).status_code == 403
    assert Practice.objects.get(pk=practice.pk).title_es != "Título forzado"


def test_a_forged_state_changes_nothing(editor):
    address, data = change_form(editor, make_small().code)
    forged = {"state": "published", "version": "9", "revision_of": "1", "created_by": "1", "published_at": "2020-01-01"}
    before = Practice.objects.filter(code="CSM-2098-001").values(*forged).get()
    assert editor.post(address, {**data, **forged}).status_code == 302
    assert Practice.objects.filter(code="CSM-2098-001").values(*forged).get() == before


@pytest.mark.engines
def test_an_error_in_one_row_saves_nothing(editor):
    address, data = change_form(editor, "CSM-2023-014")
    with unrendered():
        response = editor.post(address, {**data, "title_es": "No debe guardarse", "results-1-chartable": "on"})
    assert response.status_code == 200
    assert Practice.objects.get(code="CSM-2023-014").title_es != "No debe guardarse"


@pytest.mark.engines
def test_a_failure_while_rows_are_saved_undoes_the_whole_practice(editor, monkeypatch):
    address, data = change_form(editor, make_small().code)

    def fail(*args, **options):
        raise RuntimeError

    monkeypatch.setattr(Result, "save", fail)
    with pytest.raises(RuntimeError):
        editor.post(address, {**data, "title_es": "No debe guardarse", "results-0-unit_es": "días"})
    assert Practice.objects.get(code="CSM-2098-001").title_es != "No debe guardarse"


def test_a_malformed_date_is_refused_beside_its_field(editor):
    address, data = change_form(editor, make_small().code)
    page = editor.post(address, {**data, "start": "15/09/2022"}).content.decode()
    assert "15/09/2022" in page
    assert "2022-09-15" in page


def test_a_practice_needs_an_implementing_country(editor):
    address, data = change_form(editor, "CSM-2023-013")
    with unrendered():
        response = editor.post(address, {**data, "practice_countries-0-role": "border"})
    assert response.status_code == 200
    assert response.context_data["errors"]


def test_code_and_slug_cannot_be_changed(editor):
    practice = make_small()
    address, data = change_form(editor, practice.code)
    assert editor.post(address, {**data, "code": "CSM-2023-777", "slug": "other"}).status_code == 302
    assert Practice.objects.get(code=practice.code).slug == practice.slug
    assert not Practice.objects.filter(code="CSM-2023-777").exists()


@pytest.mark.engines
def test_a_field_offers_only_the_terms_of_its_vocabulary(editor):
    address = reverse("admin:autocomplete")
    query = {"app_label": "catalogue", "model_name": "practice", "field_name": "keywords", "term": "e"}
    offered = editor.get(address, query).json()["results"]
    assert offered
    codes = set(Practice._meta.get_field("keywords").related_model.objects.of("keyword").values_list("pk", flat=True))
    assert {int(row["id"]) for row in offered} <= codes


@pytest.mark.engines
def test_a_new_practice_in_one_language_needs_neither_code_nor_slug(editor):
    address = reverse("admin:catalogue_practice_add")
    data = form_data(editor.get(address))
    data |= {"title_pt": "Acolhida de crianças", "scope": "local", "practice_networks-0-network": "1"}
    data |= {"practice_countries-TOTAL_FORMS": "1", "practice_countries-0-country": "1"}
    data |= {"practice_countries-0-role": "implementing"}
    response = editor.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    practice = Practice.objects.get(title_pt="Acolhida de crianças")
    assert practice.slug.startswith("acolhida-de-criancas")
    assert not Practice.objects.published().filter(pk=practice.pk).exists(), "a new practice is a draft"


def test_a_practice_without_a_title_is_refused_in_a_sentence(editor):
    address, data = change_form(editor, make_small().code)
    response = editor.post(address, {**data, "title_es": "", "title_en": "", "title_pt": ""})
    assert "Complete este campo en al menos un idioma." in response.content.decode()


@pytest.mark.engines
def test_two_rows_can_exchange_their_places(editor):
    address, data = change_form(editor, "CSM-2023-014")
    first, second = Result.objects.filter(practice__code="CSM-2023-014")[:2]
    response = editor.post(address, {**data, "results-0-order": "2", "results-1-order": "1"})
    assert response.status_code == 302
    assert list(Result.objects.filter(practice__code="CSM-2023-014"))[:2] == [second, first]
    assert list(Result.objects.filter(practice__code="CSM-2023-014").values_list("order", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.engines
def test_two_rows_cannot_share_a_place(editor):
    address, data = change_form(editor, "CSM-2023-014")
    with unrendered():
        response = editor.post(address, {**data, "results-0-order": "2"})
    assert response.status_code == 200
    assert response.context_data["errors"]


def test_a_draft_has_no_link_to_the_site(editor):
    draft = make_practice(state="draft")
    page = editor.get(reverse("admin:catalogue_practice_change", args=[draft.pk])).content.decode()
    assert f"/{draft.slug}/" not in page


def test_the_admin_needs_a_login(client):
    response = client.get(reverse("admin:catalogue_practice_changelist"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize(
    ("language", "word"), [("es", "Textos en español"), ("en", "Texts in Spanish"), ("pt-br", "Textos em espanhol")]
)
def test_the_admin_speaks_the_editors_language(editor, language, word):
    page = editor.get(reverse("admin:networks_network_add"), headers={"accept-language": language})
    assert word in page.content.decode()


def test_the_line_ends_of_a_browser_change_no_text(editor):
    address, data = change_form(editor, "CSM-2023-014")
    before = practice_content.read_content(Practice.objects.get(code="CSM-2023-014"))
    sent = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in data.items()}
    assert editor.post(address, sent).status_code == 302
    assert diff.compare(before, practice_content.read_content(Practice.objects.get(code="CSM-2023-014"))) == []


# A translator


def test_a_translator_writes_texts_of_its_languages_and_nothing_else(client):
    client.force_login(make_editor("translator", translates=["pt"]))
    address, data = change_form(client, "CSM-2023-014")
    forged = {"title_es": "Forzado", "title_pt": "Traduzido", "scope": "regional", "results-0-as_printed": "Forzado"}
    forged |= {"results-0-indicator_pt": "Indicador traduzido", "results-0-indicator_es": "Forzado", "start": "1999"}
    forged |= {"practice_countries-0-DELETE": "on", "practice_networks-TOTAL_FORMS": "0"}
    before = practice_content.read_content(Practice.objects.get(code="CSM-2023-014"))
    answer = client.post(address, {**data, **forged})
    assert answer.status_code == 302, answer.context["errors"]
    changed = diff.compare(before, practice_content.read_content(Practice.objects.get(code="CSM-2023-014")))
    assert {change.field for change in changed} == {"title_pt", "results-1-indicator_pt"}


def test_a_focal_point_cannot_give_its_practice_away(client):
    peru = make_editor("focal_point", countries=["PE"])
    client.force_login(peru)
    practice = make_practice(state="draft", country="PE")
    address = reverse("admin:catalogue_practice_change", args=[practice.pk])
    chile = Country.objects.get(iso2="CL").pk
    with unrendered():
        data = form_data(client.get(address))
        answer = client.post(address, {**data, "practice_countries-0-country": chile})
    assert answer.status_code == 200
    assert [country.iso2 for country in Practice.objects.get(pk=practice.pk).implementing_countries] == ["PE"]


@pytest.mark.engines
def test_after_a_step_the_editor_stands_before_what_goes_on(editor):
    """A submitted revision is looked at next; a published one has become the practice."""
    practice = Practice.objects.get(code="CSM-2023-014")
    editor.post(reverse("admin:catalogue_practice_revise", args=[practice.pk]))
    copy = practice.open_revision
    revised = reverse("admin:catalogue_practice_change", args=[copy.pk])
    submitted = editor.post(revised.replace("/change/", "/move/submit/"), {"note": ""})
    assert submitted["Location"] == revised
    published = editor.post(revised.replace("/change/", "/move/publish/"), {"note": ""})
    assert published["Location"] == reverse("admin:catalogue_practice_change", args=[practice.pk])


LIST = "/admin/catalogue/practice/"
LACKING = {
    "summary": {"summary_es": "", "summary_en": "What it does."},
    "period": {"start": "", "end": ""},
    "limits": {"limits_none_reported": False},
    "contact": {"contact": None},
}


@pytest.mark.engines
@pytest.mark.parametrize("name", LACKING)
def test_the_list_is_narrowed_to_what_lacks_something_for_publishing(editor, name):
    whole, lacking = make_record(), make_record(**LACKING[name])
    found = editor.get(LIST, {"lacks": name}).context["cl"].queryset
    assert lacking in found and whole not in found
    with unrendered():
        form = editor.get(reverse("admin:catalogue_practice_change", args=[lacking.pk]))
    assert [requirement.name for requirement in form.context_data["panel"]["lacks"]] == [name]


@pytest.mark.engines
def test_the_list_is_narrowed_to_what_a_language_lacks(editor):
    both = make_record(title_en="Both", summary_en="In both.")
    spanish = make_record()
    found = editor.get(LIST, {"untranslated": "en"}).context["cl"].queryset
    assert spanish in found and both not in found

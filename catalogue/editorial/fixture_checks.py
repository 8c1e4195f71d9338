"""Checks of fixtures: readable by the models, complete in three languages, and explicit about what is missing.

``loaddata`` checks each record before it is saved; ``validate_fixtures`` also checks the whole.
"""

import yaml
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation
from modeltranslation.translator import translator

from catalogue.choices import TERM_FIELDS, ResultKind, State, TranslationStatus
from catalogue.models import Practice, Term
from catalogue.text.languages import CONTENT_LANGUAGES

FIXTURES = (
    "networks",
    "countries",
    "vocabularies",
    "synonyms",
    "sources",
    "organisations",
    "contacts",
    "practices",
    "forums",
    "meetings",
)
OUR_APPS = ("catalogue", "networks")

# Names that no source prints in a language stay empty in it rather than being coined.
MAY_LACK_A_LANGUAGE = {("organisation", "name"), ("contact", "office")}


def problems_in_file(path):
    """Return a sentence for each row of a YAML or JSON file that cannot become a record: its shape, its field names,
    values of the wrong type."""
    with open(path, encoding="utf-8") as file:
        try:
            rows = yaml.load(file, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as problem:
            return [f"the file cannot be read: {' '.join(str(problem).split())}."]
    if not isinstance(rows, list):
        return ["the file is not a list of records."]
    with translation.override("en"):
        return [sentence for number, row in enumerate(rows, start=1) for sentence in _problems_of_row(number, row)]


def _problems_of_row(number, row):
    if not isinstance(row, dict) or not isinstance(row.get("fields"), dict):
        return [f"record {number}: it needs a “model” and “fields”."]
    try:
        model = apps.get_model(str(row.get("model")))
    except (LookupError, ValueError):
        return [f"record {number}: there is no model “{row.get('model')}”."]
    values = row["fields"]
    name = _label_of_key(model, [values.get(part.split("__")[0], "") for part in getattr(model, "NATURAL_KEY", ())])
    known = {field.name: field for field in model._meta.get_fields() if field.concrete}
    sentences = [f"{name}: there is no field “{field}”." for field in values if field not in known]
    for field in set(values) & set(known):
        try:
            if not known[field].is_relation and values[field] is not None:
                known[field].to_python(values[field])
        except ValidationError as refusal:
            sentences += [f"{name}: field “{field}”: {message}" for message in refusal.messages]
    return sentences


def record_label(record):
    """Return how a person finds a record in its file: ``catalogue.practice CSM-2023-014``."""
    return _label_of_key(record, getattr(record, "natural_key", tuple)())


def _label_of_key(model, key):
    parts = [" ".join(map(str, part)) if isinstance(part, list) else str(part) for part in key if part]
    return " ".join([model._meta.label_lower, *parts])


def problems_of(deserialized):
    """Return a sentence for each field of a record that the models refuse, before it is saved.

    An unknown reference is one of them: records are listed after those they name.
    """
    record = deserialized.object
    if record._meta.app_label not in OUR_APPS:
        return []
    unknown = deserialized.deferred_fields or {}
    sentences = [
        f"field “{field.name}”: there is no {field.related_model._meta.label_lower} {_as_written(value)}."
        for field, value in unknown.items()
    ]
    with translation.override("en"):
        try:
            record.clean_fields(exclude={field.name for field in unknown})
            record.clean()
        except ValidationError as refusal:
            for field, messages in _by_field(refusal).items():
                sentences += [f"field “{field}”: {message}" for message in messages]
    return sentences


def problems_of_all():
    """Return a sentence for each rule that the loaded catalogue breaks."""
    return [*_incomplete_practices(), *_contradicted_evidence(), *_misplaced_terms(), *_half_translated()]


def _incomplete_practices():
    for practice in Practice.objects.for_detail():
        required = {
            "network": practice.primary_network,
            "implementing country": practice.implementing_countries,
            "implementing entity": practice.lead_organisations,
            "source": practice.citations.all(),
            "contact": practice.contact,
            "edition": practice.edition,
        }
        yield from (f"practice {practice.code}: it has no {name}." for name, value in required.items() if not value)
        if practice.state != State.PUBLISHED:
            yield f"practice {practice.code}: fixtures hold published practices only."
        for language in CONTENT_LANGUAGES:
            missing = getattr(practice, f"translation_status_{language}") == TranslationStatus.MISSING
            if missing == bool(getattr(practice, f"title_{language}")):
                yield f"practice {practice.code}: field “translation_status_{language}” contradicts its texts."


def _contradicted_evidence():
    """Yield the practices whose evidence level says otherwise than the kinds of their figures."""
    for practice in Practice.objects.exclude(evidence="").prefetch_related("results"):
        measured = any(row.kind == ResultKind.RESULT for row in practice.results.all())
        if practice.has_figures_on_effects != measured:
            figures = "a figure" if measured else "no figure"
            level = practice.evidence
            yield f"practice {practice.code}: evidence “{level}”, but it has {figures} of the kind “result”."


def _misplaced_terms():
    for name, scheme in TERM_FIELDS.items():
        field = Practice._meta.get_field(name)
        used = field.remote_field.through.objects.values("term")
        for term in Term.objects.exclude(scheme=scheme).filter(pk__in=used):
            yield f"{record_label(term)}: field “{name}” of a practice takes only terms of {scheme}."


def _half_translated():
    """Yield the texts that exist in one language and not in another."""
    for model in translator.get_registered_models(abstract=False):
        fields = translator.get_options_for_model(model).all_fields
        for record in model.objects.all() if model._meta.app_label in OUR_APPS else ():
            for field in fields:
                missing = [code for code in CONTENT_LANGUAGES if not getattr(record, f"{field}_{code}")]
                may_lack = (model._meta.model_name, field) in MAY_LACK_A_LANGUAGE
                if 0 < len(missing) < len(CONTENT_LANGUAGES) and not may_lack:
                    yield f"{record_label(record)}: field “{field}” lacks {', '.join(missing)}."


def _by_field(refusal):
    return refusal.message_dict if hasattr(refusal, "error_dict") else {"record": refusal.messages}


def _as_written(value):
    rows = value if value and isinstance(value[0], (list, tuple)) else [value]
    return ", ".join(f"“{' '.join(map(str, row)) if isinstance(row, (list, tuple)) else row}”" for row in rows)

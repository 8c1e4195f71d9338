"""Writes many practices at once: one by one, ten thousand would take a quarter of an hour.

They are written past ``save``; what that would do stands here: code, slug and bounds, the first version, the index.
"""

from catalogue.choices import State
from catalogue.editorial.workflow import practice_content
from catalogue.models import Practice, RecordVersion, Term
from catalogue.models.practice import set_period_bounds
from catalogue.search import index


def create(contents, codes, *, by, reason):
    """Store new drafts with these contents under these codes; return them, each in its first version."""
    practices = store([(content, {"code": code}) for content, code in zip(contents, codes, strict=True)], by=by)
    RecordVersion.objects.bulk_create(
        RecordVersion(practice=practice, number=1, content=content, made_by=by, reason=reason)
        for practice, content in zip(practices, contents, strict=True)
    )
    return practices


def store(wanted, *, by):
    """Store drafts, each of a content and of fields of its own, without versions; return them."""
    keys = Keys()
    practices = [_practice(content, by, keys, own) for content, own in wanted]
    Practice.objects.bulk_create(practices)
    pairs = [(practice, content) for practice, (content, _own) in zip(practices, wanted, strict=True)]
    for name in practice_content.TERMS:
        through = getattr(Practice, name).through
        through.objects.bulk_create(
            through(practice_id=practice.pk, term_id=keys[Term, tuple(key)])
            for practice, content in pairs
            for key in content["terms"][name]
        )
    for relation in practice_content.ROWS:
        model = practice_content.row_model(relation)
        model.objects.bulk_create(
            [
                model(practice=practice, **_values(model, values, keys))
                for practice, content in pairs
                for values in content["rows"][relation]
            ]
        )
    index.touch({practice.pk for practice in practices})
    return practices


def _practice(content, by, keys, own):
    practice = Practice(state=State.DRAFT, created_by=by, **own, **_values(Practice, content["fields"], keys))
    practice.assign_code_and_slug()
    set_period_bounds(practice)
    return practice


def _values(model, values, keys):
    """Return the values of a content for a new record; other records by their primary keys."""
    fields = practice_content.content_fields(model)
    return {field.attname: _field_value(field, values[field.name], keys) for field in fields}


def _field_value(field, value, keys):
    if not field.is_relation:
        return field.to_python(value)
    return keys[field.related_model, tuple(value)] if value else None


class Keys(dict):
    """The primary keys of records by model and natural key, those of a model asked for at once."""

    def __missing__(self, named):
        model, name = named
        for key, *names in model.objects.values_list("pk", *model.NATURAL_KEY):
            self[model, tuple(names)] = key
        return self.setdefault(named, None) or model.objects.get_by_natural_key(*name).pk

"""Writes many new practices at once: one by one, ten thousand would take a quarter of an hour.

They are written past ``save``; what that would do stands here: code, slug and bounds, the first version, the index.
"""

from catalogue.choices import State
from catalogue.editorial import snapshots
from catalogue.models import Practice, RecordVersion, Term
from catalogue.models.practice import set_bounds
from catalogue.search import index


def create(contents, codes, *, by, reason):
    """Store new drafts with these contents under these codes; return them, each in its first version."""
    keys = Keys()
    practices = [_practice(content, code, by, keys) for content, code in zip(contents, codes, strict=True)]
    Practice.objects.bulk_create(practices)
    pairs = list(zip(practices, contents, strict=True))
    for name in snapshots.TERMS:
        through = getattr(Practice, name).through
        through.objects.bulk_create(
            through(practice_id=practice.pk, term_id=keys[Term, tuple(key)])
            for practice, content in pairs
            for key in content["terms"][name]
        )
    for relation in snapshots.ROWS:
        model = snapshots.row_model(relation)
        model.objects.bulk_create(
            [
                model(practice=practice, **_values(model, values, keys))
                for practice, content in pairs
                for values in content["rows"][relation]
            ]
        )
    RecordVersion.objects.bulk_create(
        RecordVersion(practice=practice, number=1, content=content, made_by=by, reason=reason)
        for practice, content in pairs
    )
    index.touch({practice.pk for practice in practices})
    return practices


def _practice(content, code, by, keys):
    practice = Practice(state=State.DRAFT, created_by=by, code=code, **_values(Practice, content["fields"], keys))
    practice.give_address()
    set_bounds(practice)
    return practice


def _values(model, values, keys):
    """Return the values of a content for a new record; other records by their primary keys."""
    fields = snapshots.content_fields(model)
    return {field.attname: _value(field, values[field.name], keys) for field in fields}


def _value(field, value, keys):
    if not field.is_relation:
        return field.to_python(value)
    return keys[field.related_model, tuple(value)] if value else None


class Keys(dict):
    """The primary keys of records by model and natural key, each asked for once."""

    def __missing__(self, named):
        model, name = named
        self[named] = model.objects.get_by_natural_key(*name).pk
        return self[named]

"""Practices that are made up, for measuring only: copies of the real ones under new codes."""

from django.db.models import Max

from catalogue.models import Practice, PracticeCountry, PracticeNetwork, PracticeOrganisation


def fill(size):
    """Add copies of the stored practices, with their networks, countries and entities, until there are ``size``."""
    originals = list(
        Practice.objects.prefetch_related("practice_networks", "practice_countries", "practice_organisations")
    )
    missing = size - len(originals)
    if missing <= 0:
        return
    first = (Practice.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    sources = [originals[number % len(originals)] for number in range(missing)]
    Practice.objects.bulk_create(
        [
            copy(source, pk=first + number, code=f"CSM-2090-{number + 1:03d}", slug=f"made-up-{number + 1}")
            for number, source in enumerate(sources)
        ]
    )
    for model, accessor in (
        (PracticeNetwork, "practice_networks"),
        (PracticeCountry, "practice_countries"),
        (PracticeOrganisation, "practice_organisations"),
    ):
        model.objects.bulk_create(
            copy(row, pk=None, practice_id=first + number)
            for number, source in enumerate(sources)
            for row in getattr(source, accessor).all()
        )


def copy(record, **changes):
    """Return an unsaved record with the columns of another."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return type(record)(**{**{name: value for name, value in values.items() if name != "id"}, **changes})

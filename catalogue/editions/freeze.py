"""The contents of an edition when it is frozen: its records as data and its book, in three languages.

Nothing is stored by reference: terms, offices, networks and States may be renamed, practices changed or withdrawn.
"""

import json

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from catalogue.choices import EditionTransitionKind
from catalogue.editorial.workflow import editions, practice_content, revisions
from catalogue.editorial.workflow.editions import Contents, checksum_of, facts_of, sealed_data
from catalogue.exports.records import detailed_record
from catalogue.models import Edition, Practice
from catalogue.publication.editions import Imprint, edition_volume, edition_volumes
from catalogue.text.languages import content_language, localized

ANY_SITE = "https://site.invalid"  # stored in place of SITE_URL: a site may move
NOT_CONTENT = ("url", "permanent_url", "updated")  # of a record in JSON


@transaction.atomic
def freeze(edition, *, by):
    """Freeze an edition with the published versions of its practices. Raises ``Refused`` like ``editions.move``."""
    practices = list(Practice.objects.published().of_edition(edition).for_detail())
    for practice in practices:
        revisions.store_first_version(practice)
    contents = contents_of(edition, practices, timezone.now().date())
    return editions.move(edition, EditionTransitionKind.FREEZE, by=by, contents=contents)


@transaction.atomic
def freeze_loaded():
    """Store the contents of editions that were loaded as publications, and return their slugs; a second time none.

    A practice that has changed since enters with its first published version.
    """
    done = []
    for edition in Edition.objects.frozen().filter(frozen=None):
        practices = [
            _first_published(practice) for practice in Practice.objects.once_public().of_edition(edition).for_detail()
        ]
        if practices:
            now = timezone.now()
            editions.store_contents(edition, contents_of(edition, practices, now.date()), at=now)
            done.append(edition.slug)
    return done


def _first_published(practice):
    first = revisions.published_versions(practice).last()
    return practice_content.as_practice(practice, first.content) if first else practice


def contents_of(edition, practices, day):
    """Return the ``Contents`` of an edition that holds ``practices``, fetched with their details, frozen on ``day``."""
    volumes = edition_volumes([_without_email(practice) for practice in practices])
    entries = [
        {"code": practice.code, "version": practice.public_version, "volume": number, "records": records_of(practice)}
        for number, volume in enumerate(volumes, start=1)
        for practice in volume
    ]
    checksum = checksum_of(sealed_data(entries))
    documents = [
        {"language": content_language(code), "volume": number, "content": content}
        for code, _name in settings.LANGUAGES
        for number, content in enumerate(_books(code, edition, volumes, day, checksum), start=1)
    ]
    numbered = [{**entry, "order": order} for order, entry in enumerate(entries, start=1)]
    return Contents(facts_of(edition), checksum, numbered, documents)


def _without_email(practice):
    """Remove the e-mail addresses from a practice in memory: an edition names offices."""
    for office in filter(None, (practice.contact, practice.contact and practice.contact.via)):
        office.email = ""
    return practice


def records_of(practice):
    """Return a practice as its record in JSON by language, with the names of its States and networks."""
    records = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            record = {name: value for name, value in detailed_record(practice).items() if name not in NOT_CONTENT}
            networks = [localized(row.network, "name").text for row in practice.practice_networks.all()]
            countries = [localized(country, "name").text for country in practice.implementing_countries]
            records[content_language()] = record | {"network_names": networks, "country_names": countries}
    return json.loads(json.dumps(records))


def _books(code, edition, volumes, day, checksum):
    with translation.override(code):
        address = f"{settings.SITE_URL}{reverse('edition_detail', args=[edition.address])}"
        imprint = Imprint(day, checksum, address)
        return [_portable(edition_volume(edition, volumes, number, imprint)) for number in range(1, len(volumes) + 1)]


def _portable(content):
    text = json.dumps({**content, "made": f"{content['made'][:10]}T00:00:00+00:00"}, ensure_ascii=False)
    return json.loads(text.replace(settings.SITE_URL, ANY_SITE))


def with_site_url(content):
    """Return a stored document with the URL of this site in it."""
    return json.loads(json.dumps(content, ensure_ascii=False).replace(ANY_SITE, settings.SITE_URL))

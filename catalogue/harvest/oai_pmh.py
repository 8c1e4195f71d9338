"""OAI-PMH 2.0. Specification: https://www.openarchives.org/OAI/openarchivesprotocol.html

Why no library does it: docs/adr/0007-oai-pmh-of-our-own.md.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from lxml.builder import ElementMaker

from catalogue.harvest.dublin_core import FORMATS, XSI
from catalogue.harvest.oai_records import OaiRequest, earliest_change, find_record, requested_records
from catalogue.harvest.oai_sets import COUNTRY, NETWORK
from catalogue.harvest.xml import xml_text
from catalogue.models import Contact
from catalogue.text.languages import localized
from networks.models import Country, Network

OAI = "http://www.openarchives.org/OAI/2.0/"
E = ElementMaker(namespace=OAI, nsmap={None: OAI, "xsi": XSI})
BATCH = 50  # records in one response
LISTING = ({"metadataPrefix"}, {"set", "from", "until"})
ARGUMENTS = {  # required and optional ones; ``resumptionToken`` stands alone
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), set()),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
}
RESUMABLE = ("ListIdentifiers", "ListRecords")
NAMES = {"from": "from_"}  # a word of Python
DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
GRANULARITY = {DAY: timedelta(days=1), SECOND: timedelta(seconds=1)}
LAST_DAY = datetime(9999, 1, 1, tzinfo=UTC)  # a later one asks for no end
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)


class OaiError(Exception):
    """An error of the protocol: one of its codes, and a sentence."""

    def __init__(self, code, sentence):
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


def oai_response(query):
    """Return the response to the arguments of a request, a ``QueryDict``, as XML in UTF-8."""
    root, request = _new_response()
    try:
        arguments = _checked_arguments(query)
        verb = arguments.pop("verb")
        elements = VERBS[verb](**{NAMES.get(name, name): value for name, value in arguments.items()})
        root.append(E(verb, *elements))
    except OaiError as error:
        root.append(E.error(error.sentence, code=error.code))
        if error.code in ("badVerb", "badArgument"):
            return _serialized(root)
    for name in query:
        request.set(name, xml_text(query[name]))
    return _serialized(root)


def error_response(code, sentence):
    """Return the response to a request whose arguments are not even read."""
    root, _request = _new_response()
    root.append(E.error(sentence, code=code))
    return _serialized(root)


def _new_response():
    """Return the root of a response, and its element that repeats the request."""
    request = E.request(base_url())
    root = E("OAI-PMH", E.responseDate(timezone.now().strftime(SECOND)), request)
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    return root, request


def _serialized(root):
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _checked_arguments(query):
    """Return the arguments as a dictionary; raises ``OaiError`` for what the protocol does not allow."""
    verb = query.get("verb", "")
    if verb not in ARGUMENTS or len(query.getlist("verb")) > 1:
        raise OaiError("badVerb", f"The verb is one of {', '.join(ARGUMENTS)}, once.")
    if repeated := [name for name, values in query.lists() if len(values) > 1]:
        raise OaiError("badArgument", f"{xml_text(repeated[0])} is given more than once.")
    given, (required, optional) = set(query) - {"verb"}, ARGUMENTS[verb]
    if given == {"resumptionToken"} and verb in RESUMABLE:
        return query.dict()
    if "resumptionToken" in given and verb == "ListSets":
        raise OaiError("badResumptionToken", "The list of sets comes in one piece.")
    if unknown := given - required - optional:
        raise OaiError("badArgument", f"{verb} takes no argument {xml_text(min(unknown))}.")
    if missing := required - given:
        raise OaiError("badArgument", f"{verb} needs the argument {min(missing)}.")
    return query.dict()


def identify():
    """Return the elements that describe the repository."""
    first = earliest_change() or timezone.now()
    return [
        E.repositoryName(str(settings.SITE_NAME)),
        E.baseURL(base_url()),
        E.protocolVersion("2.0"),
        E.adminEmail(contact_email()),
        E.earliestDatestamp(first.astimezone(UTC).strftime(SECOND)),
        E.deletedRecord("persistent"),
        E.granularity("YYYY-MM-DDThh:mm:ssZ"),
    ]


def list_metadata_formats(identifier=None):
    """Return the formats as elements; every record is available in all of them."""
    if identifier is not None:
        record_of(identifier)
    return [
        E.metadataFormat(E.metadataPrefix(each.prefix), E.schema(each.schema), E.metadataNamespace(each.namespace))
        for each in FORMATS.values()
    ]


def list_sets():
    """Return every network and State as elements, and the two sets that contain all of them."""
    networks = [(f"{NETWORK}:{row.slug}", localized(row, "name").text) for row in Network.objects.all()]
    countries = [(f"{COUNTRY}:{row.iso2}", localized(row, "name").text) for row in Country.objects.all()]
    sets = [(NETWORK, "Networks"), *networks, (COUNTRY, "Countries"), *countries]
    return [E.set(E.setSpec(name), E.setName(title)) for name, title in sets]


def get_record(identifier, metadataPrefix):
    """Return one record, in a list."""
    form = format_of(metadataPrefix)
    return [_record_element(record_of(identifier), form)]


def _batch(element_of, **arguments):
    """Return a batch of elements, and the token of the next one; an empty token ends a list of several batches."""
    token = arguments.get("resumptionToken")
    request, after = (request_of(**arguments), None) if token is None else read_token(token)
    form = format_of(request.prefix)
    records = requested_records(request, after, BATCH + 1)
    if not records:
        raise OaiError("noRecordsMatch", "No record changed in that time and that set.")
    elements = [element_of(record, form) for record in records[:BATCH]]
    if len(records) > BATCH:
        elements.append(E.resumptionToken(token_for(request, records[BATCH - 1])))
    elif token:
        elements.append(E.resumptionToken(""))
    return elements


def request_of(metadataPrefix, set=None, from_=None, until=None):
    """Return the ``OaiRequest`` of the arguments of a list."""
    since, grain = date_of(from_)
    last, last_grain = date_of(until)
    if grain and last_grain and grain != last_grain:
        raise OaiError("badArgument", "from and until are written alike: both days, or both with their time.")
    if since and last and since > last:
        raise OaiError("badArgument", "from is after until.")
    return OaiRequest(metadataPrefix, set or "", since, last and min(last, LAST_DAY) + GRANULARITY[last_grain])


def date_of(text):
    """Return a date of the protocol as a time and the format it is written in; ``(None, None)`` for none."""
    if text is None:
        return None, None
    grain = SECOND if "T" in text else DAY
    try:
        if not DATE.fullmatch(text):
            raise ValueError(text)
        return datetime.strptime(text, grain).replace(tzinfo=UTC), grain
    except ValueError:
        raise OaiError("badArgument", "A date is written 2026-01-31 or 2026-01-31T12:00:00Z.") from None


def token_for(request, last):
    """Return the token that goes on after a record; signed, so that it can only be one of ours."""
    moments = [moment and moment.isoformat() for moment in (request.since, request.before, last.changed)]
    return signing.dumps([request.prefix, request.set_name, *moments, last.code], salt="oai")


def read_token(token):
    """Return the ``OaiRequest`` of a token and the position after which to go on."""
    try:
        prefix, set_name, *moments, code = signing.loads(token, salt="oai")
    except signing.BadSignature:
        raise OaiError("badResumptionToken", "This token was not given by this catalogue.") from None
    since, before, changed = (moment and datetime.fromisoformat(moment) for moment in moments)
    return OaiRequest(prefix, set_name, since, before), (changed, code)


def format_of(prefix):
    """Return a format; raises ``OaiError`` for an unknown one."""
    if prefix not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"The formats are {', '.join(FORMATS)}.")
    return FORMATS[prefix]


def record_of(identifier):
    """Return the record with this identifier, also a withdrawn one."""
    prefix = identifier_of("")
    record = find_record(identifier.removeprefix(prefix)) if identifier.startswith(prefix) else None
    if record is None:
        raise OaiError("idDoesNotExist", "No record has this identifier.")
    return record


def identifier_of(code):
    """Return the identifier of a record: ``oai:catalogue.example.org:CSM-2023-001``."""
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:{code}"


def base_url():
    return f"{settings.SITE_URL}{reverse('oai')}"


def contact_email():
    """Return the e-mail address of the Secretariat when it may be shown, else that of the site."""
    office = Contact.objects.filter(slug=settings.SECRETARIAT_CONTACT).first()
    return (office.public_email if office else "") or settings.DEFAULT_FROM_EMAIL


def _header(record):
    """Return the header of a record; that of a withdrawn one says so."""
    return E.header(
        E.identifier(identifier_of(record.code)),
        E.datestamp(record.changed.astimezone(UTC).strftime(SECOND)),
        *map(E.setSpec, record.sets),
        **({} if record.practice else {"status": "deleted"}),
    )


def _record_element(record, form):
    metadata = [E.metadata(form.write(record.practice))] if record.practice else []
    return E.record(_header(record), *metadata)


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": partial(_batch, lambda record, _form: _header(record)),
    "ListRecords": partial(_batch, _record_element),
}

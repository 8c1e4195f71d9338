"""Every address of the site and what it answers: a row for each pattern of the resolver, by method and role.

``tests/test_addresses.py`` walks the table; an address without a row fails there. A row says what GET and POST answer
(one status for everybody, or one for each of ``ROLES``) and what any other method does: ``PUT`` stands for PUT, PATCH
and DELETE. HEAD answers as GET. At the desk PATCH, DELETE and OPTIONS are not declared: they never do
more than GET.
"""

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from catalogue.choices import AuditEvent, State
from catalogue.editorial.workflow import previews, revisions
from catalogue.models import AuditEntry, ImportRun, Practice, TranslationUpload
from tests.desk import make_editor, make_record
from tests.factories import make_adaptation, make_enquiry

ROLES = (
    "anonymous",
    "stranger",  # signed in, not of the staff
    "nobody",  # of the staff, without a role
    "reader",
    "translator",
    "own",  # focal point of the country of the record
    "other",  # focal point of another country
    "reviewer",
    "secretariat",
    "administrator",
)

#               anonymous stranger nobody reader translator own other reviewer secretariat administrator
SIGNED_IN = "   302       302      200    200    200        200 200   200      200         200"
WITH_A_ROLE = " 302       302      403    200    200        200 200   200      200         200"
WHO_ADDS = "    302       302      403    403    403        200 200   403      200         200"
EDITORIAL = "   302       302      403    403    403        403 403   403      200         200"
ACCOUNTS = "    302       302      403    403    403        403 403   403      403         200"
CLOSED = "      302       302      403    403    403        403 403   403      403         403"
BY_POST = "     302       302      405    405    405        405 405   405      405         405"
NOT_FOUND = "   302       302      404    404    404        404 404   404      404         404"
ITS_HISTORY = " 302       302      404    200    200        200 404   200      200         200"
ITS_FORM = "    302       302      403    200    200        200 404   200      200         200"
ITS_TEXTS = "   302       302      403    403    200        200 404   403      200         200"
ITS_FIELDS = "  302       302      403    403    403        200 404   403      200         200"
ITS_STEP = "    302       302      404    403    200        200 404   403      200         200"
STEP_TAKEN = "  302       302      404    403    302        302 404   403      302         302"
ITS_CALL = "    302       302      404    403    403        200 200   403      200         200"
ITS_STATE = "   302       302      404    403    403        403 403   403      200         200"
# what a frozen edition says cannot be changed, so that an empty form is a good one
KEPT_AS_IT_IS = "302      302      403    403    403        403 403   403      302         302"
# what cannot be done is said on the page it leads to
ANSWERED = "    302       302      404    302    302        302 404   302      302         302"
SHARED = "      302       302      404    302    302        302 404   302      302         302"
NOT_SAID = "    302       302      404    400    400        400 404   400      400         400"  # which link is revoked
TRANSLATES = "  302       302      403    403    200        200 200   403      200         200"
FORGOTTEN = "   302       302      403    403    403        302 302   403      302         302"
ITS_FORGOTTEN = " 302     302      404    403    302        302 404   403      302         302"
# an address of unsaved work without the number under which it is kept
NUMBERLESS = "  302       302      403    403    403        400 400   403      400         400"
ITS_NUMBERLESS = " 302    302      404    403    400        400 404   403      400         400"
LED_BACK = "    302       302      403    403    403        403 403   403      302         302"
NOT_THEIRS = "  302       302      403    403    404        404 404   403      404         404"


class Row(NamedTuple):
    """An example of an address and its statuses; ``None`` for POST or PUT: as GET."""

    address: str
    get: str = "200"
    post: str | None = "405"
    put: str | None = "405"
    options: str = "405"


def page(address, get="200"):
    return Row(address, get)


def for_programs(address, get="200"):
    return Row(f"/api/v1/{address}", get, options="204")


def desk(address, get, post=None, put=None):
    return Row(f"/admin/{address}", get, post, put)


PAGES = {
    "front_door": page("/", "302"),
    "pt": page("/pt", "301"),
    "pt/": page("/pt/", "301"),
    "pt/<path:rest>": page("/pt/praticas/?q=x", "301"),
    "permanent_link": page("/p/{code}/", "302"),
    "healthz": page("/healthz"),
    "metrics": page("/metrics", "404"),  # off without METRICS_TOKEN
    "readyz": page("/readyz"),
    "favicon": page("/favicon.ico", "302"),
    "robots": page("/robots.txt"),
    "security_txt": page("/.well-known/security.txt"),
    "llms": page("/llms.txt"),
    "sitemap": page("/sitemap.xml"),
    "oai": Row("/oai?verb=Identify", post="200"),
    "home": page("/es/"),
    "practice_list": page("/es/practicas/?q=registro"),
    "cite_list": page("/es/practicas/citar/"),
    "practice_compare": page("/es/practicas/comparar/?id={code}"),
    "picked": page("/es/practicas/seleccion/?pick={code}", "302"),
    "practice_detail": page("/es/practicas/{slug}/"),
    "practice_citations": page("/es/practicas/{slug}/citar/"),
    "practice_version": page("/es/practicas/{slug}/versiones/1/", "302"),
    "replication": page("/es/practicas/{slug}/replicar/"),
    "replication_file": page("/es/practicas/{slug}/replicar.docx"),
    "ask": Row("/es/practicas/{slug}/preguntar/", post="422"),
    "asked": page("/es/practicas/{slug}/preguntar/enviada/"),
    "worksheet_file": page("/es/practicas/{slug}/un-network.docx"),
    "comparison_file": page("/es/practicas/comparar.docx?id={code}&id={second}"),
    "brief_file": page("/es/practicas/{slug}.docx"),
    "practice_file": page("/es/practicas/{slug}.json"),
    "book_file": page("/es/practicas.docx?country=PY"),
    "practice_list_file": page("/es/practicas.csv"),
    "codebook": page("/es/libro-de-codigos/"),
    "glossary": page("/es/glosario/"),
    "codebook_file": page("/es/libro-de-codigos.csv"),
    "network_list": page("/es/redes/"),
    "network_detail": page("/es/redes/gender-and-migration/"),
    "country_list": page("/es/paises/"),
    "country_detail": page("/es/paises/pe/"),
    "meeting_list": page("/es/reuniones/"),
    "meeting_detail": page("/es/reuniones/xxi-sacm-lima-2023/"),
    "meeting_list_file": page("/es/reuniones.ics"),
    "forum_list": page("/es/foros/"),
    "forum_detail": page("/es/foros/sacm/"),
    "commitment_list": page("/es/compromisos/"),
    "adaptation_list": page("/es/adaptaciones/"),
    "adaptation_file": page("/es/adaptaciones.csv"),
    "country_report": page("/es/paises/pe/informe/"),
    "country_report_file": page("/es/paises/pe/informe.docx"),
    "network_report": page("/es/redes/gender-and-migration/informe/"),
    "network_report_file": page("/es/redes/gender-and-migration/informe.docx"),
    "framework_list": page("/es/marcos/"),
    "framework_term": page("/es/marcos/gcm/7/"),
    "result_list": page("/es/resultados/"),
    "result_file": page("/es/resultados.csv"),
    "coverage": page("/es/cobertura/"),
    "coverage_file": page("/es/cobertura/timeline.csv"),
    "edition_list": page("/es/ediciones/"),
    "edition_feed": page("/es/ediciones.atom"),
    "edition_detail": page("/es/ediciones/2023/"),
    "edition_entry": page("/es/ediciones/2023/CSM-2023-001/"),
    "edition_data": page("/es/ediciones/2023.json"),
    "edition_document": page("/es/ediciones/2023.docx"),
    "about": page("/es/acerca/"),
    "practice_preview": page("/es/vista-previa/{token}/"),
    "api_docs": page("/es/api/"),
    "accessibility": page("/es/accesibilidad/"),
    "privacy": page("/es/privacidad/"),
    "data": page("/es/datos/"),
    "suggest": page("/es/sugerencias/?q=reg"),
    "api:start": for_programs(""),
    "api:schema": for_programs("schema/"),
    "api:documentation": Row("/api/v1/docs/", "302", "302", "302", "302"),
    "api:practices": for_programs("practices/"),
    "api:practice": for_programs("practices/{slug}/"),
    "api:results": for_programs("results/"),
    "api:networks": for_programs("networks/"),
    "api:network": for_programs("networks/gender-and-migration/"),
    "api:countries": for_programs("countries/"),
    "api:country": for_programs("countries/PE/"),
    "api:meetings": for_programs("meetings/"),
    "api:meeting": for_programs("meetings/xxi-sacm-lima-2023/"),
    "api:forums": for_programs("forums/"),
    "api:forum": for_programs("forums/sacm/"),
    "api:commitments": for_programs("commitments/"),
    "api:vocabularies": for_programs("vocabularies/"),
    "api:vocabulary": for_programs("vocabularies/keyword/"),
    "api:nothing": for_programs("x/y/", "404"),
}

DESK = {
    "admin:index": desk("", SIGNED_IN),
    "admin:login": desk("login/", "200 200 302 302 302 302 302 302 302 302", "200", "200"),
    "admin:logout": desk("logout/", BY_POST, SIGNED_IN, BY_POST),
    "admin:second_factor": desk("second-factor/", SIGNED_IN),
    "admin:password_reset": desk("password_reset/", "200", "200", "200"),
    "admin:password_reset_done": desk("password_reset/done/", "200", "405", "405"),
    "admin:password_reset_complete": desk("password_reset/complete/", "200", "405", "405"),
    "admin:password_reset_confirm": desk("password_reset/MQ/c0ffee-0/", "200", "200", "200"),
    "admin:password_change": desk("password_change/", SIGNED_IN),
    "admin:password_change_done": desk("password_change/done/", SIGNED_IN, BY_POST, BY_POST),
    "admin:autocomplete": desk(
        "autocomplete/?app_label=catalogue&model_name=practice&field_name=keywords&term=e",
        WITH_A_ROLE,
        BY_POST,
        BY_POST,
    ),
    "admin:jsi18n": desk("jsi18n/", SIGNED_IN, BY_POST, BY_POST),
    "admin:view_on_site": desk("r/{practice_type}/{record}/", NOT_FOUND),  # a draft has no page to lead to
    "admin:app_list": desk("catalogue/", "302 302 404 200 200 200 200 200 200 200"),
    "admin/(?P<url>.*)$": desk("nothing", NOT_FOUND),
    "admin:auth_user_password_change": desk("auth/user/{person}/password/", ACCOUNTS),
    "admin:catalogue_practice_changelist": desk("catalogue/practice/", WITH_A_ROLE),
    "admin:catalogue_practice_add": desk("catalogue/practice/add/", WHO_ADDS),
    "admin:catalogue_practice_change": desk("catalogue/practice/{record}/change/", ITS_FORM, ITS_TEXTS, ITS_FORM),
    "admin:catalogue_practice_history": desk("catalogue/practice/{record}/history/", ITS_HISTORY),
    "admin:catalogue_practice_compare": desk("catalogue/practice/{record}/compare/?from=1&to=1", ITS_HISTORY),
    "admin:catalogue_practice_delete": desk("catalogue/practice/{record}/delete/", EDITORIAL),
    "admin:catalogue_practice_move": desk("catalogue/practice/{record}/move/submit/", ITS_STEP, STEP_TAKEN, ITS_STEP),
    "admin:catalogue_practice_revise": desk("catalogue/practice/{record}/revise/", BY_POST, ANSWERED, BY_POST),
    "admin:catalogue_practice_verify": desk("catalogue/practice/{record}/verify/", BY_POST, ANSWERED, BY_POST),
    "admin:catalogue_practice_preview": desk("catalogue/practice/{record}/previews/", BY_POST, SHARED, BY_POST),
    "admin:catalogue_practice_revoke": desk("catalogue/practice/{record}/previews/revoke/", BY_POST, NOT_SAID, BY_POST),
    "admin:catalogue_practice_restore": desk("catalogue/practice/{record}/restore/1/", BY_POST, ANSWERED, BY_POST),
    "admin:catalogue_practice_keep_new": desk("catalogue/practice/add/keep/", WHO_ADDS, NUMBERLESS, BY_POST),
    "admin:catalogue_practice_forget_new": desk("catalogue/practice/add/forget/", BY_POST, FORGOTTEN, BY_POST),
    "admin:catalogue_practice_keep": desk("catalogue/practice/{record}/keep/", ITS_STEP, ITS_NUMBERLESS, BY_POST),
    "admin:catalogue_practice_forget": desk("catalogue/practice/{record}/forget/", BY_POST, ITS_FORGOTTEN, BY_POST),
    "admin:catalogue_practice_similar": desk(
        "catalogue/practice/similar/?title=registro", TRANSLATES, BY_POST, BY_POST
    ),
    "admin:catalogue_practice_translations": desk("catalogue/practice/translations/", TRANSLATES, BY_POST, BY_POST),
    "admin:catalogue_practice_texts": desk(
        "catalogue/practice/translations/texts.po?language=pt", TRANSLATES, BY_POST, BY_POST
    ),
    "admin:catalogue_practice_upload": desk("catalogue/practice/translations/upload/", BY_POST, TRANSLATES, BY_POST),
    "admin:catalogue_practice_uploaded": desk("catalogue/practice/translations/upload/{upload}/", NOT_THEIRS),
    "admin:catalogue_importrun_changelist": desk("catalogue/importrun/", EDITORIAL),
    "admin:catalogue_importrun_add": desk("catalogue/importrun/add/", EDITORIAL),
    "admin:catalogue_importrun_template": desk("catalogue/importrun/template.xlsx", EDITORIAL, BY_POST, BY_POST),
    "admin:catalogue_importrun_run": desk("catalogue/importrun/{run}/", EDITORIAL, BY_POST, BY_POST),
    "admin:catalogue_importrun_progress": desk("catalogue/importrun/{run}/progress.json", EDITORIAL, BY_POST, BY_POST),
    "admin:catalogue_importrun_result": desk("catalogue/importrun/{run}/result.csv", EDITORIAL, BY_POST, BY_POST),
    "admin:catalogue_importrun_step": desk("catalogue/importrun/{run}/step/check/", BY_POST, LED_BACK, BY_POST),
    "admin:catalogue_importrun_change": desk("catalogue/importrun/{run}/change/", LED_BACK, LED_BACK, LED_BACK),
    "admin:catalogue_importrun_history": desk("catalogue/importrun/{run}/history/", EDITORIAL),
    "admin:catalogue_importrun_delete": desk("catalogue/importrun/{run}/delete/", CLOSED),
    "admin/catalogue/importrun/<path:object_id>/": desk("catalogue/importrun/nothing/", "302"),
    "admin/catalogue/practice/<path:object_id>/": desk("catalogue/practice/{record}/", "302"),
}


def kept_by(app, model, pk, *, see, add, edit):
    """Return the rows of the six addresses that Django's admin gives a model."""
    place = f"{app}/{model}/"
    pages = {
        "changelist": desk(place, see),
        "add": desk(f"{place}add/", add),
        "history": desk(f"{place}{pk}/history/", see),
        "delete": desk(f"{place}{pk}/delete/", edit),
        "change": desk(f"{place}{pk}/change/", see, edit, see),
    }
    named = {f"admin:{app}_{model}_{name}": row for name, row in pages.items()}
    return {**named, f"admin/{place}<path:object_id>/": desk(f"{place}{pk}/", "302")}


DESK |= kept_by("auth", "user", "{person}", see=ACCOUNTS, add=ACCOUNTS, edit=ACCOUNTS)
DESK |= kept_by("catalogue", "auditentry", "{entry}", see=ACCOUNTS, add=CLOSED, edit=CLOSED)
for _app, _model in (
    ("networks", "network"),
    ("networks", "country"),
    ("networks", "source"),
    ("networks", "forum"),
    ("networks", "meeting"),
    ("networks", "commitment"),
    ("catalogue", "term"),
    ("catalogue", "reference"),
    ("catalogue", "edition"),
    ("catalogue", "synonymset"),
):
    DESK |= kept_by(_app, _model, "1", see=WITH_A_ROLE, add=EDITORIAL, edit=EDITORIAL)
DESK |= {
    "admin:catalogue_edition_change": desk("catalogue/edition/1/change/", WITH_A_ROLE, KEPT_AS_IT_IS, WITH_A_ROLE),
    "admin:catalogue_edition_move": desk("catalogue/edition/1/move/close/", ITS_STATE),
    "admin:catalogue_edition_propose": desk("catalogue/edition/1/propose/", ITS_CALL),
}
for _model in ("organisation", "contact"):
    DESK |= kept_by("catalogue", _model, "1", see=WITH_A_ROLE, add=WHO_ADDS, edit=EDITORIAL)

DESK |= kept_by("catalogue", "enquiry", "{question}", see=EDITORIAL, add=CLOSED, edit=EDITORIAL)
_place = "catalogue/adaptation/"
DESK |= {
    **kept_by("catalogue", "adaptation", "{adaptation}", see=WITH_A_ROLE, add=WHO_ADDS, edit=EDITORIAL),
    "admin:catalogue_adaptation_history": desk(f"{_place}{{adaptation}}/history/", ITS_HISTORY),
    "admin:catalogue_adaptation_change": desk(f"{_place}{{adaptation}}/change/", ITS_FORM, ITS_FIELDS, ITS_FORM),
    "admin:catalogue_adaptation_move": desk(f"{_place}{{adaptation}}/move/submit/", ITS_STEP, STEP_TAKEN, ITS_STEP),
    "admin:catalogue_enquiry_export": desk("catalogue/enquiry/questions.csv", EDITORIAL, BY_POST, BY_POST),
}

ROWS = {**PAGES, **DESK}


def patterns(resolver=None, route="", namespace=""):
    """Yield the name of every pattern of the resolver, with its namespace; the route of one that has no name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, here, pattern.namespace or namespace)
        elif pattern.name:
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name
        else:
            yield here


def expected(statuses, role):
    """Return the status a cell declares for a role."""
    codes = statuses.split()
    return int(codes[0] if len(codes) == 1 else codes[ROLES.index(role)])


def examples(country="PE"):
    """Return what the addresses of the table are filled in with: a draft of a country, a practice, an account."""
    from django.contrib.contenttypes.models import ContentType

    record = make_record(country=country)
    revisions.store_version(record)
    link = previews.create_link(record, by=make_editor("secretariat"))
    first, second = Practice.objects.published().order_by("code")[:2]
    return {
        "record": record.pk,
        "token": previews.addresses(link)[0][1].rstrip("/").rpartition("/")[2],
        "slug": first.slug,
        "code": first.code,
        "second": second.code,
        "person": make_editor().pk,
        "run": ImportRun.objects.create(file_name="x.csv", sha256="0" * 64, kind="csv", language="es").pk,
        "upload": TranslationUpload.objects.create(by=make_editor("secretariat"), language="pt", lines=[]).pk,
        "adaptation": make_adaptation(country=country, state=State.DRAFT).pk,
        "question": make_enquiry().pk,
        "entry": AuditEntry.objects.create(event=AuditEvent.EXPORT, subject="x").pk,
        "practice_type": ContentType.objects.get_for_model(Practice).pk,
    }


def person_of(role):
    """Return an account of a role; ``None`` for the anonymous."""
    if role == "anonymous":
        return None
    if role == "stranger":
        return get_user_model().objects.create(username="stranger")
    if role in ("own", "other"):
        return make_editor("focal_point", countries=["PE" if role == "own" else "CL"])
    return make_editor(None if role == "nobody" else role, translates=["pt"] if role == "translator" else ())

"""The same rows in a plain Django: models, a template for each page, facets counted by the ORM, nothing cached.

Filled by ``fill`` and served like the catalogue, from ``DATABASE_URL``: ``gunicorn benchmarks.plain_django``.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine
from django.urls import path

from benchmarks.dataset import rows_in
from benchmarks.questions import facts_of
from catalogue.server import env

settings.configure(
    SECRET_KEY="only for measuring, on the loopback address of this machine",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[__name__],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": env.database_setting("DATABASE_URL", default="sqlite://:memory:") | {"CONN_MAX_AGE": None}},
    MIDDLEWARE=["django.middleware.gzip.GZipMiddleware", "django.middleware.http.ConditionalGetMiddleware"],
)
django.setup()


class Term(models.Model):
    """A country, a network, a keyword or another thing that a practice is found by."""

    scheme = models.CharField(max_length=20, db_index=True)
    code = models.CharField(max_length=100, db_index=True)


class Practice(models.Model):
    slug = models.SlugField(max_length=200, unique=True)
    title_es, title_en, title_pt = (models.CharField(max_length=300) for _language in range(3))
    summary_es, summary_en, summary_pt = (models.TextField() for _language in range(3))
    description_es, description_en, description_pt = (models.TextField() for _language in range(3))
    scope = models.CharField(max_length=20, db_index=True)
    status = models.CharField(max_length=20, db_index=True)
    start, end = models.IntegerField(db_index=True), models.IntegerField(db_index=True)
    terms = models.ManyToManyField(Term)


class Link(models.Model):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="links")
    url = models.URLField(max_length=300)


FIELDS = ("scope", "status")
SCHEMES = ("country", "network", "keyword", "population", "gcm", "sdg")
HEAD = """<!doctype html><html lang="{{ language }}"><title>{{ practice.title }}</title>"""
PAGES = Engine()
LIST_PAGE = PAGES.from_string(
    HEAD
    + """<form>{% for name, counts in facets.items %}<fieldset><legend>{{ name }}</legend><ul>
{% for code, count in counts %}<li><label><input type="checkbox" name="{{ name }}" value="{{ code }}"> {{ code }}
({{ count }})</label></li>{% endfor %}</ul></fieldset>{% endfor %}</form><p role="status">{{ total }}</p>
{% for practice in practices %}<article><h2><a href="{{ practice.slug }}/">{{ practice.title }}</a></h2>
<p>{{ practice.summary }}</p><ul>{% for term in practice.terms.all %}<li>{{ term.code }}</li>{% endfor %}</ul></article>
{% endfor %}"""
)
PRACTICE_PAGE = PAGES.from_string(
    HEAD
    + """<h1>{{ practice.title }}</h1><p>{{ practice.summary }}</p>{{ practice.description|linebreaks }}
<p>{{ practice.scope }}, {{ practice.status }}, {{ practice.start }}</p>
<ul>{% for term in practice.terms.all %}<li><a href="../?{{ term.scheme }}={{ term.code }}">{{ term.code }}</a></li>
{% endfor %}</ul>
<ul>{% for link in practice.links.all %}<li><a href="{{ link.url }}">{{ link.url }}</a></li>{% endfor %}</ul>"""
)


def practice_list(request, language, word):
    """Twenty practices that have all that was asked for, with what each facet would give beside the other filters."""
    practices = listed(request.GET)
    facets = {name: counts(name, listed(request.GET, without=name)) for name in (*SCHEMES, *FIELDS)}
    shown = localized(practices.order_by("pk").prefetch_related("terms")[:20], language)
    context = {"practices": shown, "total": practices.count(), "facets": facets, "language": language}
    return HttpResponse(LIST_PAGE.render(Context(context)))


def practice_detail(request, language, word, slug):
    practice = get_object_or_404(Practice.objects.prefetch_related("terms", "links"), slug=slug)
    [practice] = localized([practice], language)
    return HttpResponse(PRACTICE_PAGE.render(Context({"practice": practice, "language": language})))


def listed(asked, without=""):
    """Return the practices for a query, but for one of its parameters."""
    practices = Practice.objects.all()
    for name in {*asked} - {without}:
        values = asked.getlist(name)
        if name in SCHEMES:
            having = Practice.terms.through.objects.filter(term__scheme=name, term__code__in=values)
            practices = practices.filter(pk__in=having.values("practice"))
        elif name in FIELDS:
            practices = practices.filter(**{f"{name}__in": values})
        elif name == "from":
            practices = practices.filter(end__gte=values[0]).exclude(status="planned")
        elif name == "to":
            practices = practices.filter(start__lte=values[0]).exclude(status="planned")
    for word in asked.get("q", "").split():
        texts = ("title_es", "summary_es", "description_es")
        practices = practices.filter(models.Q(*((f"{text}__icontains", word) for text in texts), _connector="OR"))
    return practices


def counts(name, practices):
    """Return ``(code, practices)`` of each choice of a facet."""
    if name in FIELDS:
        return practices.values_list(name).annotate(models.Count("pk")).order_by(name)
    terms = Term.objects.filter(scheme=name, practice__in=practices)
    return terms.values_list("code").annotate(models.Count("practice")).order_by("code")


def localized(practices, language):
    """Give practices their texts in a language."""
    for practice in practices:
        for text in ("title", "summary", "description"):
            setattr(practice, text, getattr(practice, f"{text}_{language[:2]}"))
    return practices


def fill(path, size):
    """Make the tables and store the first rows of a file."""
    with connection.schema_editor() as editor:
        for model in (Term, Practice, Link):
            editor.create_model(model)
    with transaction.atomic():
        store(path, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def store(path, size):
    terms, having, texts = {}, [], [field.name for field in Practice._meta.fields if field.name[-3:-2] == "_"]
    for row, fact in zip(rows_in(path, limit=size), facts_of(path, size), strict=True):
        plain = {"scope": fact.codes["scope"][0], "status": fact.codes["status"][0]}
        practice = Practice.objects.create(
            slug=fact.slug, start=fact.start, end=fact.end, **plain, **{name: row[name] for name in texts}
        )
        Link.objects.bulk_create(Link(practice=practice, url=url) for url in row["links"])
        for key in [(scheme, code) for scheme in SCHEMES for code in fact.codes[scheme]]:
            if key not in terms:
                terms[key] = Term.objects.create(scheme=key[0], code=key[1])
            having.append(Practice.terms.through(practice=practice, term=terms[key]))
    Practice.terms.through.objects.bulk_create(having, batch_size=2000)


urlpatterns = [
    path("<str:language>/<str:word>/", practice_list),
    path("<str:language>/<str:word>/<slug:slug>/", practice_detail),
]
application = get_wsgi_application()

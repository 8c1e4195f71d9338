"""Settings of the catalogue: values from the environment, each with a working local default.

The names are promised in README.md and listed in .env.example.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environ import Env

from catalogue.server import env
from catalogue.server.databases import is_sqlite, with_options
from catalogue.server.error_reports import report_errors_to

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / "var"  # everything a running site writes on this machine; ignored by git

# Where the site is reached

SITE_URL = env.site_url_setting("SITE_URL", default=f"http://127.0.0.1:{env.port_setting('PORT', default=8000)}")
SITE_HOST = urlsplit(SITE_URL).hostname
SECURE = SITE_URL.startswith("https://")
SECRET_KEY = env.secret_key("SECRET_KEY", LOCAL_DIR / "secret_key")
DEBUG = env.boolean_setting("DEBUG", default=False)
ALLOWED_HOSTS = env.list_setting("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", SITE_HOST])
CSRF_TRUSTED_ORIGINS = env.list_setting("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
ADMIN_PATH = env.path_setting("ADMIN_PATH", default="admin")

# What it is made of

INSTALLED_APPS = [
    "catalogue",  # first: its `loaddata` says in one sentence what is wrong with a fixture
    "networks",
    "modeltranslation",  # before the admin, as its documentation asks
    "catalogue.apps.CatalogueAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "catalogue.middleware.empty_body.empty_body_middleware",  # outermost: for every response
    "catalogue.middleware.request_id.request_id_middleware",  # before all that log
    "catalogue.middleware.client_address.client_address_middleware",
    "catalogue.middleware.metrics.MetricsMiddleware",
    "catalogue.middleware.security_headers.security_headers_middleware",  # also on static files and on errors
    "catalogue.middleware.url_length.url_length_middleware",  # before whatever repeats a URL
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "catalogue.middleware.compression.SelectiveGZipMiddleware",
    "catalogue.views.errors.ErrorPages",
    "catalogue.middleware.read_replica.ReadReplicaMiddleware",
    "catalogue.caching.etags.cached_response_middleware",
    "catalogue.middleware.anonymous_requests.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "catalogue.middleware.anonymous_requests.AuthenticationMiddleware",
    "catalogue.middleware.anonymous_requests.SecondFactorMiddleware",
    "catalogue.middleware.anonymous_requests.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "catalogue.editorial.privacy.audit_signals.middleware",
    "axes.middleware.AxesMiddleware",  # last, as its documentation asks
]

ROOT_URLCONF = "catalogue.urls"
WSGI_APPLICATION = "catalogue.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "catalogue.context_processors.site",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"environment": "catalogue.templatetags.jinja_environment.environment"},
    },
]

# Where data is stored

SQLITE_URL = f"sqlite:///{quote(str(LOCAL_DIR / 'catalogue.sqlite3'))}"
DATABASES = {"default": with_options(env.database_setting("DATABASE_URL", default=SQLITE_URL))}
if is_sqlite(DATABASES["default"]):
    LOCAL_DIR.mkdir(exist_ok=True)
if replica := env.replica_setting("DATABASE_REPLICA_URL", of=DATABASES["default"]):
    DATABASES["replica"] = with_options(replica)
    DATABASE_ROUTERS = ["catalogue.middleware.read_replica.ReadReplicaRouter"]
DATABASE_TIMEOUT = env.number_setting("DATABASE_TIMEOUT", default=10)  # seconds that a page waits for the database

CACHES = {
    "default": env.service_setting(
        "CACHE_URL", Env.cache_url_config, default="locmemcache://", example="redis://host:6379/0"
    )
}
CACHE_IS_SHARED = not CACHES["default"]["BACKEND"].endswith("LocMemCache")  # by several processes
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "catalogue.server.redis_cache.LenientRedisCache"
RESPONSE_CACHE_BYTES = env.number_setting("RESPONSE_CACHE_MB", default=64) * 2**20  # in each process
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

STATIC_URL = "static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Languages: the interface speaks Brazilian Portuguese, the columns are _es, _en and _pt

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English"), ("pt-br", "Português")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "catalogue.formats"
MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
MODELTRANSLATION_LANGUAGES = ("es", "en", "pt")
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("es", "en", "pt")}
TIME_ZONE = "UTC"

# Who may do what

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # also where the URL to return to is too long
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "catalogue.editorial.workflow.model_permissions.RoleBackend",  # says who may do what; it signs nobody in
]
CSRF_FAILURE_VIEW = "catalogue.views.errors.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds; the link of an e-mail
SECOND_FACTOR = env.choice_setting(  # who must have one: nobody, those who publish, everybody in the admin
    "SECOND_FACTOR", ("optional", "publishers", "required"), default="publishers" if SECURE else "optional"
)
OTP_TOTP_ISSUER = SITE_HOST
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a ministry behind one address is not locked out as a whole
AXES_CLIENT_IP_CALLABLE = "catalogue.server.rate_limit.client_address"  # the client, as every other limit counts it
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "catalogue.views.errors.too_many_attempts"
AXES_DISABLE_ACCESS_LOG = True  # the audit log records sign-ins, without addresses and names
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_ALLOWED_CORS_ORIGINS = SITE_URL

SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; then one signs in again
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # requested by the machine itself, over plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie for what the session can hold
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Background tasks

# whether manage.py db_worker executes them
WORKER = env.choice_setting("TASKS", ("immediate", "database"), default="immediate") == "database"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend" if WORKER else "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["files", "imports"],  # a long import delays no book
    }
}
WORK_IN_BACKGROUND = True  # without a worker: beside the request; tests do it in the request

# The API

API_REQUESTS_PER_MINUTE = 600  # from one subscriber, see catalogue/server/rate_limit.py; more are answered with 429
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "catalogue.api.problems.answer_to",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": _("Catalogue of practices"),
    "DESCRIPTION": _("Migration governance practices of the States of the South American Conference on Migration."),
    "VERSION": "1.0.0",
    "LICENSE": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
    "POSTPROCESSING_HOOKS": ["catalogue.api.schema.complete"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
}

# E-mail, logs and metrics

DEFAULT_FROM_EMAIL = env.text_setting("DEFAULT_FROM_EMAIL", default="catalogue@localhost")
vars().update(
    env.service_setting(
        "EMAIL_URL", Env.email_url_config, default="consolemail://", example="smtp+tls://user:password@host:587"
    )
)

EMAIL_TIMEOUT = 5  # seconds; a mail server that hangs must not keep an editor waiting

METRICS_TOKEN = env.text_setting("METRICS_TOKEN")  # with one, /metrics is served to who sends it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"},
        "json": {"()": "catalogue.server.json_logging.JsonFormatter"},
    },
    "filters": {"request_id": {"()": "catalogue.server.request_ids.RequestIdFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": env.choice_setting("LOG_FORMAT", ("text", "json"), default="text"),
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "ERROR"},  # it would log user names and addresses
    },
}

if SENTRY_DSN := env.text_setting("SENTRY_DSN"):  # errors are reported only where an operator sets it
    env.service_setting("SENTRY_DSN", report_errors_to, default=SENTRY_DSN, example="https://key@host/1")

# The catalogue itself

SITE_NAME = _("Catalogue of practices")
SECRETARIAT_CONTACT = "technical-secretariat"  # the Contact through which every office is reached
SECRETARIAT_EMAIL = "csmsecretariatecnica@iom.int"  # its e-mail address, for pages that may not read the database
SECURITY_CONTACT = env.text_setting("SECURITY_CONTACT", default=f"mailto:{SECRETARIAT_EMAIL}")  # in security.txt
PRACTICES_PER_PAGE = 20  # promised in the contract of URLs
QUERY_MAX_LENGTH = 200
QUESTIONS_PER_HOUR = 5  # that one subscriber may ask about practices, see catalogue/server/rate_limit.py
QUESTION_EMAILS_PER_HOUR = 20  # to the secretariat; further questions wait in the admin without an e-mail each
QUESTIONS_PER_HOUR_IN_ALL = 1000  # that are stored, so that nobody fills the disk; a few networks cannot reach it

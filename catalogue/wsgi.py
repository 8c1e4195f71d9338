"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from catalogue.server.databases import is_sqlite

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")

application = get_wsgi_application()

if not is_sqlite(settings.DATABASES["default"]):
    from catalogue.server.postgresql.statement_timeout import limit  # psycopg2, which SQLite does not need

    limit(settings.DATABASE_TIMEOUT)  # only where pages are served: a migration may take its time

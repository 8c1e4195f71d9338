"""The plainest page Django can serve, with the middleware of ``startproject``: what every other page is compared with.

Served like the catalogue: ``gunicorn benchmarks.hello:application``. ``HELLO_MIDDLEWARE=none`` leaves the middleware
out.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

STOCK = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello(request):
    return HttpResponse("Hello, world.")


urlpatterns = [path("", hello)]

settings.configure(
    SECRET_KEY="only for measuring, on the loopback address of this machine",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[] if os.environ.get("HELLO_MIDDLEWARE") == "none" else STOCK,
)

application = get_wsgi_application()

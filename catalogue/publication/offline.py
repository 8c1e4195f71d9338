"""The offline copy: the public catalogue as a folder of plain files that opens from a memory stick, without a server.

The pages are those of the site, requested as by a browser, with relative links between them. What needs a server keeps
its full URL: the permanent links of records and the services for programs.
"""

import os
import re
from html import escape, unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from catalogue.costly_files.generate import GENERATED_HERE
from catalogue.publication import offline_search

URL_ATTRIBUTE = re.compile(r'\b(href|src|action)="([^"]*)"')
STYLE_URL = re.compile(r"url\(([^)]+)\)")
SCRIPT = re.compile(r"<script(?![^>]*(?:ld\+json|data-offline)).*?</script>\s*", re.DOTALL)
NEEDS_A_SERVER = re.compile(
    r'<link rel="preload"[^>]*>\s*|<meta name="htmx-config"[^>]*>\s*'
    r'|<details class="menu">.*?</details>|<template.*?</template>'
    r'|<section class="panel noprint" aria-labelledby="mark">.*?</section>',
    re.DOTALL,
)
CANONICAL = re.compile(r'<link rel="(?:alternate|canonical)"[^>]*>')
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
FILES = ("pdf", "docx", "xlsx", "ods", "csv", "json", "jsonl", "jsonld", "bib", "ris", "zip")  # of the whole list
ONLINE = {"suggest", "practice_compare", "picked"}  # names of URLs that depend on what a reader has just entered


class OfflineSite:
    """Writes the catalogue into ``folder``.

    ``report`` is called with each path; ``without`` are extensions of files to leave out.
    """

    def __init__(self, folder, report=lambda path: None, without=()):
        self.folder, self.report, self.without = Path(folder), report, set(without)
        host = urlsplit(settings.SITE_URL)
        self.client = Client(SERVER_NAME=host.hostname, raise_request_exception=True, **{GENERATED_HERE: True})
        self.secure = host.scheme == "https"
        self.prefixes = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
        self.lists = self._lists()
        self.saved = {}  # URL path -> file inside the folder, or None where there is none
        self.to_link = []  # pages whose links are still those of the site

    def write(self):
        """Write every page and file that can be reached from the home pages."""
        for prefix in self.prefixes:
            self.saved_as(prefix)
        while self.to_link:
            self.link(self.to_link.pop())
        languages = [{"code": code, "name": name, "path": f"{code}/index.html"} for code, name in settings.LANGUAGES]
        context = {"languages": languages, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        self.save("index.html", [render_to_string("offline/index.html", context).encode()])

    def saved_as(self, url):
        """Return the file in the folder for a URL of the site, requested the first time; ``None`` without one."""
        if url not in self.saved:
            self.saved[url] = None  # a page may link to itself
            self.saved[url] = self._save_static(url) if url.startswith("/static/") else self._request(url)
        return self.saved[url]

    def _request(self, url):
        path = urlsplit(url).path
        if not self._is_included(path):
            return None
        self.report(url)
        if path in self.lists:
            return self._save_list(path)
        response = self.client.get(url, secure=self.secure)
        if response.status_code == 302:
            return self.saved_as(response["Location"])
        return self._save_page(file_for(url, response), response) if response.status_code in (200, 300) else None

    def _is_included(self, path):
        """Whether a path is one of the pages and files of the copy."""
        if not path.startswith(self.prefixes) or path.rpartition(".")[2] in self.without:
            return False
        with translation.override(path.split("/")[1]):  # a path is in the words of its language
            try:
                return resolve(path).url_name not in ONLINE
            except Http404:
                return False

    def _save_page(self, name, response):
        self.save(name, response)
        if name.endswith(".html"):
            self.to_link.append(name)
        return name

    def _save_list(self, path):
        """Save the list of all practices, with the search that needs no server."""
        name = f"{path.lstrip('/')}index.html"
        with translation.override(self.lists[path]):
            index = offline_search.offline_index()
            request = RequestFactory(SERVER_NAME=urlsplit(settings.SITE_URL).hostname).get(path)
            request.resolver_match = resolve(path)  # as a request that was served has it
            urls = [(kind.upper(), reverse("practice_list_file", args=[kind])) for kind in FILES]
            context = offline_search.list_context(index) | {"files": [pair for pair in urls if self.saved_as(pair[1])]}
            translation.activate(self.lists[path])  # requesting the files has changed it
            page = render_to_string("offline/practice_list.html", context, request)
        self.save(name, [page.encode()])
        self.save(f"{path.lstrip('/')}search-index.js", [offline_search.index_script(index).encode()])
        self.to_link.append(name)
        return name

    def _save_static(self, url):
        """Copy a static file, and what a style sheet imports."""
        name = unquote(urlsplit(url).path.removeprefix("/static/"))
        found = finders.find(name)
        content = Path(found).read_bytes() if found else staticfiles_storage.open(name).read()
        if name.endswith(".css"):
            for imported in STYLE_URL.findall(content.decode()):
                if not imported.strip("\"'").startswith("data:"):
                    self.saved_as(f"/static/{PurePosixPath(name).parent / imported.strip(chr(34))}")
        self.save(f"static/{name}", [content])
        return f"static/{name}"

    def save(self, name, chunks):
        """Write a file of the folder, piece by piece."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(chunks)

    def link(self, name):
        """Make the links of a page relative, and take out what needs a server."""
        page = (self.folder / name).read_text(encoding="utf-8")
        page = NEEDS_A_SERVER.sub("", SCRIPT.sub("", page))
        canonical_tags = CANONICAL.findall(page)
        page = CANONICAL.sub("\0", page)
        page = FORM.sub(lambda form: self._form(form.group()), page)
        page = URL_ATTRIBUTE.sub(lambda found: self._attribute(*found.groups(), name), page)
        for tag in canonical_tags:
            page = page.replace("\0", tag, 1)
        (self.folder / name).write_text(page, encoding="utf-8")

    def _attribute(self, attribute, value, name):
        """Return the attribute of a link, or nothing where its target needs a server: its text stays."""
        target = self.target(unescape(value), name)
        return "" if target is None else f'{attribute}="{escape(target)}"'

    def target(self, url, name):
        """Return the target of a link on the page ``name``; ``None`` where it needs a server."""
        parts = urlsplit(url.removeprefix(settings.SITE_URL) or "/")
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            return url
        if self.is_service(parts.path):
            return f"{settings.SITE_URL}{parts.geturl()}"
        saved = self.saved_as(without_query(parts))
        if saved is None or (parts.query and is_file(parts.path) and not is_volume(parts)):
            return None
        search = f"?{parts.query}" if parts.query and parts.path in self.lists else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{os.path.relpath(saved, PurePosixPath(name).parent)}{search}{fragment}"

    def is_service(self, path):
        """Whether a path outside the languages is one that programs and citations use permanently."""
        return not path.startswith((*self.prefixes, "/static/"))

    def _form(self, form):
        """Keep a search, which the list answers without a server; other forms need one."""
        tag = form[: form.index(">")]
        return form if "data-offline" in tag or any(f'action="{path}"' in tag for path in self.lists) else ""

    def _lists(self):
        """Return the paths of the lists with their languages."""
        lists = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                lists[reverse("practice_list")] = code
        return lists


def is_file(path):
    """Whether a path is that of a file and not of a page."""
    return not path.endswith("/")


def is_volume(parts):
    """Whether the parts of a URL are those of a volume of the book."""
    return parts.query.startswith("volume=")


def without_query(parts):
    """Return a URL without a query that needs a server."""
    return f"{parts.path}?{parts.query}" if is_volume(parts) else parts.path


def file_for(url, response):
    """Return the name of the file in which a response is saved."""
    parts = urlsplit(url)
    name = unquote(parts.path).lstrip("/")
    if response["Content-Type"].startswith("text/html"):
        return f"{name}.html" if is_file(name) else f"{name}index.html"
    stem, _dot, extension = name.rpartition(".")
    return f"{stem}-{parts.query.removeprefix('volume=')}.{extension}" if parts.query else name

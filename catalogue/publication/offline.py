"""The public catalogue as a folder of plain files that opens from a memory stick, without a server.

The site is asked for its own pages, as a browser would; every link between them is made relative. What only a server
can answer keeps its full address: the permanent links of records and the services for programs.
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

from catalogue.costly_files.generate import MADE_HERE
from catalogue.publication import offline_search

ADDRESS = re.compile(r'\b(href|src|action)="([^"]*)"')
STYLE_ADDRESS = re.compile(r"url\(([^)]+)\)")
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
ONLINE = {"suggest", "practice_compare", "picked"}  # names of addresses that answer what a reader has just asked


class OfflineSite:
    """Writes the catalogue into ``folder``.

    ``report`` is told each address; ``without`` names extensions of files to leave out.
    """

    def __init__(self, folder, report=lambda address: None, without=()):
        self.folder, self.report, self.without = Path(folder), report, set(without)
        host = urlsplit(settings.SITE_URL)
        self.client = Client(SERVER_NAME=host.hostname, raise_request_exception=True, **{MADE_HERE: True})
        self.secure = host.scheme == "https"
        self.prefixes = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
        self.lists = self._lists()
        self.placed = {}  # address -> file inside the folder, or None where there is none
        self.to_link = []  # pages whose links are still those of the site

    def write(self):
        """Write every page and file that can be reached from the home pages."""
        for prefix in self.prefixes:
            self.place(prefix)
        while self.to_link:
            self.link(self.to_link.pop())
        languages = [{"code": code, "name": name, "path": f"{code}/index.html"} for code, name in settings.LANGUAGES]
        context = {"languages": languages, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        self.save("index.html", [render_to_string("offline/index.html", context).encode()])

    def place(self, address):
        """Return where a page or file of the site stands in the folder, asking for it the first time."""
        if address not in self.placed:
            self.placed[address] = None  # a page may point to itself
            self.placed[address] = self._static(address) if address.startswith("/static/") else self._asked(address)
        return self.placed[address]

    def _asked(self, address):
        path = urlsplit(address).path
        if not self._is_kept(path):
            return None
        self.report(address)
        if path in self.lists:
            return self._list(path)
        response = self.client.get(address, secure=self.secure)
        if response.status_code == 302:
            return self.place(response["Location"])
        return self._kept(file_for(address, response), response) if response.status_code in (200, 300) else None

    def _is_kept(self, path):
        """Whether an address is one of the pages and files of the copy."""
        if not path.startswith(self.prefixes) or path.rpartition(".")[2] in self.without:
            return False
        with translation.override(path.split("/")[1]):  # the words of an address are those of its language
            try:
                return resolve(path).url_name not in ONLINE
            except Http404:
                return False

    def _kept(self, name, response):
        self.save(name, response)
        if name.endswith(".html"):
            self.to_link.append(name)
        return name

    def _list(self, path):
        """Write the list of all practices, with the search that needs no server."""
        name = f"{path.lstrip('/')}index.html"
        with translation.override(self.lists[path]):
            index = offline_search.index()
            request = RequestFactory(SERVER_NAME=urlsplit(settings.SITE_URL).hostname).get(path)
            request.resolver_match = resolve(path)  # as a request that was served has it
            addresses = [(kind.upper(), reverse("practice_list_file", args=[kind])) for kind in FILES]
            context = offline_search.context(index) | {"files": [pair for pair in addresses if self.place(pair[1])]}
            translation.activate(self.lists[path])  # asking for the files has changed it
            page = render_to_string("offline/practice_list.html", context, request)
        self.save(name, [page.encode()])
        self.save(f"{path.lstrip('/')}search-index.js", [offline_search.script(index).encode()])
        self.to_link.append(name)
        return name

    def _static(self, address):
        """Copy a file of the design, and what a style sheet asks for."""
        name = unquote(urlsplit(address).path.removeprefix("/static/"))
        found = finders.find(name)
        content = Path(found).read_bytes() if found else staticfiles_storage.open(name).read()
        if name.endswith(".css"):
            for asked in STYLE_ADDRESS.findall(content.decode()):
                if not asked.strip("\"'").startswith("data:"):
                    self.place(f"/static/{PurePosixPath(name).parent / asked.strip(chr(34))}")
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
        kept = CANONICAL.findall(page)
        page = CANONICAL.sub("\0", page)
        page = FORM.sub(lambda form: self._form(form.group()), page)
        page = ADDRESS.sub(lambda found: self._attribute(*found.groups(), name), page)
        for tag in kept:
            page = page.replace("\0", tag, 1)
        (self.folder / name).write_text(page, encoding="utf-8")

    def _attribute(self, attribute, value, name):
        """Return the attribute of a link, or nothing where it has nowhere to go: its words stay."""
        target = self.target(unescape(value), name)
        return "" if target is None else f'{attribute}="{escape(target)}"'

    def target(self, address, name):
        """Return what a link of the page ``name`` becomes; ``None`` where it needs a server."""
        parts = urlsplit(address.removeprefix(settings.SITE_URL) or "/")
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            return address
        if self.is_service(parts.path):
            return f"{settings.SITE_URL}{parts.geturl()}"
        placed = self.place(without_query(parts))
        if placed is None or (parts.query and is_file(parts.path) and not is_volume(parts)):
            return None
        search = f"?{parts.query}" if parts.query and parts.path in self.lists else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{os.path.relpath(placed, PurePosixPath(name).parent)}{search}{fragment}"

    def is_service(self, path):
        """Whether an address outside the languages is one that programs and citations use for good."""
        return not path.startswith((*self.prefixes, "/static/"))

    def _form(self, form):
        """Keep a search, which the list answers without a server; other forms need one."""
        tag = form[: form.index(">")]
        return form if "data-offline" in tag or any(f'action="{path}"' in tag for path in self.lists) else ""

    def _lists(self):
        """Return the addresses of the lists with their languages."""
        lists = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                lists[reverse("practice_list")] = code
        return lists


def is_file(path):
    """Whether an address is that of a file and not of a page."""
    return not path.endswith("/")


def is_volume(parts):
    """Whether an address is that of a volume of the book."""
    return parts.query.startswith("volume=")


def without_query(parts):
    """Return an address without what only a server could answer."""
    return f"{parts.path}?{parts.query}" if is_volume(parts) else parts.path


def file_for(address, response):
    """Return the name of the file in which an answer is kept."""
    parts = urlsplit(address)
    name = unquote(parts.path).lstrip("/")
    if response["Content-Type"].startswith("text/html"):
        return f"{name}.html" if is_file(name) else f"{name}index.html"
    stem, _dot, extension = name.rpartition(".")
    return f"{stem}-{parts.query.removeprefix('volume=')}.{extension}" if parts.query else name

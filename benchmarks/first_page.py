"""What the first page after an edit costs: ``python -m benchmarks.first_page`` at the database of ``DATABASE_URL``.

Another title of a practice is saved before each page, and the old one at the end. Prints ``{page: seconds of
processor}`` as JSON: of this process, which has answered every page twice before.
"""

import json
import logging
import os
import subprocess
import sys
import time

from benchmarks.dataset import ROOT
from benchmarks.limits import PAGES
from benchmarks.servers import environment

NOT_OF_PEOPLE = ("API", "feed", "harvest", "sitemap")  # what begins so is read by programs
SIGN = " (revisada)"


def after_edits(address):
    """Return ``{page: seconds of processor}`` of the first page after an edit, as another process finds them."""
    command = [sys.executable, "-m", "benchmarks.first_page"]
    variables = environment(DATABASE_URL=address)
    done = subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    import django  # it reads the environment

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings
    from django.test import Client

    from benchmarks.limits import examples
    from catalogue.models import Practice

    settings.ALLOWED_HOSTS = ["testserver"]
    client, some = Client(), examples()
    practice = Practice.objects.get(code=some["code"])
    pages = {name: url.format(n=0, **some) for name, url in PAGES.items() if not name.startswith(NOT_OF_PEOPLE)}
    pages = {name: url for name, url in pages.items() if client.get(url).status_code != 404}  # few have no fifth page
    for url in pages.values():
        asked(client, url)
    title = practice.title_es
    try:
        seconds = {}
        for number, (name, url) in enumerate(pages.items()):
            practice.title_es = f"{title}{SIGN} {number}"
            practice.save()
            seconds[name], page = asked(client, url)
            if name == "practice" and practice.title_es not in page:
                sys.exit("The page of the practice does not show its new title.")
    finally:
        practice.title_es = title
        practice.save()
    print(json.dumps(seconds))


def asked(client, url):
    """Ask for a page; return the seconds of processor and its text."""
    start = time.process_time()
    answer = client.get(url)
    page = answer.getvalue().decode()
    if answer.status_code != 200:
        sys.exit(f"{url} was answered {answer.status_code}.")
    return time.process_time() - start, page


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    main()

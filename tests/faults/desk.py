"""An editor at the desk of a running site. ``python -m tests.faults.desk NUMBER STATE`` makes her and records."""

import json
import os
import re
import subprocess
import sys

import requests

from tests.faults.servers import ROOT, environment

HIDDEN = re.compile(r'name="(seen|csrfmiddlewaretoken)" value="([^"]*)"')


class Editor:
    """Somebody of the secretariat, signed in, with records in one state."""

    def __init__(self, site, database, *, records=1, state="in_review"):
        command = [sys.executable, "-m", "tests.faults.desk", str(records), state]
        made = subprocess.run(
            command, cwd=ROOT, env=environment(DATABASE_URL=database), check=True, capture_output=True, text=True
        )
        made = json.loads(made.stdout)
        self.site, self.records, self.colleague = site, made["records"], made["colleague"]
        self.browser = requests.Session()
        self.browser.cookies.set("sessionid", made["session"])

    def open(self, path, data=None):
        """Return status and text of a page, after its redirects."""
        method = "GET" if data is None else "POST"
        answer = self.browser.request(method, self.site.url + path, data=data, timeout=60)
        return answer.status_code, answer.text

    def take(self, record, move, **fields):
        """Take a step of the workflow as a browser would; return status and text of the page after it."""
        path = f"/admin/catalogue/practice/{record}/move/{move}/"
        _status, form = self.open(path)
        return self.open(path, {**dict(HIDDEN.findall(form)), "note": "", **fields})


def main(number, state):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tests.desk import make_editor, make_record

    editor, colleague = make_editor("secretariat"), make_editor("focal_point", countries=["PE"])
    records = [
        make_record(state=state, country="PE", created_by=colleague, submitted_by=colleague).pk
        for _record in range(number)
    ]
    session = SessionStore()
    session[SESSION_KEY] = str(editor.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
    session.save()
    print(json.dumps({"session": session.session_key, "records": records, "colleague": colleague.email}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    import django

    django.setup()
    main(int(sys.argv[1]), sys.argv[2])

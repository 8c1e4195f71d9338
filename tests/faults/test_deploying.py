"""Every command of docs/deploying.md, typed in its order in a clean Debian: from nothing to a site, from 1.0.0 to this.

PostgreSQL, Redis, nginx with TLS, sudo and the commands are real; systemctl.py beside this file stands in for systemd.
"""

import json
import re
import shlex
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from tests import deploying
from tests.faults.debian import ADMINISTRATOR, CERTIFICATES, Debian, Failed
from tests.faults.servers import ROOT
from tests.programs import lacking
from tests.waiting import allowed, until

FIRST, COMMIT_OF_FIRST = "1.0.0", "ae0588e"  # the first release, and where it is in a repository without its tag
THIS = "this"  # the tag that the code here gets in the repository of the test
REPOSITORY = "/srv/repository.git"
SITE = "/srv/catalogue/site"
ENVIRONMENT = "/etc/catalogue/environment"
BACKUPS = "/var/backups/catalogue"
WORDS = {
    "ADDRESS-OF-THE-REPOSITORY": f"file://{REPOSITORY}",
    "RELEASE": THIS,
    "PREVIOUS": FIRST,
    "PASSWORD": "first4password",
    "NEW-PASSWORD": "second4password",
}
ASKED = {  # what a person types when a command asks
    "apt-get install": "y\n",
    "createuser --pwprompt": "PASSWORD\nPASSWORD\n",
    "\\password": "NEW-PASSWORD\nNEW-PASSWORD\n",
}
REACHES_FOR_PACKAGES = ("apt-get", "-m pip install")
REFUSED = {"start catalogue-task@check_links": "Ningún servidor respondió"}  # there is no way to the internet
STARTED = ("postgresql", "redis-server", "nginx")  # by Debian, when it installs them


class Typist:
    """Types the commands of the page, and keeps what they wrote."""

    def __init__(self, debian):
        self.debian, self.words, self.written, self.counted = debian, dict(WORDS), [], Counter()
        self.sections = {}
        for command in deploying.commands():
            self.sections.setdefault(command.section, []).append(command)
        self.left = set(self.sections)

    def section(self, title, **words):
        """Type a section, with what its words in capitals stand for; return what its commands wrote."""
        self.words |= {name.replace("_", "-"): word for name, word in words.items()}
        began, start = len(self.written), time.monotonic()
        for command in self.sections[title]:
            self.counted["marked" if command.not_run else "typed"] += title in self.left
            if not command.not_run:
                self.type(command)
        self.left.discard(title)
        print(f"== {title}: {len(self.written) - began} commands, {time.monotonic() - start:.0f} s")
        return "".join(said for _text, said in self.written[began:])

    def type(self, command):
        """Type one command, or write one file."""
        text, folder = self.filled(command.text), self.filled(command.folder)
        print(f"[line {command.line}] {command.who}: {text}", flush=True)
        if command.who == "file":
            self.debian.write(folder, text)
            said = ""
        elif command.who == "crontab of":
            said = self.debian.run(of_cron(text), who=folder, folder="/srv/catalogue")
        else:
            said = self.shell(text, who=ADMINISTRATOR if command.who == "administrator" else command.who, folder=folder)
        print(said[-2000:])
        self.written.append((text, said))

    def shell(self, text, **options):
        """Run a line of the shell as somebody types it, who answers what is asked."""
        options["answers"] = self.filled("".join(answer for part, answer in ASKED.items() if part in text))
        options["network"] = any(part in text for part in REACHES_FOR_PACKAGES)
        if sentence := next((sentence for part, sentence in REFUSED.items() if part in text), None):
            with pytest.raises(Failed, match=sentence) as refused:
                self.debian.run(text, **options)
            return str(refused.value)
        said = self.debian.run(text, **options)
        if "apt-get install" in text:
            said += "".join(self.debian.run(f"service {name} start") for name in STARTED)
        return said

    def filled(self, text):
        """Put what they stand for in the place of the words in capitals."""
        names = "|".join(sorted(self.words, key=len, reverse=True))
        return re.sub(rf"(?<![A-Z_-])({names})(?![A-Z_=-])", lambda found: self.words[found[1]], text)

    def said(self, part):
        """Return what the last command wrote in which a text stands."""
        return next(said for text, said in reversed(self.written) if part in text)


def of_cron(line):
    """Return the command of a line of cron, as cron hands it to the shell."""
    return line.strip().split(maxsplit=5)[5].replace("\\%", "%")


@pytest.fixture
def debian(tmp_path):
    """A clean Debian with the repository, and with a certificate that it trusts."""
    with Debian(tmp_path) as debian:
        bring_the_repository(debian)
        bring_a_certificate(debian)
        yield debian


def bring_the_repository(debian):
    """Copy the repository with two tags: the first release, and the code as it lies here."""
    target = debian.inside(REPOSITORY)
    git("clone", "--quiet", "--bare", f"file://{ROOT}", str(target))
    changed = git("-c", "user.name=test", "-c", "user.email=test@example.org", "stash", "create")
    git("push", "--quiet", str(target), f"{changed or git('rev-parse', 'HEAD')}:refs/tags/{THIS}")
    if FIRST not in git("tag", cwd=target).split():
        if subprocess.run(["git", "cat-file", "-e", COMMIT_OF_FIRST], cwd=target, check=False).returncode:
            lacking(f"The history of the repository is not here, so an upgrade from {FIRST} cannot be tried.")
        git("tag", FIRST, COMMIT_OF_FIRST, cwd=target)


def git(*arguments, cwd=ROOT):
    return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def bring_a_certificate(debian):
    authority = trustme.CA()
    certificate = authority.issue_cert("catalogue.example.org")
    debian.inside("/etc/ssl/catalogue").mkdir()
    chain = "".join(part.bytes().decode() for part in certificate.cert_chain_pems)
    debian.write("/etc/ssl/catalogue/fullchain.pem", chain)
    debian.write("/etc/ssl/catalogue/privkey.pem", certificate.private_key_pem.bytes().decode(), 0o600)
    with debian.inside(CERTIFICATES).open("ab") as trusted:
        trusted.write(authority.cert_pem.bytes())


def test_every_command_of_the_page_works_in_a_clean_debian(debian):
    typist, start = Typist(debian), time.monotonic()
    install(typist)
    do_the_regular_tasks(typist)
    install_the_first_release(typist)
    upgrade(typist)
    go_back_and_forward(typist)
    back_up(typist)
    restore(typist)
    rotate(typist)
    watch(typist)
    typist.section("When something is wrong")
    for title in sorted(typist.left):
        assert typist.section(title) == "", "a section with commands that nothing here expects"
    assert read(debian, seconds=1) == {"200"}
    print(f"== all: {dict(typist.counted)}, {time.monotonic() - start:.0f} s")


def install(typist):
    debian = typist.debian
    key, token = (random_text(typist) for _word in ("KEY", "TOKEN"))
    typist.section("One host, from nothing to running", KEY=key, TOKEN=token)
    assert len(typist.said("token_urlsafe").strip()) >= 50  # what ``check --deploy`` wants of a key
    assert "no issues" in typist.said("check --deploy")
    assert "catalogue" not in typist.said("systemd-analyze verify")
    assert debian.run(f"stat --format '%a %G' {ENVIRONMENT}") == "640 catalogue\n"
    assert not debian.inside(
        f"/srv/catalogue/releases/{THIS}/var/secret_key"
    ).exists()  # it has that of the environment
    assert typist.said("127.0.0.1:8000/readyz").endswith("ready\n")
    assert typist.said("https://catalogue.example.org/healthz").endswith("ok\n")
    sign_in(typist)


def random_text(typist):
    """Return what the page's command for it prints; it needs Python alone, so this machine's does."""
    (command,) = [one.text for one in typist.sections["One host, from nothing to running"] if "secrets" in one.text]
    return subprocess.run(shlex.split(command), check=True, capture_output=True, text=True).stdout.strip()


def sign_in(typist):
    """Come in by https with the password that ``prepare`` printed last."""
    password = re.search("Administrator “admin”, password “(.+?)”", typist.said("prepare --administrator")).group(1)
    assert visitor(typist.debian, "sign-in", "admin", password).startswith("200 ")
    assert visitor(typist.debian, "is-signed-in") == "200 yes"


def visitor(debian, *arguments):
    return debian.run(f"visitor {' '.join(arguments)}", who=ADMINISTRATOR).strip()


def do_the_regular_tasks(typist):
    debian = typist.debian
    account = "createsuperuser --noinput --username leaver --email leaver@example.org"
    debian.run(f".venv/bin/python manage.py {account}", who="catalogue", folder=SITE)
    typist.section("Regular tasks", NAME="leaver")
    assert "Nothing was changed" in typist.said("--dry-run")
    assert "Erased" in typist.said("erase_person leaver")
    (made,) = debian.run(f"stat --format '%a %U' {BACKUPS}/*").splitlines()
    assert made == "600 catalogue"


def install_the_first_release(typist):
    """Begin anew with the first release, as its own page said; its nginx needed a folder that it did not make."""
    debian = typist.debian
    debian.run("systemctl stop catalogue && service nginx stop && rm -r /srv/catalogue/releases /srv/catalogue/site")
    debian.run("rm -r /etc/nginx/catalogue /etc/nginx/sites-enabled/catalogue && mkdir -p /var/cache/nginx")
    debian.run("rm -r /etc/systemd/system/catalogue* /run/units/*.wants")
    (createdb,) = [text for text, _said in typist.written if "createdb" in text]
    debian.run(f"sudo -u postgres dropdb catalogue && {createdb}")
    page = git("show", f"{COMMIT_OF_FIRST}:docs/deploying.md")
    blocks = [block.replace("\\\n", "") for block in re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)]
    clone, make, start = (
        next(block for block in blocks if part in block) for part in ("git clone", "ln -s /etc", "cp deploy/systemd")
    )
    (clone,) = [line for line in clone.splitlines() if "git clone" in line]
    steps = [(clone.replace("git clone", f"git clone --branch {FIRST}"), ADMINISTRATOR, "/")]
    steps += [(line, "catalogue", SITE) for line in make.splitlines()]
    steps += [(line, ADMINISTRATOR, SITE) for line in ("sudo service nginx start", *start.splitlines())]
    for text, who, folder in steps:
        print(f"[{FIRST}] {who}: {text}", flush=True)
        typist.written.append((text, typist.shell(typist.filled(text), who=who, folder=folder)))
    debian.run("service nginx restart")  # it was there before 1.0.0 now
    assert not debian.inside(SITE).is_symlink()
    sign_in(typist)


def upgrade(typist):
    with reading(typist.debian) as answers, repeating(typist.debian, "publish_due") as ended:
        typist.section("Upgrade")
    print(f"== answers during the upgrade: {answers}; task of every minute: {ended}")
    assert statuses(answers) == {"200"}
    assert ended.keys() == {"0"}
    serves(typist.debian, THIS)
    assert visitor(typist.debian, "is-signed-in") == "200 yes"


def go_back_and_forward(typist):
    with reading(typist.debian) as answers:
        typist.section("Go back", PREVIOUS=FIRST)
        serves(typist.debian, FIRST)
    print(f"== answers while going back: {answers}")
    assert statuses(answers) <= {"200", "503"}
    assert typist.debian.run("curl --fail http://127.0.0.1:8000/readyz").endswith("ready\n")
    typist.section("Go back", PREVIOUS=THIS)
    serves(typist.debian, THIS)


def serves(debian, release):
    """Hold that a release is the one that serves, whole and ready."""
    assert debian.run(f"readlink {SITE}") == f"releases/{release}\n"
    folders = debian.run("readlink /proc/[0-9]*/cwd", check=False).split()
    assert {folder for folder in folders if folder.startswith("/srv/")} == {f"/srv/catalogue/releases/{release}"}
    assert read(debian, seconds=1) == {"200"}


@contextmanager
def reading(debian):
    """Have somebody read; yield what will hold the number of answers of each status for each page."""
    file, found = "/var/tmp/answers", {}
    with beside(debian, f"visitor read {file}", file):
        until(debian.inside(f"{file}.count").exists)
        yield found
    found.update(json.loads(debian.inside(file).read_text()))


@contextmanager
def repeating(debian, task):
    """Start a task again and again, as its timer would; yield what will hold how often it ended with each code."""
    file, found = "/var/tmp/repeated", Counter()
    again = f"systemctl start catalogue-task@{task}; echo $? >> {file}; sleep 2"
    with beside(debian, f"until [ -e {file}.stop ]; do {again}; done", file):
        yield found
    found.update(debian.inside(file).read_text().split())


@contextmanager
def beside(debian, text, file):
    """Run a line of the shell that ends by itself when there is a file ``.stop``."""
    for old in debian.inside(file).parent.glob(f"{Path(file).name}*"):
        old.unlink()
    process = subprocess.Popen(debian.entered("bash", "-c", text))
    try:
        yield
    finally:
        debian.inside(f"{file}.stop").touch()
        process.wait(timeout=allowed(90))


def read(debian, seconds):
    with reading(debian) as answers:
        time.sleep(seconds)
    return statuses(answers)


def statuses(answers):
    return {status for of_page in answers.values() for status in of_page}


def back_up(typist):
    typist.section("Back up")
    assert len(typist.debian.run(f"ls {BACKUPS}/by-hand.backup {BACKUPS}/catalogue-$(date +%F).backup").split()) == 2


def restore(typist):
    debian = typist.debian
    account = "createsuperuser --noinput --username later --email later@example.org"
    debian.run(f".venv/bin/python manage.py {account}", who="catalogue", folder=SITE)
    typist.section("Restore", FILE=f"{BACKUPS}/by-hand.backup")
    assert typist.said("--database postgres").startswith("Restored: ")
    for database in ("catalogue", "catalogue_trial"):
        assert ask_the_database(debian, "SELECT string_agg(username, ' ') FROM auth_user", database) == "admin"
        assert ask_the_database(debian, "SELECT count(*) > 0 FROM catalogue_practice", database) == "t"
    assert visitor(debian, "is-signed-in") == "200 no"
    until(lambda: read(debian, seconds=1) == {"200"})


def ask_the_database(debian, question, database):
    psql = f"psql --tuples-only --no-align --dbname {database} --command {shlex.quote(question)}"
    return debian.run(psql, who="postgres").strip()


def rotate(typist):
    debian, old = typist.debian, typist.words["PASSWORD"]
    sign_in(typist)
    typist.section("Rotate secrets", KEY=random_text(typist), NAME="admin")
    typist.words["PASSWORD"] = typist.words["NEW-PASSWORD"]
    assert debian.run(f"stat --format '%a %G' {ENVIRONMENT}") == "640 catalogue\n"
    until(lambda: read(debian, seconds=1) == {"200"})
    assert visitor(debian, "is-signed-in") == "200 no"
    sign_in(typist)
    with pytest.raises(Failed, match="password authentication failed"):
        debian.run(f"psql postgres://catalogue:{old}@127.0.0.1/catalogue --command 'SELECT 1'")


def watch(typist):
    headers = typist.debian.run("curl --silent --head https://catalogue.example.org/en/nothing/")
    name = re.search(r"x-request-id: (\S+)", headers, re.IGNORECASE).group(1)
    typist.section("Watch", ID=name)
    assert name in typist.said("grep")
    assert name in typist.debian.run("cat /var/log/nginx/catalogue.log")
    assert "catalogue_answers_seconds_count{" in typist.said("/metrics")

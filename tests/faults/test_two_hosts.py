"""Two web hosts, PostgreSQL with a replica, Redis and nginx, each a host of its own: one after the other is lost.

Each is lost in two ways while readers read and an editor publishes: all its processes are killed, of which its kernel
tells the others, or it is unplugged, of which nobody tells. The last test prints what happened as a table:
``python -m pytest tests/faults/test_two_hosts.py -s``. nginx is not lost: there is one, and what it costs is known.
"""

import re
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
import requests

from tests.faults.desk import HIDDEN, Editor
from tests.faults.hosts import NETWORK, Network
from tests.faults.servers import ROOT, Postgres, Site, ask, caught_up, environment, manage, nginx, redis
from tests.programs import needed
from tests.waiting import allowed, until

PASSWORD = "only-in-these-namespaces"
PAGES = (
    "/es/",
    "/en/practices/?country=PE",
    "/p/CSM-2023-001/",
    "/pt-br/praticas/?q=educa%C3%A7%C3%A3o",
    "/es/practicas.csv",
    "/api/v1/practices/?page_size=100",
    "/en/coverage/",
    "/p/CSM-2023-002/",
)
READERS = 4
READS_AFTER = 0.15  # seconds; nginx lets one address ask thirty times a second
EDITS_AFTER = 1
TOO_LONG = 10  # seconds; a reader has gone by then
NGINX_ASKS_AGAIN_AFTER = 5  # seconds, as shipped
AWAY = {"killed": 6, "unplugged": 12}  # seconds
SERVICES = ("primary", "replica", "redis")
WEBS = ("web1", "web2")
OUT_OF_SERVICE = "El catálogo no está disponible en este momento"
CONFIGURED = {  # as docs/deploying.md says
    "pg_hba.conf": f"""
hostssl catalogue catalogue {NETWORK}.0/24 scram-sha-256
hostssl replication replicator {NETWORK}.0/24 scram-sha-256
""",
    "postgresql.conf": """
ssl = on
wal_keep_size = 128MB
wal_sender_timeout = 10s
wal_receiver_timeout = 10s
""",
}
MADE = (
    f"ALTER ROLE catalogue PASSWORD '{PASSWORD}'",
    f"CREATE ROLE replicator REPLICATION LOGIN PASSWORD '{PASSWORD}'",
    "CREATE DATABASE catalogue",
)
HOLDS_THE_VERSION = """
import time, catalogue.wsgi
from django.db import transaction
from catalogue.models.version import bump
with transaction.atomic():
    bump()
    print("held", flush=True)
    time.sleep(600)
"""
COLUMNS = (
    "lost",
    "readers’ requests",
    "errors",
    "longest answer, s",
    "longest time without any answer, s",
    "the editor’s steps: taken, refused",
    "longest time without a step taken, s",
    "all in use again after the return, s",
)


class Place:
    """All the hosts, and what runs on them."""

    def __init__(self, network, folder):
        self.client, front, *others = [network.add(name) for name in ("client", "front", *WEBS, *SERVICES)]
        folders = {}
        for host in (front, *others):
            folders[host.name] = Path(folder, host.name)
            folders[host.name].mkdir()
        web1, web2, primary, replica, cache = others
        self.primary, self.replica = (Postgres(str(folders[host.name]), host) for host in (primary, replica))
        self.redis = redis(folders["redis"], cache, "--requirepass", PASSWORD)
        self.web1, self.web2 = (
            Site(folders[host.name] / "log", workers=2, host=host, ALLOWED_HOSTS=f"{front.address},{host.address}")
            for host in (web1, web2)
        )
        self.front = nginx(folders["front"], self.web1, self.web2, host=front, forgets_in=f"{NGINX_ASKS_AGAIN_AFTER}s")
        for line in Path(ROOT, "deploy", "sysctl.conf").read_text().splitlines():
            if line and not line.startswith("#"):
                front.set_kernel(*line.split(" = "))

    def start(self):
        """Start everything in the order of the document."""
        configure(self.primary.create())
        self.primary.start()
        for statement in MADE:
            self.primary.query(statement)
        with self.web1.host.inside():
            manage("prepare", DATABASE_URL=address_of(self.primary))
        self.copy()
        self.redis.start()
        for name in WEBS:
            self.start_web(name)
        self.front.start()
        with self.web1.host.inside():
            self.editor = Editor(self.front, address_of(self.primary), records=160)
        self.records = iter(self.editor.records)

    def copy(self):
        """Make the replica from the primary."""
        who = f"host={self.primary.host.address} port={self.primary.port} user=replicator password={PASSWORD}"
        self.replica.copy_of(f"{who} sslmode=require")
        self.replica.start()

    def start_web(self, name):
        """Start a web host with the addresses of the others."""
        site = getattr(self, name)
        site.environment |= {
            "DATABASE_URL": address_of(self.primary),
            "DATABASE_REPLICA_URL": address_of(self.replica),
            "CACHE_URL": f"redis://:{PASSWORD}@{self.redis.host.address}:{self.redis.port}/0",
        }
        site.__enter__()
        until(lambda: site.ask("/readyz").text == "ready\n")

    def restart_web(self, name):
        """Restart a web host, and wait until nginx believes in it again before it may lose the other one."""
        getattr(self, name).__exit__()
        self.start_web(name)
        time.sleep(NGINX_ASKS_AGAIN_AFTER + 1)

    def start_again(self, name):
        getattr(self, name).__enter__() if name in WEBS else getattr(self, name).start()

    def lose(self, name, way):
        host = getattr(self, name).host
        host.kill() if way == "killed" else host.unplug()

    def bring_back(self, name, way):
        self.start_again(name) if way == "killed" else getattr(self, name).host.plug_in()

    def is_whole(self, since):
        """Whether each web host has used each service since a moment, and the replica has what the primary has."""
        webs = {getattr(self, name).host.address for name in WEBS}
        return all(webs <= self.users_of(name, since) for name in SERVICES) and caught_up(self.primary, self.replica)

    def users_of(self, name, since):
        """Return the addresses of the hosts that have asked a service something since a moment."""
        if name == "redis":
            return self.users_of_redis(since)
        asked = f"SELECT host(client_addr) FROM pg_stat_activity WHERE query_start > to_timestamp({since})"
        return {address for (address,) in getattr(self, name).query(asked)}

    def users_of_redis(self, since):
        command = [Path(needed("Redis")).with_name("redis-cli"), "-h", self.redis.host.address, "-p", self.redis.port]
        command = [*map(str, command), "--no-auth-warning", "-a", PASSWORD, "client", "list"]
        with self.redis.host.inside():
            clients = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        idle = re.findall(r" addr=([\d.]+):.* idle=(\d+) ", clients)
        return {address for address, seconds in idle if int(seconds) < time.time() - since - 1}

    def half_saved(self, steps):
        """Return the steps that are not wholly taken or not at all, and those of which the editor was told wrongly."""
        return [step for step in steps if not self.is_as_told(step)]

    def is_as_told(self, step):
        published = f"SELECT count(*) FROM catalogue_practice WHERE id = {step.record} AND state = 'published'"
        history = f"SELECT count(*) FROM catalogue_transition WHERE practice_id = {step.record} AND move = 'publish'"
        ((is_published,),), ((in_history,),) = (self.primary.query(sql, "catalogue") for sql in (published, history))
        return is_published == in_history >= step.taken


def configure(server):
    """Give a new PostgreSQL a certificate and the settings of the document."""
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=primary"]
    files = ("-keyout", f"{server.data}/server.key", "-out", f"{server.data}/server.crt")
    subprocess.run([*make, *files], check=True, capture_output=True, user=server.user)
    for name, text in CONFIGURED.items():
        with Path(server.data, name).open("a") as file:
            file.write(text)


def address_of(server):
    return f"postgres://catalogue:{PASSWORD}@{server.host.address}:{server.port}/catalogue?sslmode=require"


class Read(NamedTuple):
    """What a reader asked, when, and what she got."""

    at: float
    path: str
    status: int
    seconds: float

    @property
    def is_good(self):
        return self.status in (200, 304) and self.seconds < allowed(TOO_LONG)


class Step(NamedTuple):
    """What the editor did with a record, when, and what she was told."""

    at: float
    record: int
    status: int
    told: str
    seconds: float

    @property
    def taken(self):
        return self.status == 200


class Traffic:
    """Readers who read and an editor who publishes, through nginx, from a host of their own."""

    def __init__(self, place):
        self.place, self.done, self.reads, self.steps = place, threading.Event(), [], []
        jobs = [(self.read, number) for number in range(READERS)] + [(self.edit,)]
        self.threads = [threading.Thread(target=self.from_the_client, args=job) for job in jobs]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        self.flows_since(time.time())
        return self

    def __exit__(self, *problem):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def from_the_client(self, job, *arguments):
        with self.place.client.inside():
            job(*arguments)

    def read(self, number):
        """Read one page after another; every other reader has a browser that keeps them and asks for news."""
        known, keeps = {}, number % 2
        while not self.done.wait(READS_AFTER):
            number, path, start = number + 1, PAGES[number % len(PAGES)], time.time()
            answer = ask(self.place.front.url + path, timeout=90, If_None_Match=known.get(path, "none"))
            self.reads.append(Read(start, path, answer.status, answer.seconds))
            if keeps and answer.status == 200:
                known[path] = answer.headers.get("ETag", "none")

    def edit(self):
        while not self.done.wait(EDITS_AFTER):
            record, start = next(self.place.records), time.time()
            status, page = self.publish(record)
            self.steps.append(Step(start, record, status, heading(page), time.time() - start))

    def publish(self, record):
        path, editor = f"/admin/catalogue/practice/{record}/move/publish/", self.place.editor
        try:
            status, page = editor.open(path)
            return editor.open(path, {**dict(HIDDEN.findall(page)), "note": ""}) if status == 200 else (status, page)
        except requests.RequestException as problem:
            return 0, repr(problem)

    def flows_since(self, moment):
        """Wait until readers are answered and the editor's steps are taken that began after a moment."""
        until(lambda: sum(read.is_good for read in self.reads if read.at > moment) > 20, 60)
        until(lambda: any(step.taken for step in self.steps if step.at > moment), 60)

    def since(self, moment):
        """Return what was under way at a moment or began later."""
        return [[it for it in kept if it.at + it.seconds > moment] for kept in (self.reads, self.steps)]


def heading(page):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else page[:80]


@pytest.fixture(scope="module")
def table():
    """The rows of the table, printed at the end."""
    rows = []
    yield rows
    for row in ["", COLUMNS, ["---"] * len(COLUMNS), *sorted(rows)]:
        print(f"| {' | '.join(map(str, row))} |" if row else "")


@pytest.fixture(scope="module")
def place():
    for name in ("ip", "nginx", "Redis"):
        needed(name)
    with TemporaryDirectory(prefix="catalogue-hosts-") as folder, Network() as network:
        Path(folder).chmod(0o755)  # PostgreSQL's user passes through
        place = Place(network, folder)
        place.start()
        yield place


def lost(place, table, name, way, meanwhile=lambda: None):
    """Lose a host for a while and bring it back; return what readers and the editor met, for all to judge."""
    with Traffic(place) as traffic:
        gone = time.time()
        place.lose(name, way)
        time.sleep(AWAY[way])
        meanwhile()
        place.bring_back(name, way)
        back = time.time()
        traffic.flows_since(back)
        until(lambda: place.is_whole(back), 60)
        whole = time.time() - back
    reads, steps = traffic.since(gone)
    table.append(row(f"{name}, {way} for {AWAY[way]} s", reads, steps, whole))
    assert place.half_saved(traffic.steps) == []
    return reads, steps


def row(what, reads, steps, whole=None):
    """Return the row of the table for what readers and the editor met from the loss on."""
    answered = sorted(read.at + read.seconds for read in reads if read.is_good)
    silence = max(later - earlier for earlier, later in pairwise(answered))
    taken = Counter(step.taken for step in steps)
    saved = [steps[0].at, *(step.at + step.seconds for step in steps if step.taken)]
    idle = max(later - earlier for earlier, later in pairwise(saved))
    seconds = [f"{figure:.1f}" for figure in (max(read.seconds for read in reads), silence, idle)]
    seconds.append(f"{whole:.1f}" if whole else "not waited for")
    return [what, len(reads), len(bad(reads)), *seconds[:2], f"{taken[True]}, {taken[False]}", *seconds[2:]]


def bad(reads):
    return [read for read in reads if not read.is_good]


def refused(steps):
    return [step for step in steps if not step.taken]


@pytest.mark.parametrize("way", AWAY)
def test_a_web_host_is_lost_and_no_reader_notices(place, table, way):
    """The step that the editor took at that moment may be refused: nginx sends no POST twice."""
    reads, steps = lost(place, table, "web1", way)
    assert bad(reads) == []
    assert len(refused(steps)) <= 1


@pytest.mark.parametrize("way", AWAY)
@pytest.mark.parametrize("name", ["redis", "replica"])
def test_the_cache_or_the_replica_is_lost_and_nobody_notices(place, table, name, way):
    reads, steps = lost(place, table, name, way)
    assert bad(reads) == []
    assert refused(steps) == []


@pytest.mark.parametrize("way", AWAY)
def test_the_primary_is_lost_and_readers_read_on_while_the_editor_is_told(place, table, way):
    told = []
    reads, steps = lost(place, table, "primary", way, meanwhile=lambda: told.append(place.web1.ask("/readyz").text))
    assert bad(reads) == []
    assert {step.told for step in refused(steps)} == {OUT_OF_SERVICE}
    assert told == ["ready for readers; database unavailable\n"]


def test_what_a_web_host_had_locked_when_it_went_is_soon_free_again(place, table):
    """Every step waits for the version of the catalogue, which a transaction on the lost host holds."""
    variables = environment(DATABASE_URL=address_of(place.primary))
    command = [sys.executable, "-c", HOLDS_THE_VERSION]
    with place.web1.host.inside():
        holder = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    gone = time.time()
    place.lose("web1", "unplugged")
    with Traffic(place) as traffic:
        reads, steps = traffic.since(gone)
    holder.kill()
    holder.communicate()
    place.bring_back("web1", "unplugged")
    table.append(row("web1, unplugged in the middle of a save", reads, steps))
    assert bad(reads) == []
    assert {step.told for step in refused(steps)} <= {OUT_OF_SERVICE}


def test_the_replica_takes_the_place_of_a_primary_that_is_gone_for_good(place, table):
    with Traffic(place) as traffic:
        gone = time.time()
        place.lose("primary", "killed")
        time.sleep(2)
        place.replica.program("pg_ctl", "-D", place.replica.data, "-w", "promote")
        place.primary, place.replica = place.replica, place.primary
        for name in WEBS:
            place.restart_web(name)
        traffic.flows_since(time.time())
        subprocess.run(["rm", "-r", place.replica.data], check=True)
        place.copy()
        back = time.time()
        until(lambda: place.is_whole(back), 60)
    reads, steps = traffic.since(gone)
    table.append(row("primary, for good: the replica takes its place", reads, steps, time.time() - back))
    assert bad(reads) == []
    assert len(place.half_saved(traffic.steps)) <= 1  # what the replica did not have yet

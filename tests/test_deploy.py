"""What is shipped to deploy with is valid, locked down, and names what exists; the image is rehearsed, not built."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests import programs
from tests.e2e.conftest import wait_for
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*.service"))
TIMERS = sorted(DEPLOY.glob("systemd/*.timer"))
MANIFESTS = [
    (path.name, document)
    for path in sorted(DEPLOY.glob("kubernetes/*.yaml"))
    for document in yaml.safe_load_all(path.read_text())
]
EXPOSURE = 2.0  # of 10, as systemd counts


def containers():
    """Yield pod and container of every manifest."""
    for _file, document in MANIFESTS:
        spec = document["spec"]
        for step in ("jobTemplate", "template"):
            spec = spec.get(step, {"spec": spec}).get("spec", spec)
        yield from ((spec, container) for container in spec.get("containers", ()))


@pytest.mark.parametrize(
    ("file", "document"), MANIFESTS, ids=lambda part: part if isinstance(part, str) else part["kind"]
)
def test_a_manifest_fits_the_schema_of_kubernetes(file, document):
    import kubernetes_validate  # takes three seconds, which every run would pay

    kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)


def test_every_container_runs_as_nobody_on_a_read_only_disk():
    found = list(containers())
    assert len(found) == 6
    for pod, container in found:
        assert pod["securityContext"]["runAsNonRoot"]
        assert pod["automountServiceAccountToken"] is False
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"]
        assert not rights["allowPrivilegeEscalation"]
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert "limits" in container["resources"]


def test_the_cluster_asks_for_life_and_readiness_and_grows_with_the_load():
    web = next(document for _file, document in MANIFESTS if document["kind"] == "Deployment")
    (container,) = web["spec"]["template"]["spec"]["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    scaler = next(document for _file, document in MANIFESTS if document["kind"] == "HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] == web["metadata"]["name"]
    assert web["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_every_task_that_is_scheduled_is_a_command():
    scheduled = {name for timer in TIMERS for name in re.findall(r"catalogue-task@(\w+)\.service", timer.read_text())}
    scheduled |= {container["command"][-1] for _pod, container in containers() if "command" in container}
    assert {"publish_due", "check_links", "remind_due", "apply_retention", "prepare"} == scheduled
    assert scheduled <= get_commands().keys()


def test_the_units_are_understood_by_systemd(tmp_path):
    analyze = programs.needed("systemd-analyze")
    for path in (*UNITS, *TIMERS):
        text = path.read_text().replace("/srv/catalogue/site/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text)
    paths = [str(tmp_path / path.name) for path in (*UNITS, *TIMERS)]
    checked = subprocess.run([analyze, "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    problems = [line for line in checked.stderr.splitlines() if "catalogue" in line]
    assert problems == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_service_may_do_little(unit):
    analyze = programs.needed("systemd-analyze")
    told = subprocess.run(
        [analyze, "--offline=true", "security", str(unit)], capture_output=True, text=True, check=False
    )
    exposure = float(re.search(r"exposure level for .*?: ([\d.]+)", told.stdout).group(1))
    assert exposure <= EXPOSURE


def test_nginx_understands_the_front(tmp_path):
    nginx = programs.needed("nginx")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=catalogue.example.org"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    shipped = tmp_path / "catalogue"
    shutil.copytree(DEPLOY / "nginx", shipped)
    places = {"/etc/nginx/catalogue": shipped, "/etc/ssl/catalogue": tmp_path, "/var/lib/nginx": tmp_path}
    places |= {"/var/log/nginx": tmp_path, "listen [::]:": "# listen [::]:", "listen 80;": "listen 127.0.0.1:8480;"}
    places |= {"listen 443 ": "listen 127.0.0.1:8443 "}
    for path in shipped.glob("*.conf"):
        text = path.read_text()
        for name, place in places.items():
            text = text.replace(name, str(place))
        path.write_text(text)
    includes = "".join(f"include {shipped}/{name}.conf;" for name in ("upstream", "shared", "site"))
    settings = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {includes} }}"
    (tmp_path / "nginx.conf").write_text(settings)
    checked = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf", "-p", tmp_path], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_nginx_keeps_its_cache_beside_folders_that_its_package_brings():
    """nginx makes the last folder of the path and no other: on a new Debian the one above must be there."""
    (cache,) = re.findall(r"^proxy_cache_path (\S+)", (DEPLOY / "nginx" / "shared.conf").read_text(), re.MULTILINE)
    told = subprocess.run([programs.needed("nginx"), "-V"], capture_output=True, text=True, check=True).stderr
    assert f"--http-proxy-temp-path={Path(cache).parent}/" in told


def test_the_image_is_locked_and_runs_as_nobody():
    lines = (DEPLOY / "Dockerfile").read_text()
    last = lines.rpartition("FROM ")[2]
    assert "--require-hashes" in lines
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "apt-get" not in last
    copied = {line.split()[1] for line in lines.splitlines() if line.startswith("COPY ") and "--from" not in line}
    ignored = (ROOT / ".dockerignore").read_text()
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in ignored


def copy_what_the_image_copies(home):
    """Return the commands of ``manage.py`` that the image is built with, after copying its files to ``home``."""
    lines = (DEPLOY / "Dockerfile").read_text()
    home.mkdir()
    for parts in re.findall(r"^COPY ([^-].*) \S+$", lines, re.MULTILINE):
        for part in parts.split():
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, home / part)
    for compiled in home.glob("locale/*/LC_MESSAGES/*.mo"):  # a checkout has none
        compiled.unlink()
    return [command.split() for command in re.findall(r"python manage\.py ([^\n\\]+)", lines)]


def test_what_the_image_copies_is_enough_to_build_and_to_serve(tmp_path):
    """The steps of the Dockerfile without a container, on the packages installed here; then its server and check."""
    home, port = tmp_path / "srv", str(free_port())
    commands = copy_what_the_image_copies(home)
    told = {"SECRET_KEY": "of a test and long enough for one", "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    told |= {"LOG_FORMAT": "json", "WEB_CONCURRENCY": "1"}
    environment = {"PATH": os.environ["PATH"], "HOST": "127.0.0.1", "PORT": port, **told}
    for command in (*commands, ["migrate", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=home, env=environment, check=True)
    assert [command[0] for command in commands] == ["messages", "collectstatic"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "catalogue.wsgi"], cwd=home, env=environment)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/healthz")
        check = re.search(r'CMD \["python", "-c", "(.*)"\]', (DEPLOY / "Dockerfile").read_text()).group(1)
        subprocess.run([sys.executable, "-c", check.replace(":8000", f":{port}")], check=True)
        assert b"Cat\xc3\xa1logo" in wait_for(f"http://127.0.0.1:{port}/es/")
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_compose_starts_the_database_the_cache_and_nginx_around_locked_containers():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    assert {"postgres", "redis", "nginx", "web", "prepare", "due"} == services.keys()
    for name in ("web", "prepare", "due"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert compose["networks"]["inside"]["internal"] is True


def test_every_setting_is_listed_and_explained():
    code = "".join((ROOT / name).read_text() for name in ("catalogue/settings.py", "gunicorn.conf.py"))
    read = set(re.findall(r'env\.(?:env\.)?\w+\(\s*"([A-Z_]+)"', code))
    listed, explained = (ROOT / ".env.example").read_text(), (ROOT / "docs" / "deploying.md").read_text()
    assert len(read) > 15
    for name in sorted(read):
        assert f"{name}=" in listed, name
        assert f"`{name}`" in explained, name

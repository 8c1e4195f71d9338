"""A clean Debian of its own: made by debootstrap, with processes, mounts and a network that nothing else sees.

It ends with the process that made it, however that ends: its first process reads from a pipe until nobody holds it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.servers import children_of
from tests.programs import lacking, needed
from tests.waiting import allowed

HERE = Path(__file__).parent
ADMINISTRATOR = "administrator"
# beside the smallest Debian, what one that was installed from its medium has
BASE = "sudo,ca-certificates,systemd,procps,iproute2"
SERVED_FROM = "127.0.0.1 localhost debian catalogue.example.org\n::1 localhost\n"
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
STARTED_BY_THE_TEST = "#!/bin/sh\nexit 101\n"  # packages start no service: that would be in the network of the machine
FIRST_PROCESS = """
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/run"
mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
mount -t devpts devpts "$1/dev/pts"
for path in "${@:2}"; do mount --bind "$path" "$1$path"; done
chroot "$1" ip link set lo up
chroot "$1" hostname debian
echo ready
read -r _
"""


class Failed(Exception):
    """A command that did not end as it should, with what it wrote."""


class Debian:
    """The root folder below ``folder``; within ``with`` its commands can be run."""

    def __init__(self, folder):
        self.root, self.holder, self.pid = Path(folder, "root"), None, None

    def __enter__(self):
        if os.geteuid() != 0:
            lacking("A Debian of its own takes the rights of root.")
        self.make()
        shared = self.take_over_what_reaches_the_network()
        apart = ["unshare", "--mount", "--pid", "--net", "--uts", "--fork", "--kill-child"]
        first = [*apart, "bash", "-ec", FIRST_PROCESS, "first", str(self.root), *shared]
        self.holder = subprocess.Popen(first, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            lacking("This machine lets nobody have mounts, processes and a network apart.")
        (self.pid,) = children_of(self.holder.pid)
        return self

    def __exit__(self, *problem):
        self.holder.stdin.close()
        self.holder.wait(timeout=60)

    def make(self):
        """Install the smallest Debian of the same release as this machine, from where this machine has its own."""
        codename, mirror = mirror_of_this_machine()
        made = subprocess.run(
            [needed("debootstrap"), "--variant=minbase", f"--include={BASE}", codename, self.root, mirror],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if made.returncode:
            lacking(f"No Debian could be installed from {mirror}:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")
        self.write("/etc/hosts", SERVED_FROM)
        self.write("/usr/sbin/policy-rc.d", STARTED_BY_THE_TEST, 0o755)
        self.write("/etc/dpkg/dpkg.cfg.d/unsafe", "force-unsafe-io\n")
        self.write("/etc/gitconfig", "[safe]\n\tdirectory = *\n")  # the repository belongs to nobody inside
        for name in ("systemctl", "journalctl"):  # found before the real ones, which have no systemd to talk to
            self.write(f"/usr/local/bin/{name}", (HERE / "systemctl.py").read_text(), 0o755)
        self.write("/usr/local/bin/visitor", (HERE / "visitor.py").read_text(), 0o755)
        account = ["useradd", "--create-home", "--shell=/bin/bash", ADMINISTRATOR]
        subprocess.run(["chroot", self.root, *account], check=True)
        self.write(f"/etc/sudoers.d/{ADMINISTRATOR}", f"{ADMINISTRATOR} ALL=(ALL) NOPASSWD: ALL\n", 0o440)

    def take_over_what_reaches_the_network(self):
        """Copy how this machine finds names, packages and certificates; return the folders and files to show inside."""
        shutil.copy("/etc/resolv.conf", self.inside("/etc/resolv.conf"))
        if Path(CERTIFICATES).exists():
            shutil.copy(CERTIFICATES, self.inside(CERTIFICATES))
        settings = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True).stdout
        self.write("/etc/apt/apt.conf.d/00machine", settings)
        pip, shared = pip_of_this_machine()
        self.write("/etc/pip.conf", pip)
        for path in shared:
            inside = self.inside(path)
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.mkdir(exist_ok=True) if Path(path).is_dir() else inside.touch()
        return shared

    def inside(self, path):
        return self.root / str(path).lstrip("/")

    def write(self, path, text, mode=0o644):
        self.inside(path).write_text(text)
        self.inside(path).chmod(mode)

    def entered(self, *command, network=False):
        """Return the command line that runs a command inside; with ``network``, in the network of this machine."""
        apart = ["--mount", "--pid", "--uts", *([] if network else ["--net"])]
        return ["nsenter", "--target", str(self.pid), *apart, "chroot", str(self.root), *command]

    def run(self, text, *, who="root", folder="/", answers="", network=False, check=True, timeout=300):
        """Run a line of the shell as a user; return what it wrote. Raises ``Failed``, unless ``check`` is off."""
        line = f"export HOME=~{who} USER={who} LOGNAME={who}; cd {shlex.quote(folder)} && {text}"
        # no terminal, so that programs that ask read the answers from their input
        command = self.entered(
            "setsid", "--wait", "runuser", "--user", who, "--", "env", "-i", *ENVIRONMENT,
            "bash", "-o", "pipefail", "-c", line, network=network,
        )  # fmt: skip
        told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(command, input=answers, check=False, timeout=allowed(timeout), **told)
        if check and done.returncode:
            raise Failed(f"{text}\nended with {done.returncode}:\n{done.stdout[-6000:]}")
        return done.stdout


ENVIRONMENT = ("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8")


def mirror_of_this_machine():
    """Return the codename of this machine's Debian and the address from which it installs packages."""
    release = Path("/etc/os-release").read_text() if Path("/etc/os-release").exists() else ""
    codename = re.search(r"^VERSION_CODENAME=(\S+)$", release, re.MULTILINE)
    if codename is None or shutil.which("apt-get") is None:
        lacking("This machine is neither Debian nor Ubuntu, so it knows no mirror of theirs.")
    listed = ["apt-get", "indextargets", "--format", "$(CODENAME) $(COMPONENT) $(REPO_URI)", "Created-By: Packages"]
    targets = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.splitlines()
    of_the_system = f"{codename.group(1)} main "
    mirror = next((target.removeprefix(of_the_system) for target in targets if target.startswith(of_the_system)), None)
    return codename.group(1), mirror or lacking("This machine names no mirror from which its own system came.")


def pip_of_this_machine():
    """Return pip's settings of this machine as the text of one file, and the folders and files that they name."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    found = dict(re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", told, re.MULTILINE))
    named = re.findall(r"(?:^|(?<=\s)|(?<=file://))/\S+", " ".join(found.values()))
    # a folder of packages links to what lies beside it
    shared = {str(Path(path).parent if Path(path).is_dir() else path) for path in named if Path(path).exists()}
    settings = "".join(f"{name} = {value}\n" for name, value in found.items())
    return f"[global]\n{settings}", sorted(shared - {CERTIFICATES, "/"})

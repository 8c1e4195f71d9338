"""Hosts of a small network on this machine: network namespaces on one bridge, each with an address of its own.

Nothing leaves them: there is no way out of the bridge. A host that is killed loses all its processes at once, and its
kernel still says so to whoever asks; one that is unplugged says nothing any more, as a machine without power.
"""

import ctypes
import os
import signal
import subprocess
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from tests.programs import lacking, needed
from tests.waiting import until

NETWORK = "10.77.0"  # of RFC 1918, and only inside
CLONE_NEWNET = 0x40000000  # from sched.h; Python has setns since 3.12

_libc = ctypes.CDLL(None, use_errno=True)
_runs = count()


def enter(namespace):
    """Move this thread, and the processes that it starts from now on, into a network namespace given as a file."""
    if _libc.setns(namespace, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the network namespace cannot be entered")


def ip(*arguments):
    """Run ``ip`` of iproute2; return what it says."""
    return subprocess.run([needed("ip"), *arguments], check=True, capture_output=True, text=True).stdout


class Network:
    """A bridge, and hosts on it; all gone at the end."""

    def __enter__(self):
        self.name, self.hosts = f"catalogue-{os.getpid()}-{next(_runs)}", {}
        self.bridge = f"{self.name}-switch"
        try:
            ip("netns", "add", self.bridge)
            ip("-n", self.bridge, "link", "add", "bridge", "type", "bridge")
            ip("-n", self.bridge, "link", "set", "bridge", "up")
        except subprocess.CalledProcessError:
            self.__exit__()
            lacking("Network namespaces and a bridge cannot be made here; it takes the rights of root.")
        return self

    def __exit__(self, *problem):
        for host in self.hosts.values():
            host.kill()
        for namespace in (*(host.namespace for host in self.hosts.values()), self.bridge):
            with suppress(subprocess.CalledProcessError):  # it was not made
                ip("netns", "delete", namespace)

    def add(self, name):
        """Return a new host on the bridge."""
        host = self.hosts[name] = Host(self, name, f"{NETWORK}.{len(self.hosts) + 1}")
        ip("netns", "add", host.namespace)
        peer = ("peer", "name", "wire", "netns", host.namespace)
        ip("link", "add", "name", name, "netns", self.bridge, "type", "veth", *peer)
        ip("-n", self.bridge, "link", "set", "dev", name, "master", "bridge", "up")
        ip("-n", host.namespace, "address", "add", f"{host.address}/24", "dev", "wire")
        for device in ("lo", "wire"):
            ip("-n", host.namespace, "link", "set", "dev", device, "up")
        return host


class Host:
    """One host: where a thread can be, and processes run."""

    def __init__(self, network, name, address):
        self.network, self.name, self.address = network, name, address
        self.namespace = f"{network.name}-{name}"

    @contextmanager
    def inside(self):
        """Let this thread be on this host, with the processes that it starts."""
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self.namespace}", os.O_RDONLY)
        try:
            enter(there)
            yield
        finally:
            enter(here)
            os.close(here)
            os.close(there)

    def set_kernel(self, name, value):
        """Set a variable of the kernel here, as a line of ``sysctl.conf`` would."""
        with self.inside():
            Path("/proc/sys", name.replace(".", "/")).write_text(value)

    def processes(self):
        """Return the numbers of the processes that run here."""
        return [int(pid) for pid in ip("netns", "pids", self.namespace).split() if int(pid) != os.getpid()]

    def kill(self):
        """End every process here at once, without a word to any of them."""
        for pid in self.processes():
            with suppress(ProcessLookupError):  # it has ended since it was listed
                os.kill(pid, signal.SIGKILL)
        until(lambda: not self.processes())

    def unplug(self):
        """Let every packet from and to this host vanish."""
        ip("-n", self.network.bridge, "link", "set", "dev", self.name, "down")

    def plug_in(self):
        ip("-n", self.network.bridge, "link", "set", "dev", self.name, "up")

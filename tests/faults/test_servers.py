"""What the other tests here rely on."""

import signal
import subprocess
from pathlib import Path

from tests.faults import servers


def test_a_process_that_has_just_ended_is_no_error_and_the_others_get_the_signal(tmp_path, monkeypatch):
    ended, living = (subprocess.Popen(["sleep", seconds]) for seconds in ("0", "60"))
    ended.wait()
    server = servers.Postgres(str(tmp_path))
    Path(server.data).mkdir()
    Path(server.data, "postmaster.pid").write_text(f"{ended.pid}\n")
    monkeypatch.setattr(servers, "children_of", lambda pid: [ended.pid, living.pid])
    server.signal_all(signal.SIGKILL)
    assert living.wait(timeout=60) == -signal.SIGKILL

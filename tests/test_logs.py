"""The log: one line for each event, whatever is sent; every deed at the desk with its time and account."""

import json
import logging

import pytest

from catalogue.choices import AuditEvent, State
from catalogue.editorial.privacy import audit_log
from catalogue.editorial.workflow import workflow
from catalogue.models import AuditEntry
from catalogue.server.json_logging import JsonFormatter
from tests.desk import make_editor, make_record

FORGED = "x\r\n2026-01-01 INFO catalogue.audit sign_in user=1\x1b[31m\u202e\u2028fin"


def line_of(message):
    return JsonFormatter().format(logging.LogRecord("catalogue", logging.INFO, "", 0, message, (), None))


def test_a_line_of_the_log_is_one_object_whatever_it_tells():
    line = line_of(FORGED)
    assert "\n" not in line
    assert "\r" not in line
    assert "\x1b" not in line
    entry = json.loads(line)
    assert entry["message"] == FORGED
    assert entry["time"].endswith("+00:00")


@pytest.mark.engines
@pytest.mark.django_db
def test_what_the_audit_log_tells_holds_no_line_break_and_no_escape(caplog):
    with caplog.at_level(logging.INFO):
        audit_log.record(AuditEvent.EXPORT, None, FORGED)
    assert all(record.getMessage().isprintable() for record in caplog.records)
    assert AuditEntry.objects.get(event=AuditEvent.EXPORT).subject.isprintable()


@pytest.mark.django_db
def test_publishing_is_on_record_with_time_and_account():
    person = make_editor("secretariat")
    workflow.move(make_record(state=State.IN_REVIEW), "publish", by=person)
    entry = AuditEntry.objects.get(event=AuditEvent.TRANSITION)
    assert entry.user == person
    assert entry.at.utcoffset().total_seconds() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/es/%0d%0aforged/", "/es/%1b[31m/", "/es/%E2%80%AE/"])
def test_an_address_that_leads_nowhere_forges_no_line(client, caplog, path):
    with caplog.at_level(logging.WARNING):
        client.get(path)
    assert caplog.records
    for record in caplog.records:
        line = line_of(record.getMessage())
        assert not {"\r", "\n", "\x1b"} & set(line)

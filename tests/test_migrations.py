"""Migrations follow the tables and their rules; the words that forms and pages show may change without one."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from catalogue.management.migration_changes import Autodetector
from catalogue.models import Practice
from networks.models import Network


def operations():
    """Return the operations that would bring the migrations in step with the models as they are now."""
    loader = MigrationLoader(None)
    detector = Autodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(loader.graph, trim_to_apps={"catalogue", "networks"})
    return [step for migrations in changes.values() for migration in migrations for step in migration.operations]


@pytest.mark.parametrize(
    ("model", "name", "attribute", "value"),
    [
        (Practice, "title", "verbose_name", "name"),
        (Practice, "title", "help_text", "Something else."),
        (Practice, "scope", "choices", [(value, "?") for value, _label in Practice._meta.get_field("scope").choices]),
    ],
)
def test_a_word_for_people_is_no_migration(monkeypatch, model, name, attribute, value):
    monkeypatch.setattr(model._meta.get_field(name), attribute, value)
    assert operations() == []


def test_the_name_of_a_model_is_no_migration(monkeypatch):
    monkeypatch.setitem(Network._meta.original_attrs, "verbose_name", "group")
    assert operations() == []


@pytest.mark.parametrize(
    ("name", "attribute", "value"),
    [("acronym", "max_length", 10), ("scope", "choices", [("national", "National")]), ("slug", "_unique", False)],
)
def test_what_changes_a_table_or_its_rules_is_one(monkeypatch, name, attribute, value):
    monkeypatch.setattr(Practice._meta.get_field(name), attribute, value)
    assert [operation.name for operation in operations()] == [name]

"""The documents for developers name what the code has: every model, every closed list, every part of the API."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices

from catalogue import choices as of_practices
from catalogue.api import meeting_shapes, shapes
from networks import choices as of_members
from tests import inventory

DOCS = Path(settings.BASE_DIR) / "docs"
TOLD_IN_WORDS = {"NoteField"}
MODELS = [model for app in ("catalogue", "networks") for model in apps.get_app_config(app).get_models()]
SHAPES = [
    shapes.PracticeSerializer,
    meeting_shapes.MeetingSerializer,
    meeting_shapes.ForumSerializer,
    meeting_shapes.CommitmentSerializer,
]


def closed_lists():
    for module in (of_practices, of_members):
        for name, found in vars(module).items():
            if (
                isinstance(found, type)
                and issubclass(found, TextChoices)
                and found.__module__.startswith(module.__name__)
            ):
                yield name, found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_data_model_names_every_model_and_its_fields(model):
    text = (DOCS / "data-model.md").read_text()
    fields = {re.sub("_(es|en|pt)$", "", field.name) for field in model._meta.concrete_fields} - {"id"}
    assert [name for name in (model.__name__, *fields) if not re.search(rf"\b{name}(_es)?\b", text)] == []


@pytest.mark.parametrize(("name", "codes"), [*closed_lists()])
def test_the_data_model_tells_the_codes_of_every_closed_list(name, codes):
    text = (DOCS / "data-model.md").read_text()
    row = re.search(rf"^\| {name}\b[^|]*\| ([^|]*) \|$", text, re.MULTILINE)
    assert name in TOLD_IN_WORDS or row.group(1).split(", ") == codes.values


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_api_tells_every_part_of_a_record(shape):
    text = (DOCS / "api.md").read_text()
    assert [name for name in shape().fields if f"`{name}`" not in text] == []


def test_the_page_on_testing_tells_what_each_file_protects_now():
    page = inventory.PAGE.read_text(encoding="utf-8")
    assert page == inventory.written(page), "write it with: python -m tests.inventory"
    assert len(inventory.files()) > 80

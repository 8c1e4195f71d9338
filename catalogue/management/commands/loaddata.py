"""Django's ``loaddata``, saying in one sentence what is wrong with a fixture of the catalogue."""

from pathlib import Path

from django.core.management.base import CommandError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError
from modeltranslation.management.commands.loaddata import Command as LoadTranslated

from catalogue.editions import freeze
from catalogue.editorial.fixture_checks import problems_in_file, problems_of, record_label
from catalogue.models.derived import deferred

READABLE = (".yaml", ".yml", ".json")


class Command(LoadTranslated):
    """Loads fixtures all or nothing; an error names the file, the record and the field. Freezes loaded editions."""

    def loaddata(self, fixture_labels):
        with deferred():
            super().loaddata(fixture_labels)
        freeze.freeze_loaded()

    def load_label(self, fixture_label):
        self.file_name = fixture_label
        for path, _directory, _name in self.find_fixtures(fixture_label):
            self.file_name = Path(path).name
            if path.endswith(READABLE):
                self.refuse(problems_in_file(path))
        try:
            super().load_label(fixture_label)
        except DeserializationError as problem:
            self.refuse([str(problem)])

    def save_obj(self, obj):
        name = record_label(obj.object)
        self.refuse(f"{name}: {problem}" for problem in problems_of(obj))
        try:
            return super().save_obj(obj)
        except DatabaseError as problem:
            reason = str(problem.__cause__ or problem).splitlines()[0]
            self.refuse([f"{name}: the database refuses it: {reason}"])

    def refuse(self, problems):
        """Stop, and so undo everything loaded so far, if there is any problem."""
        if sentences := [f"{self.file_name}: {problem}" for problem in problems]:
            raise CommandError("\n".join(sentences))

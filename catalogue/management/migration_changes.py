"""What is a change for a migration: tables and their rules, not the words that forms and pages show.

Labels, help texts and the names of choices are translated and improved all the time; in migrations they would make
hundreds of operations that change no table, in each of which an upgrade can be interrupted.
"""

from django.core.validators import RegexValidator
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.models import Field

WORDS_OF_FIELDS = ("verbose_name", "help_text")
WORDS_OF_MODELS = ("verbose_name", "verbose_name_plural")


class Autodetector(MigrationAutodetector):
    """Compares models and migrations as Django does, without the words for people."""

    def __init__(self, from_state, to_state, questioner=None):
        super().__init__(from_state, to_state, questioner)
        for state in (from_state, to_state):
            for model in state.models.values():
                model.options = {key: value for key, value in model.options.items() if key not in WORDS_OF_MODELS}

    def deep_deconstruct(self, obj):
        """Return what is compared of a field: of its choices the values, of its patterns what they accept."""
        if isinstance(obj, RegexValidator):
            return obj.regex.pattern, obj.flags, obj.inverse_match
        deconstructed = super().deep_deconstruct(obj)
        if not isinstance(obj, Field):
            return deconstructed
        path, args, options = deconstructed
        options = {key: value for key, value in options.items() if key not in WORDS_OF_FIELDS}
        if "choices" in options:
            options["choices"] = [value for value, _label in obj.flatchoices]
        return path, args, options

    def generate_altered_constraints(self):
        """Alter no constraint: what can change of one without replacing it is its error message."""

"""Which texts of the catalogue exist in three languages, each with the fallback es → en → pt."""

from modeltranslation.translator import TranslationOptions, translator

from catalogue import models
from catalogue.models.narrative import LONG_TEXTS

TRANSLATED_FIELDS = {
    models.Practice: ("title", "short_title", "summary", *LONG_TEXTS, "acronym_meaning"),
    models.Adaptation: ("changes",),
    models.PracticeCountry: ("note",),
    models.PracticeOrganisation: ("detail",),
    models.Place: ("name",),
    models.Organisation: ("name",),
    models.Contact: ("office", "note"),
    models.Term: ("name", "gloss"),
    models.Classification: ("reason",),
    models.Edition: ("publisher", "event", "citation", "notice", "call"),
    models.Reference: ("author", "note"),
    models.LegalInstrument: ("title", "note"),
    models.Result: ("indicator", "unit", "period", "note"),
    models.Link: ("label", "note"),
    models.Citation: ("author",),
    models.EditorsNote: ("shows", "reason"),
    models.Presentation: ("note",),
    models.CommitmentAnswer: ("reason",),
}

for model, names in TRANSLATED_FIELDS.items():
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names}))

"""Which texts of networks, countries, forums and meetings exist in three languages."""

from modeltranslation.translator import TranslationOptions, translator

from networks import models

TRANSLATED_FIELDS = {
    models.Network: ("name", "short_name", "description"),
    models.Country: ("name", "official_name"),
    models.Source: ("title", "publisher", "note"),
    models.Forum: ("name", "description", "membership", "relation", "note"),
    models.Meeting: (
        "name",
        "date_note",
        "place",
        "countries_note",
        "summary",
        "description",
        "topics",
        "outcomes",
    ),
    models.MeetingBody: ("name",),
    models.MeetingFigure: ("indicator", "counted_by", "note"),
    models.MeetingDocument: ("label", "note"),
    models.MeetingFeature: ("text",),
    models.MeetingNote: ("shows", "reason"),
    models.Commitment: ("text", "actors", "evidence"),
}

for model, names in TRANSLATED_FIELDS.items():
    translator.register(model, type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": names}))

"""What a file for reference managers holds of a list: an entry for every practice."""

from django.utils import translation

from catalogue.choices import OrganisationRole
from catalogue.citations.items import Cited, item_of
from catalogue.exports.batches import keys_of
from catalogue.exports.columns import cell_readers as read
from catalogue.exports.labels import Wording
from catalogue.exports.layout import practices_in
from catalogue.exports.records import Records

CITED = Cited(
    code=read.stored("code"),
    title=read.text("title"),
    language=read.language_of_text("title"),
    short_title=read.text("short_title"),
    summary=read.text("summary"),
    start=read.stored("start"),
    end=read.stored("end"),
    updated=read.stored("updated"),
    entities=read.organisations(OrganisationRole.LEAD),
)


def entries(filterset, language, form):
    """Yield for each batch of a list its practices as texts, each in a ``form`` that accepts an item of CSL-JSON.

    They are computed while they are sent, in the language that is active now.
    """
    active, cited = translation.get_language(), Records(CITED._asdict(), Wording(language))

    def batches():
        for practices in practices_in(keys_of(filterset.qs), [cited]):
            with translation.override(active):
                texts = [form(item_of(Cited(**record))) for record in cited.records(practices)]
            if texts:
                yield texts

    return batches()

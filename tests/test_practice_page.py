"""The page of a practice: everything the record holds, in the promised order, and what stands near it."""

import re

import nh3
import pytest
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given, strategies as st

from catalogue.choices import OrganisationRole, Scheme, State
from catalogue.documents.reading import published_or_404
from catalogue.exports.offered_formats import RECORD_FORMATS
from catalogue.listing.bitsets import bitset_index
from catalogue.models import (
    CommitmentAnswer,
    Organisation,
    Practice,
    PracticeOrganisation,
    Presentation,
    Result,
    Term,
)
from catalogue.models.version import current
from catalogue.record.related import nearest, shared_by
from catalogue.text import markdown
from catalogue.views.detail import ANY_SLUG, rendered
from networks.models import Commitment, Meeting
from tests.desk import in_state
from tests.factories import make_adaptation, make_many, make_practice

pytestmark = pytest.mark.django_db

CLIMATE = "migration-environment-disasters-and-climate-change"
FULL = "CSM-2023-005"  # has results, organisations in three roles, texts, notes


def page_of(client, practice, language="en/practices", part=""):
    return client.get(f"/{language}/{practice.slug}/{part}").content.decode()


def detailed(practice):
    return Practice.objects.for_detail().get(pk=practice.pk)


def codes_near(practice):
    keys = nearest(practice.pk, shared_by(detailed(practice)), bitset_index(current()))
    return [Practice.objects.get(pk=key).code for key in keys]


def keyword(code):
    return Term.objects.create(scheme=Scheme.KEYWORD, code=code, name_en=code, name_es=code, name_pt=code)


@pytest.mark.engines
def test_the_parts_come_in_the_order_of_what_a_reader_needs(client):
    page = page_of(client, Practice.objects.get(code="CSM-2023-002"))
    ids = re.findall(r'<h[12](?: id="([a-z_]+)")?>', page)
    wanted = ["results", "objective", "description", "legal", "organisations", "innovation", "replicability"]
    wanted += ["sustainability", "notes", "sources", "facts", "cite", "contact", "related"]
    found = [name for name in ids if name in wanted]
    assert found == [name for name in wanted if name in found]
    assert {"results", "description", "legal", "organisations", "notes", "sources", "related"} <= set(found)


def test_an_acronym_stands_beside_a_title_that_lacks_it(client):
    page = page_of(client, make_practice(title_en="A register", language="es", title="Un registro", acronym="REGIS"))
    assert re.search(r"<h1>A register <small>\(REGIS\)</small></h1>", page)
    page = page_of(client, make_practice(title_en="A register (REGIS)", title="Un registro", acronym="REGIS"))
    assert "<h1>A register (REGIS)</h1>" in page


def test_organisations_stand_under_their_role(client):
    practice = make_practice()
    for order, (slug, role) in enumerate([("unicef", "funder"), ("unhcr", "partner")], start=2):
        body = Organisation.objects.get(slug=slug)
        PracticeOrganisation.objects.create(practice=practice, organisation=body, role=role, order=order)
    headings = re.findall(r'<h3 class="role">(.*?)</h3>', page_of(client, practice))
    assert headings == [OrganisationRole(role).label for role in ("lead", "partner", "funder")]


def test_parts_on_which_the_source_is_silent_are_named(client):
    gaps = re.search(r'<section aria-labelledby="gaps".*?</section>', page_of(client, make_practice()), re.DOTALL)
    for name in ("Figures on effects", "Legal basis", "Innovation", "Links"):
        assert name in gaps.group()
    assert "Organisations" not in gaps.group()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es/practicas", "Textos en español: traducción de este catálogo · datos según la fuente de 2023"),
        ("en/practices", "Texts in English: original · data from the 2023 source"),
        ("pt-br/praticas", "Textos em português: tradução deste catálogo · dados segundo a fonte de 2023"),
    ],
)
def test_the_page_says_how_its_language_came_to_be_and_how_fresh_it_is(client, language, sentence):
    page = page_of(client, Practice.objects.get(code=FULL), language)
    line = re.search(r'<p class="fresh">(.*?)</p>', page, re.DOTALL).group(1)
    assert sentence in " ".join(line.split())


def test_every_format_of_the_table_is_offered_and_answers(client):
    practice = Practice.objects.get(code=FULL)
    page = page_of(client, practice)
    for form in RECORD_FORMATS:
        address = f"/en/practices/{practice.slug}.{form.extension}"
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_the_citation_can_be_copied_where_a_script_runs(client):
    page = page_of(client, Practice.objects.get(code=FULL), "en/practices", "cite/")
    assert re.search(r'<button[^>]* data-copies="citation"[^>]* hidden>', page)
    assert 'id="citation"' in page


def test_the_page_names_what_is_cited_and_leads_to_the_citations(client):
    practice = Practice.objects.get(code=FULL)
    page = page_of(client, practice)
    line = re.search(r'<p class="cite">(.*?)</p>', page, re.DOTALL).group(1)
    assert line.startswith(f"{FULL}. <cite>{practice.title_en}</cite>. <a href=")
    assert f"/p/{FULL}/" in line
    fold = re.search(r"<details.*?</details>", page.partition('id="cite"')[2], re.DOTALL).group()
    assert f' href="/en/practices/{practice.slug}/cite/" data-fetches=".citations">' in fold
    assert 'class="citations"' not in page
    assert '<dl class="citations">' in page_of(client, practice, "en/practices", "cite/")


def test_the_citations_of_what_is_not_public_are_not_there(client):
    draft = make_practice(state=State.DRAFT)
    assert client.get(f"/en/practices/{draft.slug}/cite/").status_code == 404


def test_a_practice_can_be_marked_without_a_script(client):
    page = page_of(client, Practice.objects.get(code=FULL))
    form = re.search(r'<form class="mark[^>]* action="/en/practices/"[^>]*>(.*?)</form>', page, re.DOTALL).group(1)
    assert f'<input type="checkbox" name="pick" value="{FULL}">' in form
    assert 'type="submit"' in form


@pytest.mark.engines
def test_the_same_network_comes_before_keywords_and_keywords_before_the_country():
    water = keyword("agua-de-prueba")
    mine = make_practice(network=CLIMATE, country="GY")
    same_country = make_practice(network="gender-and-migration", country="GY")
    same_word = make_practice(network="gender-and-migration", country="SR")
    same_network = make_practice(network=CLIMATE, country="SR")
    make_practice(network="gender-and-migration", country="SR")
    for practice in (mine, same_word):
        practice.keywords.add(water)
    assert codes_near(mine) == [same_network.code, same_word.code, same_country.code]


@pytest.mark.engines
def test_among_the_same_network_more_common_keywords_are_nearer():
    words = [keyword(f"palabra-{number}") for number in range(3)]
    mine, one, three, two = (make_practice(network="gender-and-migration", country="GY") for _number in range(4))
    for practice, number in ((mine, 3), (one, 1), (three, 3), (two, 2)):
        practice.keywords.add(*words[:number])
    assert codes_near(mine) == [three.code, two.code, one.code]


def test_a_related_practice_says_why_it_is_related(client):
    mine, other = (make_practice(network=CLIMATE, country="GY") for _n in range(2))
    for practice in (mine, other):
        practice.keywords.add(keyword("compartida") if practice is mine else Term.objects.get(code="compartida"))
    page = page_of(client, mine)
    assert "Guyana · Same network · Keyword in common: compartida · Same country" in page


def beside(page):
    """Return the slugs of the practices on a page's cards of related ones."""
    return re.findall(r'href="/en/practices/([^"/]+)/"', page.partition('<ul class="cards">')[2].partition("</ul>")[0])


@pytest.mark.engines
def test_a_page_shows_the_change_of_a_practice_beside_it(client):
    mine, other = (make_practice(network=CLIMATE, country="GY", title_en=name) for name in ("Mine", "Other"))
    assert other.slug in beside(page_of(client, mine))
    other.title_en = "Another title"
    other.save()
    assert "Another title" in page_of(client, mine)


@pytest.mark.engines
def test_a_practice_that_comes_nearer_stands_on_the_page_at_once(client):
    mine = make_practice(network=CLIMATE, country="GY")
    mine.keywords.add(keyword("compartida"))
    before = beside(page_of(client, mine))
    newcomer = make_practice(network=CLIMATE, country="GY")
    newcomer.keywords.add(Term.objects.get(code="compartida"))
    assert newcomer.slug not in before
    assert beside(page_of(client, mine))[0] == newcomer.slug
    in_state(newcomer, State.ARCHIVED)
    assert beside(page_of(client, mine)) == before


@pytest.mark.engines
def test_a_row_given_to_another_practice_is_gone_from_the_page_of_the_first(client):
    one, other = make_practice(title_en="One"), make_practice(title_en="Other")
    row = Result.objects.create(practice=one, indicator_en="Counted here", value=12345, order=1)
    assert "Counted here" in page_of(client, one)
    row.practice = other
    row.save()
    assert "Counted here" not in page_of(client, one)
    assert "Counted here" in page_of(client, other)
    Result.objects.filter(pk=row.pk).update(practice=one)
    assert "Counted here" in page_of(client, one)
    assert "Counted here" not in page_of(client, other)


@pytest.mark.engines
def test_no_practice_is_related_to_itself_or_to_a_draft():
    mine = make_practice(network=CLIMATE, country="GY")
    draft = make_practice(network=CLIMATE, country="GY", state=State.DRAFT)
    assert not {mine.code, draft.code} & set(codes_near(mine))


@pytest.mark.engines
def test_the_page_costs_the_same_queries_whatever_is_near(client, django_assert_max_num_queries):
    make_many(20, network="gender-and-migration")
    practice = make_practice(network="gender-and-migration")
    with django_assert_max_num_queries(37):
        page_of(client, practice)


@pytest.mark.engines
def test_only_the_practices_near_it_are_queried_once_a_practice_is_fetched(django_assert_num_queries):
    practice = make_practice(network=CLIMATE, country="GY")
    make_practice(network=CLIMATE, country="GY")
    make_adaptation(practice=practice, evidence_url="https://example.org/broken")
    Presentation.objects.create(practice=practice, meeting=Meeting.objects.first())
    CommitmentAnswer.objects.create(practice=practice, commitment=Commitment.objects.first(), reason_en="Both")
    for number in (1, 2):
        practice.versions.create(number=number, public_number=number, published_at=timezone.now(), content={})
    Practice.objects.filter(pk=practice.pk).update(version=2)
    bitset_index(version := current())
    fetched = published_or_404(practice.slug, version)
    with override("en"), django_assert_num_queries(1):  # the documents of those near it
        page = rendered(fetched, version)["html"]
    for part in ('id="travels"', 'id="meetings"', 'id="answers"', "Earlier versions:", "Same network"):
        assert part in page


def test_the_frame_of_a_page_names_its_own_practice_in_every_language(client):
    for code in (FULL, "CSM-2023-002"):
        practice = Practice.objects.get(code=code)
        page = page_of(client, practice)
        assert f'<meta property="og:title" content="{escape(practice.title_en)}">' in page
        for path in ("es/practicas", "en/practices", "pt-br/praticas"):
            assert f'/{path}/{practice.slug}/"' in page
        assert ANY_SLUG not in page


def test_the_page_is_the_same_whatever_the_query_says(client):
    practice = Practice.objects.get(code=FULL)
    plain = re.search(r"<article.*</article>", page_of(client, practice), re.DOTALL).group()
    asked = client.get(f"/en/practices/{practice.slug}/?pick={FULL}&id=CSM-2023-001").content.decode()
    assert re.search(r"<article.*</article>", asked, re.DOTALL).group() == plain


PIECES = [
    "a",
    "Bé",
    "x.",
    "\n",
    "\n\n",
    "- ",
    "\n- ",
    "1. ",
    "# ",
    ">",
    '"',
    "'",
    " ",
    "  ",
    "=",
    "~",
    "|",
    "!",
    "–",
    "•",
]
PIECES += ["\u3000", "\u00a0", "\u2028", "\t", "&", "<b>", "*", "_", "`", "[a](b)", "\\", "\x00"]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_needs_no_parser_of_markdown_is_rendered_as_it_renders_it(text):
    parsed = markdown._parser().render(text)
    assert markdown.render(text) == nh3.clean(parsed, tags=markdown.ALLOWED, attributes={})

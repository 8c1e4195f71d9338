"""Whatever is typed is text: it finds something or nothing, on both engines, and never breaks."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from catalogue.listing.filters import practices_for
from catalogue.models.version import current
from catalogue.search.synonyms import read_query
from catalogue.text.search_tokens import stem
from tests.effort import tries

pytestmark = pytest.mark.django_db

OPERATORS = r"""AND OR NOT NEAR( NEAR/2 a:b title:x ^ * - " ( ) & | ! <-> :* \ ' '' ; -- /* % _ { } + ~ @@ es0x"""
SYNTAX = OPERATORS.split()
SYNTAX += ["DROP TABLE", "\u202e", "\u200b", "\ud800", "niñez", "trata", "🦙", "العربية", "٢٣", "ß", "İ", "ﬁ"]
WORDS = ("migr", "trafic", "integr", "region", "regular", "comun", "nacion", "document", "protec", "coordin")
# the same examples in every run: what fails once fails again
STEADY = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "suppress_health_check": list(HealthCheck),
}
TYPED = st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(max_size=12)), max_size=12).map(" ".join)


def answer(text):
    """What the list answers: practices, or errors beside the field."""
    filterset = practices_for({"q": text})
    return list(filterset.qs) if filterset.is_valid() else filterset.errors["q"]


@pytest.mark.engines
@settings(max_examples=tries(60, 500), **STEADY)
@given(TYPED)
def test_nothing_that_is_typed_breaks_the_search(text):
    answer(text)


@pytest.mark.engines
@settings(max_examples=tries(20, 160), **STEADY)
@given(TYPED)
def test_nothing_that_is_typed_breaks_the_order_by_relevance(text):
    filterset = practices_for({"q": text, "sort": "relevance"})
    if filterset.is_valid():
        list(filterset.qs[:5])


@pytest.mark.engines
@pytest.mark.parametrize(
    "text", ["-", '"', "OR OR", "* *", "a:b", '"a b', "(", "' OR 1=1 --", "x" * 200, "\u202e\u202d", "' & !'"]
)
def test_operators_alone_answer_like_any_other_query(client, text):
    response = client.get("/es/practicas/", {"q": text})
    assert response.status_code == 200


def test_two_hundred_words_are_too_many_and_said_so(client):
    page = client.get("/es/practicas/", {"q": "palabra " * 200}).content.decode()
    assert 'id="id_q_error"' in page


def test_engine_syntax_is_only_words():
    assert [term.words for term in read_query("title:migrantes", current()).terms] == [("title", "migrantes")]
    assert [term.words for term in read_query("a & b | !c", current()).terms] == [("b",), ("c",)]


def test_threads_that_stem_at_once_do_not_mix_their_words():
    words = [f"{beginning}{ending}" for beginning in WORDS for ending in ("aciones", "amiento", "idades", "ational")]
    expected = [stem.__wrapped__(word, "en") for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda _turn: [stem.__wrapped__(word, "en") for word in words], range(32)))
    finally:
        sys.setswitchinterval(before)
    assert all(stems == expected for stems in found)

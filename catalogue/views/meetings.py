"""Meetings as a timeline, one by one and as files; forums; and what was agreed."""

from itertools import groupby

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.caching.etags import versioned
from catalogue.coverage.charts import columns
from catalogue.exports.meetings import meetings_as_csv, meetings_as_json
from catalogue.harvest.meetings import calendar_file, upcoming_feed
from catalogue.listing.paging import page_of, query_of
from catalogue.models import CommitmentAnswer, Presentation
from catalogue.views.detail import rows_by_role
from catalogue.views.download import invalid_parameters
from networks.choices import BodyRole, CommitmentStatus
from networks.filters import meetings_for
from networks.models import Commitment, Forum, Meeting

FORMATS = ("ics", "csv", "json", "atom")


@require_safe
@versioned
def meeting_list(request):
    """The meetings by year, the latest first, with their filters; an impossible value is said beside its field."""
    filterset = meetings_for(request.GET)
    facets = filterset.facets()
    page = page_of(filterset.qs.latest_first().for_listing(), request.GET.get("page"))
    context = {
        "facets": facets,
        "valid": filterset.is_valid(),
        "total": page.paginator.count,
        "years": [(year, list(meetings)) for year, meetings in groupby(page, key=lambda meeting: meeting.year)],
        "columns": year_columns(filterset.qs.per_year()),
        "page": page,
        "page_query": query_of(request.GET, without=("page",)),
        "query": query_of(filterset.known_query()),
        "filtered": bool(request.GET),
    }
    return render(request, "catalogue/meeting_list.html", context)


def year_columns(counts):
    """Return the columns of a chart from the first to the last year with a meeting; none for a single year."""
    years = sorted(map(int, counts))
    if len(years) < 2:
        return []
    return columns([(str(year), counts[str(year)]) for year in range(years[0], years[-1] + 1)])


@require_safe
@versioned
def meeting_list_file(request, extension):
    """The meetings of a list as calendar, table or data, or those to come as a feed."""
    if extension not in FORMATS:
        raise Http404
    filterset = meetings_for(request.GET)
    if not filterset.is_valid():
        return invalid_parameters(request, filterset.errors)
    if extension == "ics":
        return calendar_file(filterset, request.version)
    if extension == "atom":
        return upcoming_feed(filterset, timezone.now().date(), request.version)
    return meetings_as_csv(filterset) if extension == "csv" else meetings_as_json(filterset)


@require_safe
@versioned
def meeting_detail(request, slug):
    """One meeting: who, when, where, on what, what came of it, and which practices have to do with it."""
    meeting = get_object_or_404(Meeting.objects.for_detail(), slug=slug)
    context = {
        "meeting": meeting,
        "bodies": rows_by_role(meeting.bodies.all(), BodyRole),
        "presentations": Presentation.objects.at(meeting),
        "commitments": with_answers(Commitment.objects.of_meeting(meeting).in_order().for_listing()),
        "fulfils": Commitment.objects.fulfilled_at(meeting).in_order().for_listing(),
    }
    return render(request, "catalogue/meeting_detail.html", context)


def with_answers(commitments):
    """Return ``[(commitment, the published practices on its subject)]``."""
    commitments = list(commitments)
    answers = list(CommitmentAnswer.objects.to(commitments))
    return [(row, [answer for answer in answers if answer.commitment_id == row.pk]) for row in commitments]


@require_safe
@versioned
def commitment_list(request):
    """What the meetings agreed, those of the latest first, with their status and the practices on their subject."""
    rows = with_answers(Commitment.objects.in_order().for_listing())
    statuses = [(status.label, sum(row.status == status for row, _answers in rows)) for status in CommitmentStatus]
    context = {
        "meetings": [(meeting, list(group)) for meeting, group in groupby(rows, key=lambda pair: pair[0].meeting)],
        "total": len(rows),
        "statuses": [(label, count) for label, count in statuses if count],
        "unanswered": sum(not answers and not row.is_fulfilled for row, answers in rows),
    }
    return render(request, "catalogue/commitment_list.html", context)


@require_safe
@versioned
def forum_list(request):
    """The forums, organisations and platforms that the sources name, with the number of their meetings."""
    forums = list(Forum.objects.for_listing())
    context = {
        "meeting": [forum for forum in forums if forum.meetings.all()],
        "others": [forum for forum in forums if not forum.meetings.all()],
    }
    return render(request, "catalogue/forum_list.html", context)


@require_safe
@versioned
def forum_detail(request, slug):
    """One forum: what it is, what it has to do with the Conference, its meetings and those it had a part in."""
    forum = get_object_or_404(Forum.objects.for_detail(), slug=slug)
    context = {
        "forum": forum,
        "meetings": Meeting.objects.of_forums([slug]).latest_first().for_listing()[: settings.PRACTICES_PER_PAGE],
        "parts": Meeting.objects.with_body(forum).latest_first().for_listing(),
    }
    return render(request, "catalogue/forum_detail.html", context)

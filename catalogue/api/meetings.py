"""Meetings, forums and commitments in the API. What a list of meetings holds is decided by ``meetings_for``."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from catalogue.api import meeting_shapes as shapes
from catalogue.api.access import public, reading
from catalogue.api.paging import requested_page
from catalogue.api.records import api_url
from catalogue.api.shapes import page_shape
from catalogue.api.views import fields_of, paged, sparse
from catalogue.exports.meetings import commitment_records, detailed_meeting_record, forum_record, meeting_record
from networks.filters import meetings_for
from networks.models import Commitment, Forum, Meeting


@public
@extend_schema(
    operation_id="meetings",
    summary=_("List of meetings, with filters"),
    responses=page_shape("meetings", shapes.MeetingSummary),
    extensions={"x-meetings": True, "x-paged": True, "x-fields": shapes.MeetingSummary},
)
@reading
def meeting_list(request):
    """The meetings that the same filters list on the page, the latest first."""
    wanted = fields_of(request, shapes.MeetingSummary)
    filterset = meetings_for(request.GET)
    if not filterset.is_valid():
        raise ValidationError(filterset.errors)
    page = requested_page(filterset.qs.latest_first().for_listing(), request)
    rows = [sparse(addressed(meeting_record(row)), wanted) for row in page]
    return paged(request, page, "meetings", rows, filterset)


@public
@extend_schema(
    operation_id="meeting", summary=_("One meeting"), responses=shapes.Meeting, extensions={"x-fields": shapes.Meeting}
)
@reading
def meeting_detail(request, slug):
    """The whole record of a meeting, by its slug."""
    wanted = fields_of(request, shapes.Meeting)
    meeting = get_object_or_404(Meeting.objects.for_detail(), slug=slug)
    return Response(sparse(addressed(detailed_meeting_record(meeting)), wanted))


@public
@extend_schema(
    operation_id="forums",
    summary=_("Forums and organisations"),
    responses=page_shape("forums", shapes.Forum),
    extensions={"x-paged": True, "x-fields": shapes.Forum},
)
@reading
def forum_list(request):
    """The forums, organisations and platforms that the sources name."""
    wanted = fields_of(request, shapes.Forum)
    page = requested_page(Forum.objects.for_detail(), request)
    rows = [sparse(addressed(forum_record(forum), "forum"), wanted) for forum in page]
    return paged(request, page, "forums", rows)


@public
@extend_schema(
    operation_id="forum", summary=_("One forum"), responses=shapes.Forum, extensions={"x-fields": shapes.Forum}
)
@reading
def forum_detail(request, slug):
    """A forum by its slug."""
    wanted = fields_of(request, shapes.Forum)
    forum = get_object_or_404(Forum.objects.for_detail(), slug=slug)
    return Response(sparse(addressed(forum_record(forum), "forum"), wanted))


@public
@extend_schema(
    operation_id="commitments",
    summary=_("Commitments"),
    responses=page_shape("commitments", shapes.Commitment),
    extensions={"x-paged": True, "x-fields": shapes.Commitment},
)
@reading
def commitment_list(request):
    """The commitments, those of the latest meeting first, with the practices that answer them."""
    wanted = fields_of(request, shapes.Commitment)
    page = requested_page(Commitment.objects.in_order().for_listing(), request)
    rows = [sparse(record, wanted) for record in commitment_records(list(page))]
    return paged(request, page, "commitments", rows)


def addressed(record, name="meeting"):
    """Return a record with its address in the API beside that of its page."""
    return {**record, "api_url": api_url(name, record["slug"])}

"""Meetings, forums and commitments in the API. What a list of meetings holds is decided by ``meetings_for``."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from catalogue.api import meeting_shapes as shapes
from catalogue.api.endpoints import Listing, listing_endpoint, possible, record_endpoint
from catalogue.api.records import addressed
from catalogue.exports.meetings import commitment_records, detailed_meeting_record, forum_record, meeting_record
from networks.filters import meetings_for
from networks.models import Commitment, Forum, Meeting


@listing_endpoint("meetings", _("List of meetings, with filters"), shapes.MeetingSummarySerializer, meetings=True)
def meeting_list(request):
    """The meetings that the same filters list on the page, the latest first."""
    filterset = possible(meetings_for(request.GET))
    meetings = filterset.qs.latest_first().for_listing()
    return Listing(meetings, lambda page: [addressed(meeting_record(row), "meeting") for row in page], filterset)


@record_endpoint("meeting", _("One meeting"), shapes.MeetingSerializer)
def meeting_detail(request, slug):
    """The whole record of a meeting, by its slug."""
    return addressed(detailed_meeting_record(get_object_or_404(Meeting.objects.for_detail(), slug=slug)), "meeting")


@listing_endpoint("forums", _("Forums and organisations"), shapes.ForumSerializer)
def forum_list(request):
    """The forums, organisations and platforms that the sources name."""
    forums = Forum.objects.for_detail()
    return Listing(forums, lambda page: [addressed(forum_record(forum), "forum") for forum in page])


@record_endpoint("forum", _("One forum"), shapes.ForumSerializer)
def forum_detail(request, slug):
    """A forum by its slug."""
    return addressed(forum_record(get_object_or_404(Forum.objects.for_detail(), slug=slug)), "forum")


@listing_endpoint("commitments", _("Commitments"), shapes.CommitmentSerializer)
def commitment_list(request):
    """The commitments, those of the latest meeting first, with the practices that answer them."""
    return Listing(Commitment.objects.in_order().for_listing(), lambda page: commitment_records(list(page)))

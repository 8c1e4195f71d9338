"""Meetings for calendars (iCalendar, RFC 5545), for feed readers (Atom, RFC 4287) and for search engines."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from catalogue.harvest.feeds import Feed
from catalogue.harvest.linked_data import CONTEXT, country_data, without_empty
from catalogue.harvest.xml import xml_text
from catalogue.server.absolute_urls import meetings_url, public_url
from catalogue.text.languages import content_language, localized
from networks.choices import MeetingStatus

ONE_DAY = timedelta(days=1)  # the end of an event is the first day after it
STATES = {MeetingStatus.HELD: "CONFIRMED", MeetingStatus.ANNOUNCED: "CONFIRMED", MeetingStatus.CANCELLED: "CANCELLED"}


def calendar_file(filterset, version):
    """Answer with a calendar of the meetings of a list whose days are known; the others no calendar could hold."""
    from icalendar import Calendar  # takes long to import, and few ask

    calendar = Calendar()
    calendar.add("prodid", "-//Conferencia Suramericana sobre Migraciones//Catalogue of practices//ES")
    calendar.add("version", "2.0")
    calendar.add("name", _list_title(filterset))
    calendar.add("x-wr-calname", _list_title(filterset))
    calendar.add("url", meetings_url(filterset))
    for meeting in filterset.qs.on_known_days().earliest_first().for_listing():
        calendar.add_component(_calendar_event(meeting, version))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="csm-meetings-{content_language()}.ics"'
    return response


def _calendar_event(meeting, version):
    """Return a meeting as an event of whole days, in the active language."""
    from icalendar import Event  # as above

    event = Event()
    event.add("uid", f"{meeting.slug}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", version.changed_at)
    event.add("dtstart", meeting.first_day)
    event.add("dtend", meeting.last_day + ONE_DAY)
    event.add("summary", localized(meeting, "name").text)
    event.add("description", _event_description(meeting))
    event.add("location", localized(meeting, "place").text)
    event.add("url", public_url(meeting))
    event.add("status", STATES.get(meeting.status, "TENTATIVE"))
    event.add("transp", "TRANSPARENT")
    if networks := [localized(network, "name").text for network in meeting.networks.all()]:
        event.add("categories", networks)
    return event


def _event_description(meeting):
    """Return what a calendar shows of a meeting: its summary, its status, and the doubt about its date."""
    parts = [localized(meeting, "summary").text, f"{meeting.get_status_display()}."]
    if meeting.date_derived:
        parts.append(_("Year derived: the source does not give it with the date."))
    return "\n".join(filter(None, parts))


def upcoming_feed(filterset, today, version):
    """Answer with an Atom feed of the meetings of a list that are still to come, the next one first."""
    feed = Feed(
        title=_list_title(filterset),
        link=meetings_url(filterset),
        subtitle=_("Upcoming meetings, the next one first."),
        feed_url=meetings_url(filterset, "atom"),
        changed=version.changed_at,
    )
    for meeting in filterset.qs.to_come(today).earliest_first().for_listing():
        feed.add_item(**_feed_entry(meeting, version))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _feed_entry(meeting, version):
    """Return the entry of a meeting, in the active language; its title begins with the date."""
    place = localized(meeting, "place").text
    words = [meeting.date_in_words, place, localized(meeting, "summary").text, meeting.get_status_display()]
    return {
        "title": xml_text(f"{meeting.date_in_words}: {localized(meeting, 'name').text}"),
        "link": public_url(meeting),
        "description": xml_text(". ".join(word.rstrip(".") for word in words if word) + "."),
        "unique_id": public_url(meeting),
        "categories": [xml_text(localized(network, "name").text) for network in meeting.networks.all()],
        "updateddate": version.changed_at,
    }


def _list_title(filterset):
    """Return the name of the list and the filters in words."""
    conditions = "; ".join(f"{each.label}: {each.value_label}" for each in filterset.chosen())
    name = " – ".join([str(settings.SITE_NAME), _("Meetings")])
    return f"{name} – {conditions}" if conditions else name


def meeting_data(meeting):
    """Return a meeting in schema.org, in the active language; only one that took place or will is an event."""
    name = localized(meeting, "name")
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": public_url(meeting),
        "url": public_url(meeting),
        "name": name.text,
        "inLanguage": name.html_language,
        "description": localized(meeting, "summary").text,
        "startDate": meeting.start,
        "endDate": meeting.end,
        "location": _location_data(meeting),
        "about": [localized(network, "name").text for network in meeting.networks.all()],
        "eventStatus": "https://schema.org/EventCancelled" if meeting.status == MeetingStatus.CANCELLED else "",
        "organizer": {"@type": "Organization", "name": localized(meeting.forum, "name").text} if meeting.forum else "",
    }
    return without_empty(data)


def _location_data(meeting):
    """Return where a meeting was, as far as it is known."""
    place = localized(meeting, "place").text
    if not place:
        return None
    data = {"@type": "Place", "name": place}
    return {**data, "containedInPlace": country_data(meeting.host)} if meeting.host else data

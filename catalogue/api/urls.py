"""The URLs of the API."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from catalogue.api import meetings, schema, views

API = [
    path("", views.start, name="start"),
    path("schema/", schema.schema, name="schema"),
    path("docs/", RedirectView.as_view(pattern_name="api_docs"), name="documentation"),
    path("practices/", views.practice_list, name="practices"),
    path("practices/<str:slug>/", views.practice_detail, name="practice"),
    path("results/", views.result_list, name="results"),
    path("networks/", views.network_list, name="networks"),
    path("networks/<str:slug>/", views.network_detail, name="network"),
    path("countries/", views.country_list, name="countries"),
    path("countries/<str:iso2>/", views.country_detail, name="country"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/<str:slug>/", meetings.meeting_detail, name="meeting"),
    path("forums/", meetings.forum_list, name="forums"),
    path("forums/<str:slug>/", meetings.forum_detail, name="forum"),
    path("commitments/", meetings.commitment_list, name="commitments"),
    path("vocabularies/", views.vocabulary_list, name="vocabularies"),
    path("vocabularies/<str:name>/", views.vocabulary_detail, name="vocabulary"),
    # with a final slash only: without one, the reader is led to the address that has it
    re_path(r"^(?P<rest>.*/)$", views.nothing, name="nothing"),
]

urlpatterns = [path("api/v1/", include((API, "api")))]

"""The response to a URL that is too long, in the format of its kind of client."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_from_request, gettext as _, override
from django.views.decorators.csrf import requires_csrf_token

from catalogue.exports.responses import json_text
from catalogue.harvest import oai_pmh
from catalogue.middleware.url_length import MAX_URL_LENGTH
from catalogue.views.download import JSON_ENDINGS
from catalogue.views.errors import error_page
from catalogue.views.harvest import XML_OF_OAI


@requires_csrf_token
def too_long(request):
    """Refuse a URL: to harvesters as an error of their protocol, to clients of JSON in JSON, to people as a page."""
    if request.path == reverse("oai"):
        sentence = f"The arguments are longer than {MAX_URL_LENGTH} bytes; send them by POST."
        return HttpResponse(oai_pmh.error_response("badArgument", sentence), content_type=XML_OF_OAI, status=414)
    if request.path.endswith(JSON_ENDINGS):
        with override(get_language_from_request(request, check_path=True)):
            text = json_text({"error": _("The address is too long.")})
        return HttpResponse(text, content_type="application/json", status=414)
    return error_page(request, 414)

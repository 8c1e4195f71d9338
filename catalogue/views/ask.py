"""Asking the Technical Secretariat about a practice: without an account, a cookie or a third party."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.caching.etags import revalidated, versioned
from catalogue.editorial import enquiries
from catalogue.forms import QuestionForm
from catalogue.models import Enquiry, Practice
from catalogue.server.rate_limit import HOUR, is_too_often
from catalogue.views.errors import csrf_failure

OUR_OWN = ("same-origin", "none")  # where a browser may say that the form came from


@csrf_exempt  # see catalogue/forms.py
@require_http_methods(["GET", "HEAD", "POST"])
@revalidated  # the form holds the time at which it was made
def ask(request, slug):
    """The form, and what it sends: stored, sent to the secretariat, answered by e-mail."""
    practice = get_object_or_404(Practice.objects.published(), slug=slug)
    if request.method != "POST":
        return form_page(request, practice, QuestionForm(practice=practice))
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OUR_OWN:
        return csrf_failure(request)
    form = QuestionForm(request.POST, practice=practice)
    if not form.is_valid():
        return form_page(request, practice, form, status=422)
    if too_many(request):
        form.add_error(
            None, _("Too many questions were received in the last hour. Your text has been kept: send it later.")
        )
        response = form_page(request, practice, form, status=429)
        response["Retry-After"] = HOUR
        return response
    enquiries.ask(form.instance)
    return redirect("asked", practice.slug)


@require_safe
@versioned
def asked(request, slug):
    """The page after a question was sent: what happens next."""
    practice = get_object_or_404(Practice.objects.published(), slug=slug)
    return render(request, "catalogue/asked.html", {"practice": practice})


def form_page(request, practice, form, status=200):
    return render(request, "catalogue/ask.html", {"practice": practice, "form": form}, status=status)


def too_many(request):
    """Whether this client, or all together, have asked as many questions as one hour allows.

    The limit for all protects the disk. Thirteen networks of 65,536 addresses, each used from four places at least,
    could reach it; the secretariat's inbox is protected in ``enquiry_mail.send_to_secretariat``.
    """
    if is_too_often(request, "question", settings.QUESTIONS_PER_HOUR):
        return True
    last_hour = timezone.now() - timedelta(seconds=HOUR)
    return Enquiry.objects.sent_after(last_hour).count() >= settings.QUESTIONS_PER_HOUR_IN_ALL

"""Reauthentication: before accounts or a second factor are shown or changed, who is signed in confirms it again."""

import time

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django_otp import match_token

from catalogue.editorial.privacy import second_factor

CONFIRMED_AT = "confirmed_at"  # in the session, in seconds since 1970
GOOD_FOR = 10 * 60  # seconds
PREFIX = "confirmation"


class ConfirmationForm(forms.Form):
    """The code of the second factor, or the password of who has none; what is wrong counts as a refused sign-in."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Code of your second factor"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
        help_text=_(
            "Six digits from the app, or a recovery code. Each code works only once: if you have just logged in with"
            " one, wait for the next."
        ),
    )

    def __init__(self, request, data=None):
        super().__init__(data, prefix=PREFIX)
        self.request = request
        del self.fields["password" if second_factor.has_one(request.user) else "code"]

    def clean_password(self):
        if not is_own_password(self.request, self.cleaned_data["password"]):
            raise ValidationError(_("The password is incorrect."), code="password_incorrect")

    def clean_code(self):
        if not is_own_code(self.request, self.cleaned_data["code"]):
            raise ValidationError(_("The code is incorrect or has already been used."), code="code_incorrect")


def is_own_password(request, password):
    """Whether it is the password of who is signed in; five wrong ones lock out as at sign-in."""
    return authenticate(request, username=request.user.get_username(), password=password) == request.user


def is_own_code(request, code):
    """Whether it is a code of the second factor of who is signed in; five wrong ones lock out as at sign-in."""
    credentials = {"username": request.user.get_username(), "password": "***"}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True
        return False
    if match_token(request.user, code.strip()) is None:
        user_login_failed.send(__name__, credentials=credentials, request=request)
        return False
    return True


def is_recent(session):
    """Whether it was confirmed in this session, not long ago."""
    return 0 <= time.time() - session.get(CONFIRMED_AT, 0) <= GOOD_FOR


def clear_confirmation(session):
    """Ask again at the next page, since what it is confirmed with has changed."""
    session.pop(CONFIRMED_AT, None)


def confirmation_page(site, request):
    """Return the page that asks for it; ``None`` when it was confirmed a moment ago and the view may go on.

    It has the URL that was requested, so that it redirects nowhere else, and carries what a form has sent.
    """
    if is_recent(request.session):
        return None
    form = ConfirmationForm(request, request.POST if any(map(_is_ours, request.POST)) else None)
    sent = [(name, value) for name, values in request.POST.lists() if not _is_ours(name) for value in values]
    if form.is_bound and form.is_valid():
        request.session.cycle_key()  # a copied cookie is not confirmed with it
        request.session[CONFIRMED_AT] = int(time.time())
        return None if sent else redirect(request.get_full_path())
    context = {**site.each_context(request), "title": _("Confirm your identity"), "form": form, "sent": sent}
    page = TemplateResponse(request, "admin/catalogue/confirmation.html", context)
    add_never_cache_headers(page)
    return page


def _is_ours(name):
    return name.startswith(f"{PREFIX}-") or name == "csrfmiddlewaretoken"

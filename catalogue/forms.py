"""The form for a question about a practice, protected from programs without a cookie.

Django's CSRF protection needs a cookie, and anonymous requests get none. It protects what a signed-in person may do,
and here nobody is: a forged question can do no more than one sent directly. Against automated questions there are a
signed token with the time at which the form was created, a hidden field, ``Sec-Fetch-Site`` and an hourly limit.
"""

from django import forms
from django.core import signing
from django.core.validators import MinLengthValidator
from django.utils.translation import get_language, gettext_lazy as _

from catalogue.choices import OrganisationKind
from catalogue.models import Enquiry
from catalogue.text.languages import content_language
from networks.models import Country

SALT = "catalogue.question"
LEAST_SECONDS = 3  # nobody reads and fills in the form faster
MOST_SECONDS = 2 * 24 * 60 * 60  # a page may stay open over night
FEWEST_CHARACTERS = 10
EXPIRED = _("This form has expired. Your text has been kept: send it again.")
TOO_EARLY = _("The form was sent too quickly. Your text has been kept: wait a few seconds and send it again.")


def new_token(practice):
    """Return the token of the form of a practice: the practice and the time, signed."""
    return signing.TimestampSigner(salt=SALT).sign(practice.code)


def token_problem(token, practice):
    """Return why a token is refused, ``""`` for one signed for this practice between three seconds and two days ago."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        if signer.unsign(token, max_age=MOST_SECONDS) != practice.code:
            return EXPIRED
    except signing.BadSignature:
        return EXPIRED
    try:
        signer.unsign(token, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return ""
    return TOO_EARLY


class QuestionForm(forms.ModelForm):
    """A question, and the e-mail address for the answer."""

    agreed = forms.BooleanField(
        label=_("I agree that the Technical Secretariat keeps what I write here in order to reply to me"),
        error_messages={"required": _("Without your consent the question cannot be kept or answered.")},
    )
    website = forms.CharField(required=False)  # hidden: only programs fill it

    class Meta:
        model = Enquiry
        fields = ["question", "email", "name", "institution", "institution_kind", "country"]
        widgets = {"question": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "question": _("At most 4,000 characters. Please do not name other people."),
            "email": _("The reply is sent to this address. Nobody outside the Secretariat sees it."),
        }
        error_messages = {
            "question": {"required": _("Write your question.")},
            "email": {"required": _("Enter the e-mail address for the reply.")},
        }

    def __init__(self, *args, practice, **options):
        super().__init__(*args, **options)
        self.practice = self.instance.practice = practice
        self.instance.language = content_language(get_language())
        fields = self.fields
        fields["question"].validators.append(
            MinLengthValidator(FEWEST_CHARACTERS, _("Write your question in ten characters or more."))
        )
        fields["country"].queryset = Country.objects.all()
        fields["country"].empty_label = "–"
        fields["institution_kind"].choices = [("", "–"), *OrganisationKind.choices]
        for name, token in (("email", "email"), ("name", "name"), ("institution", "organization")):
            fields[name].widget.attrs["autocomplete"] = token
        for name in set(fields) - {"agreed", "website"}:
            fields[name].widget.attrs["class"] = "field"
        self.token = self.data.get("token", "") or new_token(practice)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("This looks like an automated submission. Your text has been kept: send it again.")
            )
        return ""

    def clean(self):
        """Refuse a form whose token is not valid, with a new token when the old one cannot become valid."""
        cleaned = super().clean()
        if problem := token_problem(self.data.get("token", ""), self.practice):
            self.add_error(None, problem)
            if problem is EXPIRED:
                self.token = new_token(self.practice)
        for message in self.errors.pop("website", ()):
            self.add_error(None, message)
        return cleaned

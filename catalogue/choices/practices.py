"""What is recorded of a practice: its classification, those who take part, its results."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Scheme(models.TextChoices):
    """The vocabularies the catalogue uses."""

    POPULATION = "population", _("target population")
    KEYWORD = "keyword", _("keyword")
    GCM = "gcm", _("objective of the Global Compact for Migration")
    PRINCIPLE = "principle", _("guiding principle of the Global Compact for Migration")
    SDG = "sdg", _("Sustainable Development Goal")
    SDG_TARGET = "sdg_target", _("target of a Sustainable Development Goal")
    PSDHM = "psdhm", _("programme of the South American Human Development Plan for Migration")
    ABBREVIATION = "abbreviation", _("abbreviation")


TERM_FIELDS = {  # field of a practice: the vocabulary of its terms
    "populations": Scheme.POPULATION,
    "keywords": Scheme.KEYWORD,
    "gcm_objectives": Scheme.GCM,
    "guiding_principles": Scheme.PRINCIPLE,
    "sdg_targets": Scheme.SDG_TARGET,
    "psdhm_programmes": Scheme.PSDHM,
}
# The frameworks by which practices are classified: each term of a practice has its reason
FRAMEWORK_FIELDS = {scheme: name for name, scheme in TERM_FIELDS.items() if name not in ("populations", "keywords")}


class ClassificationStatus(models.TextChoices):
    """How far the classification of a practice by a term has come."""

    PROPOSED = "proposed", _("proposed, not yet confirmed")
    CONFIRMED = "confirmed", _("confirmed by the Technical Secretariat")


class OrganisationKind(models.TextChoices):
    """Sector of an organisation."""

    GOVERNMENT = "government", _("government body")
    INTERNATIONAL = "international", _("international organisation")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    SOCIAL_PARTNER = "social_partner", _("workers’ or employers’ organisation")
    ACADEMIA = "academia", _("academia")
    MEDIA = "media", _("media")
    PROGRAMME = "programme", _("programme")
    OTHER = "other", _("other")


class Scope(models.TextChoices):
    """How far a practice reaches."""

    NATIONAL = "national", _("National")
    SUBNATIONAL = "subnational", _("Subnational")
    LOCAL = "local", _("Local")
    BORDER = "border", _("Border")
    CONSULAR = "consular", _("Consular, abroad")
    REGIONAL = "regional", _("Regional, several States")


class OperationalStatus(models.TextChoices):
    """Whether the practice itself is running, as far as the source says."""

    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Pilot")
    ONGOING = "ongoing", _("Ongoing")
    ENDED = "ended", _("Ended")
    UNKNOWN = "unknown", pgettext_lazy("status of a practice", "Unknown")


class Evidence(models.TextChoices):
    """What the record shows for the effect of the practice: an editorial classification."""

    DESCRIBED = "described", _("Described by the institution, without figures on effects")
    FIGURES = "figures", _("With figures on effects, given by the institution")
    EVALUATED = "evaluated", _("Evaluated independently")


ON_EFFECTS = (Evidence.FIGURES, Evidence.EVALUATED)  # “with figures on effects”, wherever that is said or counted


class CountryRole(models.TextChoices):
    """What a State has to do with a practice. Only implementing States count a practice as theirs."""

    IMPLEMENTING = "implementing", _("implements it")
    BORDER = "border", _("counterpart across the border")
    ORIGIN = "origin", _("country of origin")
    DESTINATION = "destination", _("country of destination")
    ELIGIBLE = "eligible_nationals", _("its nationals are eligible")


class OrganisationRole(models.TextChoices):
    """What an organisation does in a practice."""

    LEAD = "lead", _("Implementing entity")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")
    TECHNICAL_ASSISTANCE = "technical_assistance", _("Technical assistance")
    PARTICIPANT = "participant", _("Participant")
    ISSUER = "issuer", _("Issuer of a legal instrument")
    INFORMATION = "information", _("Source of information")
    CONTACT = "contact", _("Contact")
    MENTIONED = "mentioned", _("Mentioned in the source")


# Who gives something to a practice; the other roles say that the source names a body, not that it takes part
SUPPORTING_ROLES = (OrganisationRole.PARTNER, OrganisationRole.FUNDER, OrganisationRole.TECHNICAL_ASSISTANCE)
CONTRIBUTING_ROLES = (*SUPPORTING_ROLES, OrganisationRole.PARTICIPANT)


class InstrumentKind(models.TextChoices):
    """Kinds of legal and policy instruments."""

    CONSTITUTION = "constitution", _("constitution")
    ACT = "act", _("act")
    DECREE = "decree", _("decree")
    RESOLUTION = "resolution", _("resolution")
    MINISTERIAL_AGREEMENT = "ministerial_agreement", _("ministerial agreement")
    REGULATION = "regulation", _("regulation")
    AGREEMENT = "agreement", _("agreement")
    PROTOCOL = "protocol", _("protocol")
    POLICY = "policy", _("policy")
    PLAN = "plan", _("plan")
    STRATEGY = "strategy", _("strategy")
    VISA = "visa", _("visa category")


class ResultKind(models.TextChoices):
    """What a figure says, by the terms of the OECD’s glossary of evaluation; ``RESULT_KINDS`` explains it.

    OECD, Glossary of Key Terms in Evaluation and Results-Based Management, 2nd edition, 2023.
    """

    RESULT = "result", _("result")
    OUTPUT = "output", _("output")
    BASELINE = "baseline", _("baseline")
    COVERAGE = "coverage", _("coverage")
    CONTEXT = "context", _("context")
    NORM = "norm", _("norm")


RESULT_KINDS = {
    ResultKind.RESULT: _("an effect of the practice: what was measured before, measured again after it, or a change"),
    ResultKind.OUTPUT: _("what the practice delivers: services and the people they reach, people trained, materials"),
    ResultKind.BASELINE: _("the same measure before the practice"),
    ResultKind.COVERAGE: _("where, or through how many offices, the practice works"),
    ResultKind.CONTEXT: _("caseload, traffic and other circumstances, not what the practice did or changed"),
    ResultKind.NORM: _("what a legal text sets; nothing was measured"),
}


class Qualifier(models.TextChoices):
    """Words of the source that make a figure less exact."""

    MORE_THAN = "more_than", _("more than")
    APPROXIMATELY = "approximately", _("approximately")
    UP_TO = "up_to", _("up to")
    ALMOST = "almost", _("almost")


class NoteField(models.TextChoices):
    """Parts of the record an editor's note can concern."""

    TITLE = "title", _("Title")
    PERIOD = "period", _("Period")
    STATUS = "status", _("Operational status")
    SCOPE = "scope", _("Scope")
    PLACES = "places", _("Places")
    OBJECTIVE = "objective", _("Objective")
    DESCRIPTION = "description", _("What it does")
    RESULTS = "results", _("Results")
    OUTCOMES = "outcomes", _("Results in words")
    INNOVATION = "innovation", _("Innovation")
    POPULATIONS = "population_detail", _("Target populations")
    FRAMEWORKS = "frameworks", _("Frameworks and approaches")
    ORGANISATIONS = "organisations", _("Organisations")
    LEGAL = "legal", _("Legal basis")
    LINKS = "links", _("Links")
    REFERENCES = "references", _("Sources")
    CONTACT = "contact", _("Contact")


class AnswerBasis(models.TextChoices):
    """On what it rests that a practice and a commitment are named together."""

    SOURCE = "source", _("the source says that it answers the commitment")
    SAME_SUBJECT = "same_subject", _("same subject, as this catalogue reads it")


class PresentationKind(models.TextChoices):
    """What a meeting had to do with a practice."""

    PRESENTED = "presented", _("presented at the meeting")
    SUBJECT = "subject", _("subject of the meeting")

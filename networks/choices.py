"""Closed lists of forums and meetings. The code is stored; the label is shown in the reader’s language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForumKind(models.TextChoices):
    """What a forum, an organisation or a platform is."""

    CONSULTATIVE = "consultative_process", _("regional consultative process")
    TECHNICAL = "technical_process", _("regional technical process")
    BLOC = "integration_bloc", _("integration bloc")
    BLOC_BODY = "bloc_body", _("body of an integration bloc")
    UNITED_NATIONS = "united_nations", _("organisation of the United Nations system")
    ENVOY = "envoy", _("special representative")
    INTERNATIONAL = "international", _("international organisation")
    REGIONAL = "regional", _("regional organisation")
    PLATFORM = "platform", _("platform")
    DONOR = "donor", _("donor")
    CIVIL_SOCIETY = "civil_society", _("network of civil society")


class MeetingLevel(models.TextChoices):
    """Who met: a forum, or people without one."""

    FORUM = "forum", _("Meeting of a forum")
    INTER_AGENCY = "inter_agency", _("Inter-agency")
    BILATERAL = "bilateral", _("Bilateral")
    NATIONAL = "national", _("National")
    CIVIL_SOCIETY = "civil_society", _("Proposed by civil society")


class MeetingStatus(models.TextChoices):
    """Whether a meeting took place, as far as the source says."""

    HELD = "held", _("Held")
    ANNOUNCED = "announced", _("Announced")
    PLANNED = "planned", _("Planned; the source does not say whether it took place")
    PROPOSED = "proposed", _("Proposed; the source does not say that it was convened")
    CANCELLED = "cancelled", _("Cancelled")


class BodyRole(models.TextChoices):
    """What somebody has to do with a meeting."""

    CONVENOR = "convenor", _("Convened by")
    PROPOSER = "proposer", _("Proposed by")
    FUNDER = "funder", _("Funded by")
    PARTICIPANT = "participant", _("Other participants")
    ADDRESSEE = "addressee", _("Forums to which its suggestions are addressed")


class CommitmentStatus(models.TextChoices):
    """What is known of a commitment since it was made."""

    PRESENTED = "presented", _("Presented, not agreed as far as the source says")
    AGREED = "agreed", _("Agreed; the sources say nothing later of it")
    UNDER_WAY = "under_way", _("Under way")
    FULFILLED = "fulfilled", _("Fulfilled")
    DROPPED = "dropped", _("Abandoned")

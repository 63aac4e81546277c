"""Choices whose words visitors read. Not beside the models: what stands there is translated for the back office only."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OrganisationRole(models.TextChoices):
    """What an organisation is here; one record may be several of them (R5.01)."""

    PROVIDER = "provider", pgettext_lazy("role of an organisation", "Provider")
    AUTHORITY = "authority", pgettext_lazy("role of an organisation", "Authority")
    WELFARE = "welfare", pgettext_lazy("role of an organisation", "Welfare association")
    ASSOCIATION = "association", pgettext_lazy("role of an organisation", "Association")
    MIGRANT_ORGANISATION = (
        "migrant_organisation",
        pgettext_lazy("role of an organisation", "Migrants' organisation"),
    )
    RELIGIOUS = "religious", pgettext_lazy("role of an organisation", "Religious community")
    SCHOOL = "school", pgettext_lazy("role of an organisation", "School or nursery")
    EMPLOYER = "employer", pgettext_lazy("role of an organisation", "Employer")
    HEALTH = "health", pgettext_lazy("role of an organisation", "Health service")
    INFORMAL_GROUP = "informal_group", pgettext_lazy("role of an organisation", "Informal group")
    OTHER = "other", pgettext_lazy("role of an organisation", "Other")


class BarrierKind(models.TextChoices):
    """What stood in the way of somebody who could not use an offer (R6.13)."""

    LANGUAGE = "language", pgettext_lazy("barrier", "Nobody spoke my language")
    ACCESS = "access", pgettext_lazy("barrier", "I could not get in")
    CHILDCARE = "childcare", pgettext_lazy("barrier", "There was no childcare")
    COST = "cost", pgettext_lazy("barrier", "It cost too much")
    TIME = "time", pgettext_lazy("barrier", "The times do not fit")
    FULL = "full", pgettext_lazy("barrier", "There was no place left")
    WRONG = "wrong", pgettext_lazy("barrier", "What stands here is not true")
    TURNED_AWAY = "turned_away", pgettext_lazy("barrier", "I was turned away")
    OTHER = "other", pgettext_lazy("barrier", "Something else")

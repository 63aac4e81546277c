"""Kinds of offers and the fields each of them has beside the common ones: one row, one form, one history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class OfferKind(models.TextChoices):
    GENERAL = "general", pgettext_lazy("kind of offer", "General offer")
    COURSE = "course", pgettext_lazy("kind of offer", "Course")
    COUNSELLING = "counselling", pgettext_lazy("kind of offer", "Counselling")
    GROUP = "group", pgettext_lazy("kind of offer", "Group")
    MEETING_PLACE = "meeting_place", pgettext_lazy("kind of offer", "Meeting place")
    HEALTH = "health", pgettext_lazy("kind of offer", "Health service")
    LISTING = "listing", pgettext_lazy("kind of offer", "Job, training or internship")
    SPORT = "sport", pgettext_lazy("kind of offer", "Sport")
    CULTURE = "culture", pgettext_lazy("kind of offer", "Culture")


class Level(models.TextChoices):
    """Language levels of the European framework, with A0 for those who learn to read and write."""

    A0 = "A0", _("A0 (alphabetisation)")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class CourseType(models.TextChoices):
    INTEGRATION = "integration", _("Integration course")
    LITERACY = "literacy", _("Literacy course")
    JOB_LANGUAGE = "job_language", _("Language course for work")
    FIRST_ORIENTATION = "first_orientation", _("First orientation course")
    LANGUAGE = "language", _("Other language course")
    CONVERSATION = "conversation", _("Conversation group")
    SCHOOL = "school", _("School leaving certificate")
    SKILLS = "skills", _("Other course")


class Intake(models.TextChoices):
    OPEN = "open", _("takes new patients")
    WAITING = "waiting", _("waiting list")
    CLOSED = "closed", _("takes nobody at present")
    UNKNOWN = "unknown", _("unknown")


class ListingType(models.TextChoices):
    JOB = "job", _("Job")
    TRAINING = "training", _("Vocational training")
    INTERNSHIP = "internship", _("Internship")


class Known(models.TextChoices):
    """A fact that may be unknown; unknown matches no filter and stands on the repair list (R6.03)."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("unknown")


class RegistrationMode(models.TextChoices):
    NONE = "none", _("not needed")
    WANTED = "wanted", _("welcome")
    REQUIRED = "required", _("needed")
    REFERRAL = "referral", _("needs a referral")
    UNKNOWN = "unknown", _("unknown")


@dataclass(frozen=True)
class Kind:
    """fields: names of Offer's columns that only some kinds have, in the order of the form."""

    code: OfferKind
    explanation: "str | _StrPromise"
    icon: str
    fields: tuple[str, ...] = ()
    may_have_waiting_list: bool = False

    @property
    def label(self) -> "str | _StrPromise":
        return self.code.label


_TERM = ("starts_on", "ends_on")
_SEATS = ("seats", "seats_taken", "has_waiting_list")
_TRIAL = ("trial", "costs_covered", "gear")

KINDS: Mapping[str, Kind] = {
    kind.code.value: kind
    for kind in (
        Kind(OfferKind.GENERAL, _("Everything that none of the others fits."), "offer"),
        Kind(
            OfferKind.COURSE,
            _("Has a beginning, an end and a number of places. For example a German course."),
            "course",
            ("course_type", "level", *_TERM, *_SEATS, "childcare_places"),
            may_have_waiting_list=True,
        ),
        Kind(OfferKind.COUNSELLING, _("People are advised one by one."), "counselling"),
        Kind(
            OfferKind.GROUP,
            _("The same people meet again and again. For example a parents' group."),
            "group",
            ("level", *_SEATS, "childcare_places"),
            may_have_waiting_list=True,
        ),
        Kind(OfferKind.MEETING_PLACE, _("People come and go as they like. For example a café."), "meeting"),
        Kind(
            OfferKind.HEALTH,
            _("Doctors, therapists, midwives and the like."),
            "health",
            ("specialities", "intake"),
        ),
        Kind(
            OfferKind.LISTING,
            _("Somebody is looked for, until a day."),
            "listing",
            ("listing_type", "german_level", "deadline"),
        ),
        Kind(
            OfferKind.SPORT,
            _("Sport and exercise, with a trial session where there is one."),
            "sport",
            (*_TRIAL, *_SEATS, "childcare_places"),
            may_have_waiting_list=True,
        ),
        Kind(OfferKind.CULTURE, _("Music, theatre, dance, art."), "culture", (*_TRIAL,)),
    )
}

WITH_WAITING_LIST = tuple(code for code, kind in KINDS.items() if kind.may_have_waiting_list)
# Every column that belongs to kinds, once.
KIND_FIELDS = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.fields))


def fields_of(code: str) -> tuple[str, ...]:
    """Columns of this kind beside the common ones; an unknown kind has none."""
    kind = KINDS.get(code)
    return kind.fields if kind else ()

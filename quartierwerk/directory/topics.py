"""Topics of organisations and offers. The codes are stored and exported and never change.

A field of action of the municipality's plan later names its topics.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True)
class Topic:
    """related: what to show to somebody who finds nothing here, nearest first."""

    code: str
    label: "Words"
    explanation: "Words"
    related: tuple[str, ...] = ()


TOPICS: Mapping[str, Topic] = {
    topic.code: topic
    for topic in (
        Topic(
            "language",
            pgettext_lazy("topic", "German and other languages"),
            _("Courses, conversation groups, learning to read and write."),
            ("work_training", "meeting_neighbours", "school_childcare"),
        ),
        Topic(
            "school_childcare",
            pgettext_lazy("topic", "School and childcare"),
            _("Nursery, school, homework, the way to a certificate."),
            ("children_youth", "family", "language"),
        ),
        Topic(
            "work_training",
            pgettext_lazy("topic", "Work and training"),
            _("Looking for work, training, recognition of certificates."),
            ("language", "counselling_law", "money"),
        ),
        Topic(
            "counselling_law",
            pgettext_lazy("topic", "Advice and law"),
            _("Residence, authorities, letters and forms."),
            ("money", "housing", "emergency"),
        ),
        Topic(
            "housing",
            pgettext_lazy("topic", "Housing"),
            _("Looking for a flat, rent, trouble in the house."),
            ("counselling_law", "money"),
        ),
        Topic(
            "money",
            pgettext_lazy("topic", "Money and debts"),
            _("Benefits, debts, things that cost little."),
            ("counselling_law", "housing", "work_training"),
        ),
        Topic(
            "health",
            pgettext_lazy("topic", "Health"),
            _("Doctors, therapy, pregnancy, addiction, disability."),
            ("emergency", "family", "counselling_law"),
        ),
        Topic(
            "family",
            pgettext_lazy("topic", "Family"),
            _("Parents, birth, separation, care for relatives."),
            ("children_youth", "school_childcare", "women"),
        ),
        Topic(
            "women",
            pgettext_lazy("topic", "Women"),
            _("Offers for women and girls, protection from violence."),
            ("family", "emergency", "health"),
        ),
        Topic(
            "children_youth",
            pgettext_lazy("topic", "Children and young people"),
            _("Leisure, youth centres, help for the young."),
            ("school_childcare", "sport", "culture_leisure"),
        ),
        Topic(
            "older_people",
            pgettext_lazy("topic", "Older people"),
            _("Meeting, help in everyday life, care."),
            ("meeting_neighbours", "health"),
        ),
        Topic(
            "sport",
            pgettext_lazy("topic", "Sport"),
            _("Clubs, swimming, exercise."),
            ("culture_leisure", "children_youth", "health"),
        ),
        Topic(
            "culture_leisure",
            pgettext_lazy("topic", "Culture and leisure"),
            _("Music, theatre, library, repairing, gardening."),
            ("meeting_neighbours", "sport"),
        ),
        Topic(
            "meeting_neighbours",
            pgettext_lazy("topic", "Meeting neighbours"),
            _("Cafés, breakfasts, festivals, groups in the quarter."),
            ("culture_leisure", "volunteering", "language"),
        ),
        Topic(
            "volunteering",
            pgettext_lazy("topic", "Volunteering"),
            _("Helping others, being a guide, taking part."),
            ("meeting_neighbours",),
        ),
        Topic(
            "emergency",
            pgettext_lazy("topic", "Emergency"),
            _("Help at once: violence, no roof, crisis."),
            ("health", "women", "counselling_law"),
        ),
    )
}


def choices() -> list[tuple[str, "Words"]]:
    return [(topic.code, topic.label) for topic in TOPICS.values()]


def known(codes: Iterable[str]) -> list[Topic]:
    """Topics of these codes in their own order; codes of a later version or of a foreign list are left out."""
    wanted = set(codes)
    return [topic for topic in TOPICS.values() if topic.code in wanted]


def related(codes: Iterable[str]) -> list[Topic]:
    """Where else to look, nearest first, without the topics themselves."""
    asked = [topic.code for topic in known(codes)]
    found = dict.fromkeys(other for code in asked for other in TOPICS[code].related)
    return [TOPICS[code] for code in found if code not in asked]

"""The roles of data protection §2. A person holds several, each in one municipality, some in one quarter only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    VOLUNTEER = "volunteer", _("Volunteer")
    INTERPRETER = "interpreter", _("Interpreter")
    ORGANISATION_EDITOR = "organisation_editor", _("Editor of an organisation")
    CONTENT_EDITOR = "content_editor", _("Content editor")
    TRANSLATOR = "translator", _("Translator")
    COMMUNITY_WORKER = "community_worker", _("Community worker")
    DEPARTMENT = "department", _("Department lead or clerk")
    STEERING_MEMBER = "steering_member", _("Member of the steering group")
    COUNCIL_MEMBER = "council_member", _("Member of the council")
    PRESS_OFFICER = "press_officer", _("Press officer")
    COUNSELLOR = "counsellor", _("Counsellor")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("Volunteer coordinator")
    FUNDING_OFFICER = "funding_officer", _("Funding officer")
    PLANNER = "planner", _("Planner")
    COORDINATOR = "coordinator", _("Coordinator")
    STATE_READER = "state_reader", _("Reader at state level")
    ADMINISTRATOR = "administrator", _("Administrator of the municipality")
    PROTECTION_OFFICER = "protection_officer", _("Data-protection officer")
    OPERATOR = "operator", _("Operator")


class Duty(models.TextChoices):
    """Given beside a role for a time, by somebody else (data protection §2)."""

    HOUSING = "housing", _("Housing")
    EXPORT = "export", _("Export of personal data")
    MODERATION = "moderation", _("Moderation of contributions")


# Everybody who works for the municipality and reads its internal directory and plan.
STAFF = frozenset(
    {
        Role.CONTENT_EDITOR,
        Role.TRANSLATOR,
        Role.COMMUNITY_WORKER,
        Role.DEPARTMENT,
        Role.STEERING_MEMBER,
        Role.COUNSELLOR,
        Role.VOLUNTEER_COORDINATOR,
        Role.FUNDING_OFFICER,
        Role.PLANNER,
        Role.COORDINATOR,
    }
)

# Where a membership must name a quarter, an organisation or a team to mean anything.
BOUND_TO_SPACE = frozenset({Role.COMMUNITY_WORKER})
BOUND_TO_ORGANISATION = frozenset({Role.ORGANISATION_EDITOR})
BOUND_TO_TEAM = frozenset({Role.DEPARTMENT})

# Belongs to the installation, not to a municipality: only the operator's commands give it.
NOT_FOR_MUNICIPALITIES = frozenset({Role.OPERATOR})

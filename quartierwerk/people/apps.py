from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "quartierwerk.people"
    label = "people"

    def ready(self):
        from quartierwerk.journal import actors
        from quartierwerk.places.register import register as places
        from quartierwerk.privacy import keeping
        from quartierwerk.rights import VISITOR, may
        from quartierwerk.web import addresses
        from quartierwerk.web.navigation import account_nav, footer_nav, staff_nav
        from quartierwerk.web.work import piles

        from . import (
            held_roles,
            new_borders,
            watching,  # noqa: F401  (listens to what allauth tells)
        )
        from .actions import note_who_left
        from .names import names_of

        def may_enter(request):
            return may(request.person, "staff.enter")

        def is_known(request):
            # Error pages are drawn also where nobody was looked for yet.
            return (getattr(request, "person", None) or VISITOR).is_known

        def may_see_colleagues(request):
            return may(request.person, "people.read")

        actors.name_by(names_of)
        held_roles.register()
        keeping.before_deleting.append(note_who_left)
        places.follow(new_borders.follow, new_borders.foretell)
        footer_nav.add(
            "sign-in",
            lambda request: addresses.carrying_language(reverse("account_login"), request),
            label=_("Sign in"),
            section="site",
            order=20,
            visible=lambda request: not is_known(request),
        )
        footer_nav.add(
            "back-office",
            lambda request: reverse("staff-start"),
            label=_("To work"),
            section="site",
            order=20,
            visible=is_known,
        )
        account_nav.add("account", "own-account", label=_("Your account"))
        account_nav.add("second-factor", "mfa_index", label=_("Second factor"), section="account", order=1)
        account_nav.add("sessions", "usersessions_list", label=_("Open sessions"), section="account", order=2)
        staff_nav.add("today", "staff-today", visible=may_enter)
        staff_nav.add(
            "work",
            "staff-work",
            label=_("Work list"),
            section="today",
            visible=lambda request: may_enter(request) and piles.has_any(request),
            order=10,
        )
        staff_nav.add(
            "colleagues",
            "members",
            label=_("Colleagues"),
            section="settings",
            visible=may_see_colleagues,
        )

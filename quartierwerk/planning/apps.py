from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "quartierwerk.planning"
    label = "planning"

    def ready(self):
        from quartierwerk.people.bindings import teams
        from quartierwerk.people.handover import handover
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import staff_nav

        from . import offered, versions, work
        from .editions import actions
        from .handover import holders
        from .handover import sorts as handed_over
        from .home import panels, piles
        from .measures import funding_search, kinds
        from .measures.adoption import adoptions
        from .models import Team
        from .readiness import kinds as evidence
        from .showing import beside_offers, in_search, navigation, spoken_of, texts
        from .steering import sources
        from .steering.tasks.searching import tell_steering_group

        offered.register()
        sources.register()
        evidence.register()
        handed_over.register()
        handover.page = lambda request, account_id: holders.address(request, "person", account_id)
        # The administrator of accounts does not read the plan.
        for name, section, reads_plan in (
            ("hand_overs", "concept", True),
            ("handing_over", "settings", False),
        ):
            staff_nav.add(
                name,
                "planning_staff:hand_overs",
                label=_("Hand-over"),
                section=section,
                visible=lambda r, reads=reads_plan: (
                    may(r.person, "people.hand_over") and may(r.person, "planning.read") is reads
                ),
                order=97,
            )
        navigation.register()
        in_search.register()
        beside_offers.register()
        spoken_of.register()
        texts.register()
        # The search for a post's new money becomes a task and an item of the next meeting.
        funding_search.followers.append(tell_steering_group)
        staff_nav.add(
            "concept",
            "planning_staff:matrix",
            label=_("Matrix"),
            visible=lambda r: may(r.person, "planning.read"),
        )
        staff_nav.add(
            "fields_of_action",
            "planning_staff:fields",
            label=_("Fields of action"),
            section="concept",
            visible=lambda r: may(r.person, "planning.read"),
            order=80,
        )
        staff_nav.add(
            "groups",
            "planning_staff:groups",
            label=_("Groups and mandate"),
            section="concept",
            order=84,
            visible=lambda r: may(r.person, "planning.read"),
        )
        for order, (name, label) in enumerate(
            (
                ("ranking", _("What comes first")),
                ("responsibilities", _("Responsibilities")),
                ("joint_work", _("Joint work")),
            )
        ):
            staff_nav.add(
                name,
                f"planning_staff:{name}",
                label=label,
                section="concept",
                order=70 + order,
                visible=lambda r: may(r.person, "planning.read"),
            )
        staff_nav.add(
            "plan_links",
            "planning_staff:plan_links",
            label=_("Other plans"),
            section="concept",
            order=96,
            visible=lambda r: may(r.person, "planning.read"),
        )
        staff_nav.add(
            "kick_offs",
            "planning_staff:kick_offs",
            label=_("Kick-off"),
            section="concept",
            order=95,
            visible=lambda r: may(r.person, "planning.read"),
        )
        versions.add_kinds()
        work.register()
        piles.register()
        panels.register()
        # A measure is adopted where an adopted edition holds it.
        adoptions.add_source(actions.decided)
        for order, sort in enumerate(kinds.SORTS.values(), start=1):
            staff_nav.add(
                f"plan_{sort.plural}",
                f"planning_staff:{sort.plural}",
                label=sort.many,
                section="concept",
                visible=lambda r, action=sort.read: may(r.person, action),
                order=order * 10,
            )
        # Whose department lead or clerk somebody may be.
        teams.add_source(lambda: [(team.pk, str(team)) for team in Team.objects.current()])

        staff_nav.add(
            "editions",
            "planning_staff:editions",
            label=_("Editions"),
            section="concept",
            order=90,
            visible=lambda request: may(request.person, "planning.read_editions"),
        )
        staff_nav.add(
            "readiness",
            "planning_staff:readiness",
            label=_("Seven hints"),
            section="concept",
            order=5,
            visible=lambda request: may(request.person, "planning.read"),
        )
        staff_nav.add(
            "principles",
            "planning_staff:principles",
            label=_("Guiding principle"),
            section="concept",
            order=88,
            visible=lambda request: may(request.person, "planning.read_editions"),
        )
        staff_nav.add(
            "week_of_the_plan",
            "planning_staff:week",
            label=_("My week"),
            section="concept",
            order=5,
            visible=lambda request: may(request.person, "planning.read_measures"),
        )
        staff_nav.add(
            "meetings",
            "planning_staff:meetings",
            label=_("Steering group"),
            section="concept",
            order=85,
            visible=lambda request: may(request.person, "planning.read"),
        )
        staff_nav.add(
            "decisions",
            "planning_staff:decisions",
            label=_("Decisions"),
            section="concept",
            order=86,
            visible=lambda request: may(request.person, "planning.read"),
        )
        staff_nav.add(
            "tasks",
            "planning_staff:tasks",
            label=_("Tasks"),
            section="concept",
            order=87,
            visible=lambda request: may(request.person, "planning.read_tasks"),
        )

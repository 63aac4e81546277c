from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "quartierwerk.planning"
    label = "planning"

    def ready(self):
        from quartierwerk.calendar import actions as calendar
        from quartierwerk.people.bindings import teams
        from quartierwerk.people.handover import handover

        from . import menu, offered, versions, work
        from .context import sources as changes_around
        from .context import work as following_up
        from .editions import actions, on_agenda
        from .handover import holders
        from .handover import sorts as handed_over
        from .home import panels, piles
        from .kickoff.actions import follow_date
        from .measures import funding_search
        from .measures.adoption import adoptions
        from .models import Team
        from .readiness import kinds as evidence
        from .selfcheck import work as looking_at_oneself
        from .showing import beside_offers, in_search, navigation, spoken_of, texts
        from .steering import members, sources
        from .steering.tasks.searching import tell_steering_group

        menu.register()
        offered.register()
        sources.register()
        on_agenda.register()
        changes_around.register()
        following_up.register()
        looking_at_oneself.register()
        members.register()
        evidence.register()
        handed_over.register()
        navigation.register()
        in_search.register()
        beside_offers.register()
        spoken_of.register()
        texts.register()
        versions.add_kinds()
        work.register()
        piles.register()
        panels.register()
        handover.page = lambda request, account_id: holders.address(request, "person", account_id)
        # The search for a post's new money becomes a task and an item of the next meeting.
        funding_search.followers.append(tell_steering_group)
        # A kick-off is moved and cancelled with its date.
        calendar.followers.append(follow_date)
        # A measure is adopted where an adopted edition holds it.
        adoptions.add_source(actions.decided)
        # Whose department lead or clerk somebody may be.
        teams.add_source(lambda: [(team.pk, str(team)) for team in Team.objects.current()])

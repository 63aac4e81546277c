from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "quartierwerk.planning"
    label = "planning"

    def ready(self):
        from quartierwerk.people.bindings import teams

        from . import offered
        from .models import Team

        offered.register()
        # Whose department lead or clerk somebody may be.
        teams.add_source(lambda: [(team.pk, str(team)) for team in Team.objects.current()])

from datetime import date

from quartierwerk.chain.models import Link, Relation
from quartierwerk.tenants.models import Visibility

from ..models import (
    Concept,
    FieldOfAction,
    Goal,
    GoalInField,
    Measure,
    MeasureInField,
    Need,
    NeedInField,
    Resource,
    ResourceInField,
    StaffPost,
    Team,
    TeamMember,
)


def concept(slug: str = "integration", **values) -> Concept:
    """The concept of this short name; made where there is none."""
    given = {"title": "Integrationskonzept", "visibility": Visibility.PUBLIC, **values}
    return Concept.objects.get_or_create(slug=slug, defaults=given)[0]


def field(name: str = "Bildung und Sprache", **values) -> FieldOfAction:
    if "concept" not in values:
        values["concept"] = concept()
    return FieldOfAction.objects.get_or_create(name=name, concept=values.pop("concept"), defaults=values)[0]


def team(number: str = "53", name: str = "Kindertagesstätten", **values) -> Team:
    given = {"name": name, "visibility": Visibility.PUBLIC, **values}
    return Team.objects.get_or_create(number=number, defaults=given)[0]


def team_member(token: str, account_id=None, **values) -> TeamMember:
    given = {"function": "Teamleitung", "until": date(2026, 1, 1), **values}
    given.setdefault("team", None)
    given["team"] = given["team"] or team()
    return TeamMember.objects.create(name=token, account_id=account_id, **given)


def resource(title: str = "Sprachmittlerpool", *, fields=(), **values) -> Resource:
    made = Resource.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        ResourceInField.objects.create(resource=made, field=one, position=place)
    return made


def need(title: str = "Kinderbetreuung während der Kurse", *, fields=(), **values) -> Need:
    made = Need.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        NeedInField.objects.create(need=made, field=one, position=place)
    return made


def measure(title: str = "Betreuung in den Kursräumen", *, fields=(), **values) -> Measure:
    made = Measure.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        MeasureInField.objects.create(measure=made, field=one, position=place)
    return made


def goal(title: str = "Zugang zu Sprachkursen", *, fields=(), **values) -> Goal:
    made = Goal.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        GoalInField.objects.create(goal=made, field=one, position=place)
    return made


def post(title: str = "Sozialarbeit im Quartier", **values) -> StaffPost:
    return StaffPost.objects.create(title=title, **{"share_percent": 50, **values})


def linked(source, target, relation: Relation = Relation.LED_TO) -> Link:
    """Without asking for rights, as an example or a list that is read in would write it."""
    return Link.objects.create(source_id=source.element_id, target_id=target.element_id, relation=relation)

from django.apps import AppConfig
from django.utils.translation import ngettext


class ChainExampleConfig(AppConfig):
    """Two kinds of record that only tests know, until the real ones arrive."""

    name = "quartierwerk.chain.tests.app"
    label = "chain_example"

    def ready(self):
        from quartierwerk.chain.models import Relation
        from quartierwerk.chain.register import Kind, Knot, NextStep, kinds, plain_title

        from .models import ExampleWish, Lack

        kinds.add(
            Kind(
                name="example_wish",
                label="Wish",
                counted=lambda n: ngettext("%(n)s wish", "%(n)s wishes", n) % {"n": n},
                icon="voice",
                knot=Knot.VOICE,
                model=ExampleWish,
                action="directory.read",
                title=plain_title("title"),
                url=lambda reader, pk, inside: f"/wishes/{pk}/",
                leads_to={
                    Relation.LED_TO: frozenset({"example_wish", "example_lack", "offer"}),
                    Relation.ANSWERED_BY: frozenset({"example_wish", "example_lack"}),
                },
            )
        )
        kinds.add(
            Kind(
                name="example_lack",
                label="Lack",
                counted=lambda n: ngettext("%(n)s lack", "%(n)s lacks", n) % {"n": n},
                icon="need",
                knot=Knot.NEED,
                model=Lack,
                action="directory.read",
                title=plain_title("title"),
                url=lambda reader, pk, inside: f"/lacks/{pk}/",
                leads_to={
                    Relation.LED_TO: frozenset({"example_wish", "example_lack", "offer", "not_installed"})
                },
            )
        )
        kinds.offer_step(
            NextStep(
                "example_make_lack",
                "Make this a lack",
                frozenset({"example_wish"}),
                lambda reader, element: f"/lacks/new/?from={element}",
            )
        )

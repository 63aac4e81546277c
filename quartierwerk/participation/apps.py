from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "quartierwerk.participation"
    label = "participation"

    def ready(self):
        from quartierwerk.planning.measures import moves
        from quartierwerk.planning.showing import saying
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import public_nav, staff_nav

        from . import offered, work
        from .answering import agenda, handed_over
        from .following import news
        from .giving import about_the_plan
        from .processes import navigation, texts

        offered.register()
        agenda.register()
        handed_over.register()
        work.register()
        saying.offers.append(about_the_plan.offer)
        moves.followers.append(news.hear)
        public_nav.add("voices", "participation:give")
        staff_nav.add(
            "voices",
            "participation_staff:voices",
            label=_("All voices"),
            visible=lambda request: may(request.person, "voices.read"),
        )
        for order, (name, label) in enumerate(
            (("questions", _("Questions to a person")), ("add_voice", _("Enter a voice"))), start=1
        ):
            staff_nav.add(
                name,
                f"participation_staff:{name}",
                label=label,
                section="voices",
                visible=lambda request: may(request.person, "voices.write"),
                order=order,
            )
        staff_nav.add(
            "answer_terms",
            "participation_staff:terms",
            label=_("Terms for answers"),
            section="voices",
            visible=lambda request: may(request.person, "voices.set_terms"),
            order=50,
        )
        navigation.register()
        texts.register()

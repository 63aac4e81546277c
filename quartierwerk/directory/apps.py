from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "quartierwerk.directory"
    label = "directory"

    def ready(self):
        from quartierwerk.languages import register
        from quartierwerk.people.bindings import organisations
        from quartierwerk.protection import consent, purposes
        from quartierwerk.rights import may
        from quartierwerk.web.navigation import footer_nav, public_nav, staff_nav
        from quartierwerk.web.portal import home_page

        from . import handed_over, in_calendar, offered, versions, waiting, withdrawal, work
        from .checking import of_dates
        from .finding import changes, home, searchable
        from .models import Offer, Organisation

        post_migrate.connect(changes.raise_after_migrate, dispatch_uid="list changes")
        searchable.register()
        waiting.register()
        handed_over.register()
        offered.register()
        in_calendar.add()
        of_dates.register()
        work.register()
        versions.add_kinds()
        register.add(register.Kind("offers", _("Offers"), Offer, "directory_staff:offer"))
        register.add(
            register.Kind(
                "organisations",
                _("Organisations"),
                Organisation,
                "directory_staff:edit_organisation",
                title="name",
                opens="organisations.write",
            )
        )
        consent.when_withdrawn(purposes.PUBLISH_NAME, withdrawal.forget_contact)
        # Whose editor somebody may be.
        organisations.add_source(lambda: Organisation.objects.order_by("sort_key").values_list("pk", "name"))
        public_nav.add("offers", "directory:offers")
        public_nav.add("places", "directory:actors")
        staff_nav.add(
            "directory",
            "directory_staff:offers",
            label=_("Offers"),
            visible=lambda r: may(r.person, "directory.read"),
        )
        staff_nav.add(
            "organisations",
            "directory_staff:organisations",
            label=_("Organisations"),
            section="directory",
            visible=lambda r: may(r.person, "organisations.read"),
            order=10,
        )
        staff_nav.add(
            "confirmations",
            "directory_staff:confirmations",
            label=_("Still true?"),
            section="directory",
            visible=lambda r: may(r.person, "directory.ask_confirmation"),
            order=15,
        )
        staff_nav.add(
            "imports",
            "directory_staff:imports",
            label=_("Import a list"),
            section="directory",
            visible=lambda r: may(r.person, "directory.import"),
            order=20,
        )
        staff_nav.add(
            "export",
            "directory_staff:export",
            label=_("Export"),
            section="directory",
            visible=lambda r: may(r.person, "directory.export"),
            order=30,
        )
        staff_nav.add(
            "wish",
            "directory_staff:add_wish",
            label=_("Enter a wish"),
            section="directory",
            visible=lambda r: may(r.person, "wishes.read"),
            order=40,
        )
        footer_nav.add("contact_finder", "directory:contact_finder", label=_("Whom to ask"), section="site")
        footer_nav.add("my_place", "directory:find_registration", label=_("My place"), section="site")
        home_page.add("lead", "web/public/home/lead.html", home.lead)
        home_page.add("search", "web/public/home/search.html", home.search)
        home_page.add("map", "web/public/home/map.html", home.quarters)
        home_page.add("topics", "web/public/home/topics.html", home.topics_with_offers)

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "quartierwerk.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        from quartierwerk.web import navigation

        navigation.footer_nav.add(
            "accessibility", "accessibility", label=_("Accessibility"), section="site", order=10
        )
        # Django's own sentence ("zwingend erforderlich") is not how we speak to people.
        forms.Field.default_error_messages["required"] = _("Please fill this in.")

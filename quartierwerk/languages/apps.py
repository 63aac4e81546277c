from django.apps import AppConfig
from django.conf.locale import LANG_INFO


class LanguagesConfig(AppConfig):
    name = "quartierwerk.languages"
    label = "languages"

    def ready(self):
        # Django would call this tag "Deutsch": Leichte Sprache is a language of its own for its readers.
        LANG_INFO["de-simple"] = {
            "bidi": False,
            "code": "de-simple",
            "name": "Easy German",
            "name_local": "Leichte Sprache",
        }

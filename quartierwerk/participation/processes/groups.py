"""Groups of which one looks whether they are missing. Nothing of Art. 9 GDPR: no origin, religion or health."""

from django.utils.translation import gettext_lazy as _

GROUPS = {
    "under_18": _("I am younger than 18"),
    "18_to_29": _("I am 18 to 29 years old"),
    "over_65": _("I am older than 65"),
    "children": _("Children live in my household"),
    "single_parent": _("I bring up children alone"),
    "woman": _("I am a woman"),
    "languages": _("At home we speak another language than German, too"),
    "new_here": _("I have lived here for less than 5 years"),
}

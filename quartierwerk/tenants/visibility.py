"""Who may see a row; a module of its own, since rights are read before models are loaded."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    PRIVATE = "private", pgettext_lazy("visibility", "only me and coordinators")
    SPACE = "space", pgettext_lazy("visibility", "staff of this quarter")
    TENANT = "tenant", pgettext_lazy("visibility", "all staff of the municipality")
    SHARED = "shared", pgettext_lazy("visibility", "also named municipalities")
    PUBLIC = "public", pgettext_lazy("visibility", "everybody")

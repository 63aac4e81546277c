from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register
from quartierwerk.tenants.models import Visibility

from .models import Picture, PictureFile, PictureText


def unused_pictures(before: datetime) -> QuerySet:
    """Pictures that nobody has been shown, and nobody has worked on, since then."""
    return Picture.objects.exclude(visibility=Visibility.PUBLIC).filter(changed_at__lt=before)


register(
    Picture,
    purpose=_("Pictures beside what residents read"),
    default=DataClass.PUBLIC,
    fields={"author": DataClass.PERSONAL, "consent_note": DataClass.PERSONAL},
    no_person=_("The maker's name is printed as the licence demands; who is seen is written down nowhere."),
    retention=Retention.CONTACT_PERSON,
    due=unused_pictures,
    factory="quartierwerk.uploads.tests.factories:picture",
)
register(
    PictureText,
    purpose=_("The same in other languages"),
    default=DataClass.PUBLIC,
)
register(
    PictureFile,
    purpose=_("The picture itself, in the sizes in which it is shown"),
    default=DataClass.PUBLIC,
    fields={"content": DataClass.PERSONAL},
    no_person=_("Who is seen in a picture is written down nowhere."),
    retention=Retention.CONTACT_PERSON,
    due=lambda before: PictureFile.objects.filter(picture__in=unused_pictures(before)),
    factory="quartierwerk.uploads.tests.factories:picture_file",
)

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, register

from .models import ClosingDay, PublicDate, PublicDateText

register(
    PublicDate,
    purpose=_("What takes place in the quarters and everybody may come to"),
    default=DataClass.PUBLIC,
)
register(PublicDateText, purpose=_("The same in other languages"), default=DataClass.PUBLIC)
register(ClosingDay, purpose=_("Days on which nothing takes place"), default=DataClass.PUBLIC)

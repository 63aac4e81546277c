from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, register

from .models import Notice, NoticeText

register(
    Notice,
    purpose=_("Who answers for the pages, and what happens to data"),
    default=DataClass.PUBLIC,
    factory="quartierwerk.notices.tests.factories:notice",
)
register(NoticeText, purpose=_("The same in other languages"), default=DataClass.PUBLIC)

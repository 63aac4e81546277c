from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Retention, register

from .models import BarrierReport

register(
    BarrierReport,
    purpose=_("Mending what people could not use, and answering them"),
    default=DataClass.INTERNAL,
    fields={"words": DataClass.PERSONAL, "reply_to": DataClass.PERSONAL},
    mail="reply_to",
    retention=Retention.PARTICIPATION,
    factory="quartierwerk.barriers.tests.factories:report",
    starts="answered_at",
)

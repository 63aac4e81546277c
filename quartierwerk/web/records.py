from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, TenantExport, register

from .models import SentForm

register(
    SentForm,
    purpose=_("A form sent twice has one effect; a digest, no contents"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, TenantExport, register

from .models import Stale

register(
    Stale,
    purpose=_("Which entries of the search index must be written anew; identifiers only"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)

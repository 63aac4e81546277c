from quartierwerk.privacy.registry import DataClass, TenantExport, register

from .models import Stale

register(
    Stale,
    purpose="Which entries of the search index must be written anew; identifiers only",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)

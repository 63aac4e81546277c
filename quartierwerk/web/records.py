from quartierwerk.privacy.registry import DataClass, TenantExport, register

from .models import SentForm

register(
    SentForm,
    purpose="A form sent twice has one effect; a digest, no contents",
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)

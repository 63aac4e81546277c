from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, TenantExport, register

from .models import Stale, SynonymRing

register(
    Stale,
    purpose=_("Which entries of the search index must be written anew; identifiers only"),
    default=DataClass.INTERNAL,
    export=TenantExport.NOT,
)
register(
    SynonymRing,
    purpose=_("Words of the search that this municipality uses"),
    default=DataClass.PUBLIC,
    factory="quartierwerk.search.tests.factories:synonym_ring",
)

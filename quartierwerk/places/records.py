from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, register

from .models import Address, SocialSpace, Succession

register(SocialSpace, purpose=_("Quarters that offers, work and figures belong to"), default=DataClass.PUBLIC)
register(Address, purpose=_("Where offers take place"), default=DataClass.PUBLIC)
register(Succession, purpose="Which quarter took the place of which", default=DataClass.PUBLIC)

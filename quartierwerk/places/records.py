from quartierwerk.privacy.registry import DataClass, register

from .models import Address, SocialSpace

register(SocialSpace, purpose="Quarters that offers, work and figures belong to", default=DataClass.PUBLIC)
register(Address, purpose="Where offers take place", default=DataClass.PUBLIC)

from quartierwerk.privacy.registry import DataClass, register

from .models import SocialSpace

register(SocialSpace, purpose="Quarters that offers, work and figures belong to", default=DataClass.PUBLIC)

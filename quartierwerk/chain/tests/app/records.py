from quartierwerk.privacy.registry import DataClass, register

from .models import Lack, Wish

register(Wish, purpose="Tests of the chain", default=DataClass.PUBLIC)
register(Lack, purpose="Tests of the chain", default=DataClass.PUBLIC)

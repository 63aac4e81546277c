from quartierwerk.privacy.registry import DataClass, register

from .models import ExampleWish, Lack

register(ExampleWish, purpose="Tests of the chain", default=DataClass.PUBLIC)
register(Lack, purpose="Tests of the chain", default=DataClass.PUBLIC)

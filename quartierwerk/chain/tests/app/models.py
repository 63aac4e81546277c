from django.db import models

from quartierwerk.chain.models import InChain, in_chain, one_element
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Visible


@in_chain("example_wish")
class ExampleWish(Visible, InChain):
    title = models.CharField(max_length=200)
    space = models.ForeignKey(SocialSpace, models.PROTECT, null=True, blank=True)

    class Meta(Visible.Meta):
        constraints = [one_element("example_wish")]

    def __str__(self):
        return self.title


@in_chain("example_lack")
class Lack(Visible, InChain):
    title = models.CharField(max_length=200)
    space = models.ForeignKey(SocialSpace, models.PROTECT, null=True, blank=True)

    class Meta(Visible.Meta):
        constraints = [one_element("example_lack")]

    def __str__(self):
        return self.title

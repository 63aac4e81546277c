from quartierwerk.privacy.registry import DataClass, register

from .models import Element, Elsewhere, Link

# Authors are account ids as in the journal: pseudonyms that name nobody once the account is erased.
register(Element, purpose="The place of a record in the chain, without its text", default=DataClass.INTERNAL)
register(Link, purpose="What led to what, read both ways", default=DataClass.INTERNAL)
register(Elsewhere, purpose="What led to what across municipalities", default=DataClass.INTERNAL)

"""The daily deletion, by the worker."""

from quartierwerk import jobs

from . import keeping


# Not each_tenant: the pass goes through the municipalities itself, since its protocol is one.
@jobs.periodic("30 2 * * *", "privacy.retention")
def retention() -> None:
    keeping.run()

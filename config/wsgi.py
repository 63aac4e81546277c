import gc
import os

from django.core.wsgi import get_wsgi_application

from quartierwerk.cli import settings_module

gc.disable()  # until all is loaded
os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
application = get_wsgi_application()

from quartierwerk.operating import starting  # noqa: E402 - needs the models, which are loaded now

starting.once()

# What was loaded up to here stays: the garbage collector, which stops every visitor, need not look at it again.
gc.collect()
gc.freeze()
# A page makes thousands of objects and hardly a circle: looking for those 700 objects apart took a tenth of its time.
gc.set_threshold(10_000, 20, 20)
gc.enable()

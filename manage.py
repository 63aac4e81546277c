"""Django's commands in this checkout; `quartierwerk manage …` is the same once installed."""

import sys

from quartierwerk.cli import manage

if __name__ == "__main__":
    sys.exit(manage(sys.argv[1:]))

import sys

from quartierwerk.cli import main

sys.exit(main())

"""`python -m acterm`."""

import sys

from acterm.cli import main

sys.exit(main())

"""`python -m bot`."""

from __future__ import annotations

import sys

try:
    from bot.cli import main
except KeyboardInterrupt:
    # Importing takes a second, in which people change their minds, too.
    sys.exit(130)

sys.exit(main())

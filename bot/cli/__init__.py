"""The command line. Exit codes: 0 done, 1 failed with one line on stderr, 2 wrong usage, 130 interrupted.

Each module here holds the commands of one subject; `parser` names them all.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

from bot.cli.output import PROGRAM, discard_results, open_what_is_closed, say
from bot.cli.parser import make_parser
from bot.errors import BotError, WrongUsage
from bot.logs import configure_logs
from bot.settings import read_settings
from knowledge.errors import KnowledgeError

_FAILED = 1
_WRONG_USAGE = 2
_INTERRUPTED = 130
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    open_what_is_closed()
    options = make_parser().parse_args(arguments)
    try:
        settings = read_settings()
        # Lines for machines would stand between the lines of a conversation.
        is_on_screen = not settings.uses_slack if options.is_on_screen is None else options.is_on_screen
        is_quiet = is_on_screen and settings.log_level == "INFO"
        configure_logs("WARNING" if is_quiet else settings.log_level, settings.secrets)
        options.run(options, settings)
        sys.stdout.flush()
    except (BotError, KnowledgeError) as error:
        say(f"{PROGRAM}: {error}")
        return _WRONG_USAGE if isinstance(error, WrongUsage) else _FAILED
    except BaseExceptionGroup as group:
        # A task group wraps the one failure that ended it; people should see that one line.
        known, others = group.split((BotError, KnowledgeError))
        if others or known is None:
            raise
        say(f"{PROGRAM}: {_first(known)}")
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has gone, e.g. `| head`; nothing is left to say to them. Rich says it so.
        discard_results()
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        discard_results()
        say(f"{PROGRAM}: not all could be written: {error.strerror}")
        return _FAILED
    return 0


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error

"""What the commands share: an argument parser that exits 64, and one way to print JSON."""

import argparse
import json
import sys
from typing import Any, NoReturn

from acterm.errors import Exit


class Parser(argparse.ArgumentParser):
    """argparse with the exit codes of acterm: 64 for wrong usage."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the problem on stderr, then exit 64."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(int(Exit.USAGE))


def print_json(document: Any) -> None:
    """One JSON document on one line of stdout, in UTF-8 whatever the locale."""
    line = json.dumps(document, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()

"""Compile the .po catalogues to .mo: by hatchling at build time, by hand after an edit."""

from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent


def compile_all() -> None:
    """Write `acterm.mo` beside every `acterm.po`."""
    for source in LOCALES.glob("*/LC_MESSAGES/acterm.po"):
        with source.open("rb") as text:
            catalogue = pofile.read_po(text)
        with source.with_suffix(".mo").open("wb") as target:
            mofile.write_mo(target, catalogue)


class CatalogueHook(BuildHookInterface[BuilderConfig]):
    """Hatchling's custom build hook; also runs for an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        compile_all()


if __name__ == "__main__":
    compile_all()

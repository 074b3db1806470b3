"""How the parts of an Office Open XML package name one another (ECMA-376, part 2, §9.3)."""

from collections.abc import Mapping
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from acterm.viewers.packages import read
from acterm.viewers.xmltree import attribute, tree


def relations(package: ZipFile, part: str) -> Mapping[str, tuple[str, str]]:
    """What a part names by identifier: the kind, and where in the package it is."""
    folder, _slash, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    if path not in package.namelist():
        return {}
    return {
        attribute(one, "Id"): (
            attribute(one, "Type").rpartition("/")[2],
            normpath(join("/", dirname(part), attribute(one, "Target"))).lstrip("/"),
        )
        for one in tree(read(package, path))
        if attribute(one, "TargetMode") != "External"
    }

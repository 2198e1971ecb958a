"""Reads translations from JSON, and from gettext's compiled and plain catalogues."""

from __future__ import annotations

import gettext
import json
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from ...errors import InvalidArgument, MissingExtra

__all__ = ["read_catalogues"]

_Catalogue = Callable[[str], "str | None"]
_Flat = Callable[[Any, str], Iterable[tuple[str, str]]]
_SUFFIXES: Final = (".mo", ".po", ".json")  # of two files of a locale the first is read


def read_catalogues(path: Path, domain: str, flat: _Flat) -> dict[str, _Catalogue]:
    """Return from the locales' names to what looks up a key.

    Args:
        path: A JSON file of all locales, or a folder with a file for each.
        domain: The name of the files in gettext's folders.
        flat: What makes one level of nested mappings.

    Raises:
        InvalidArgument: There is nothing to read, or it cannot be read.
        MissingExtra: A ``.po`` needs a package that is not installed.
    """
    if path.is_file():
        found = _json(path)
        if not isinstance(found, dict):
            raise InvalidArgument(f"{path} must be an object of locales, with a mapping for each")
        return {name: dict(flat(texts, f"{path}: {name}")).get for name, texts in found.items()}
    if not path.is_dir():
        raise InvalidArgument(f"there is no file or folder of translations at {path}")
    files = _files(path, domain)
    if not files:
        raise InvalidArgument(
            f"{path} has no translations: for German it needs de.json, de.po, de.mo or "
            f"de/LC_MESSAGES/{domain}.mo"
        )
    return {name: _read(file, flat) for name, file in files.items()}


def _files(folder: Path, domain: str) -> dict[str, Path]:
    """Return the file of each locale, the locales in order."""
    files: dict[str, Path] = {}
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            for suffix in (".mo", ".po"):
                inner = entry / "LC_MESSAGES" / f"{domain}{suffix}"
                if inner.is_file():
                    files.setdefault(entry.name, inner)
    for suffix in _SUFFIXES:
        for entry in sorted(folder.glob(f"*{suffix}")):
            files.setdefault(entry.stem, entry)
    return files


def _read(file: Path, flat: _Flat) -> _Catalogue:
    if file.suffix == ".json":
        return dict(flat(_json(file), str(file))).get
    return _mo(file) if file.suffix == ".mo" else _po(file)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise InvalidArgument(f"{file} cannot be read as JSON: {error}") from error


class _Nothing(gettext.NullTranslations):
    """What is asked last: a key that nobody knows."""

    def gettext(self, message: str) -> str:
        return ""


def _mo(file: Path) -> _Catalogue:
    try:
        with file.open("rb") as opened:
            catalogue = gettext.GNUTranslations(opened)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise InvalidArgument(f"{file} cannot be read as a gettext catalogue: {error}") from error
    catalogue.add_fallback(_Nothing())
    return lambda key: catalogue.gettext(key) if key else None  # the empty one has the headers


def _po(file: Path) -> _Catalogue:
    try:
        import polib
    except ImportError as error:
        raise MissingExtra(f"Reading {file.name}", "translations") from error
    try:
        entries = polib.pofile(str(file), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InvalidArgument(f"{file} cannot be read: {error}") from error
    texts = {entry.msgid: entry.msgstr for entry in entries.translated_entries()}
    return texts.get

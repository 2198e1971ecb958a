"""Put the page together when it is first asked for: its modules in one script, its sheets in one.

Thirty small files are pleasant to read and slow to load one by one. What the modules may use of
JavaScript's imports is little, and checked here: named imports of files beside, named exports of
constants, functions and classes, and no circles.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from importlib import resources

__all__ = ["BOOT", "FOLDER", "bundle", "policy_hash", "script", "styles"]

FOLDER = resources.files("disruption.local") / "page"

_ENTRY = "main.js"

#: What the document itself runs: the script is fetched at once, but compiled and run only when the
#: first frame is under way, or at once where nobody looks.
BOOT = (
    'const begin = () => import("/page/page.js");\n'
    "if (document.hidden) begin();\n"
    "else requestAnimationFrame(() => setTimeout(begin));\n"
)

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


def bundle(sources: dict[str, str], entry: str = _ENTRY) -> str:
    """Return one script that does what a module does with all that it imports.

    Args:
        sources: Text of each module by its file name.
        entry: The module to begin with; it alone may await at its top level.

    Raises:
        ValueError: A module is missing, imports in a circle, or uses another form of import or
            export than those above.
    """
    done: dict[str, str] = {}
    within: list[str] = []

    def take(name: str) -> None:
        if name in done:
            return
        if name in within:
            raise ValueError(f"Modules import in a circle: {' → '.join([*within, name])}")
        if name not in sources:
            raise ValueError(f"{within[-1] if within else 'The page'} needs {name}: it is missing")
        within.append(name)
        for match in _IMPORT.finditer(sources[name]):
            take(match[2])
        within.pop()
        done[name] = _wrapped(name, sources[name], name == entry)

    take(entry)
    return "\n".join(done.values())


def _wrapped(name: str, text: str, is_entry: bool) -> str:
    exported = [match[2] for match in _EXPORT.finditer(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(_unpacked, text))
    if left := _LEFT.search(body):
        raise ValueError(f"{name} has an import or export that is not known here: {left[0]}")
    if is_entry:
        return f"// {name}\n{body}"
    given = ", ".join(exported)
    return f"const {_variable(name)} = (() => {{\n// {name}\n{body}return {{ {given} }};\n}})();"


def _unpacked(match: re.Match[str]) -> str:
    if match[1] is None:
        return ""
    names = re.sub(r"(\w+) as (\w+)", r"\1: \2", match[1])
    return f"const {{{names}}} = {_variable(match[2])};\n"


def _variable(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")


@lru_cache(maxsize=1)
def script() -> bytes:
    """Return the page's script."""
    sources = {
        item.name: item.read_text(encoding="utf-8")
        for item in FOLDER.iterdir()
        if item.name.endswith(".js")
    }
    return bundle(sources).encode()


@lru_cache(maxsize=1)
def styles() -> bytes:
    """Return the page's style sheets, in the order of their names."""
    sheets = sorted(
        (item for item in FOLDER.iterdir() if item.name.endswith(".css")),
        key=lambda item: item.name,
    )
    return b"\n".join(item.read_bytes() for item in sheets)


@lru_cache(maxsize=4)
def policy_hash(text: bytes) -> str:
    """Return what a Content-Security-Policy calls a style or script that is in the document."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text).digest()).decode()

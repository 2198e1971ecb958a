"""Put the page together when it is first asked for: its modules in two scripts, with their sheets.

Thirty small files are pleasant to read and slow to load one by one. What most visits never open
(settings, the inspector) is in a second script, which is fetched when a module first says
`import("./name.js")`. What the modules may use of JavaScript's imports is little, and checked here:
named imports of files beside, named exports of constants, functions and classes, and no circles.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

__all__ = ["BOOT", "FOLDER", "Scripts", "bundle", "policy_hash", "scripts", "styles"]

FOLDER = resources.files("disruption.local") / "page"

_ENTRY = "main.js"

#: The sheets that come with each script; what the first paint needs is in the document.
_SHEETS = {"page": ("chat.css", "parts.css", "settings.css"), "later": ("inspector.css",)}
_FRAME = "base.css"
_ADOPT = """{{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync({text});
  document.adoptedStyleSheets.push(sheet);
}}
"""

#: What the document itself runs: the script is fetched at once, but compiled and run only when the
#: first frame is under way, or at once where nobody looks.
BOOT = (
    'const begin = () => import("/page/page.js");\n'
    "if (document.hidden) begin();\n"
    "else requestAnimationFrame(() => setTimeout(begin));\n"
)

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)


class Scripts(NamedTuple):
    """What the modules become.

    Args:
        page: What runs at once.
        later: What is fetched when a module first asks for it; "" where none does.
    """

    page: str
    later: str


def bundle(sources: dict[str, str], entry: str = _ENTRY, folder: str = "/page/") -> Scripts:
    """Return scripts that do what a module does with all that it imports.

    Args:
        sources: Text of each module by its file name.
        entry: The module to begin with; it alone may await at its top level.
        folder: Where `page.js` and `later.js` will be.

    Raises:
        ValueError: A module is missing, imports in a circle, uses another form of import or export
            than those above, or is asked for later though it is there at once.
    """
    page: dict[str, str] = {}
    later: dict[str, str] = {}
    roots: list[str] = []
    within: list[str] = []

    def take(name: str, done: dict[str, str]) -> None:
        if name in page or name in later:
            return
        if name in within:
            raise ValueError(f"Modules import in a circle: {' → '.join([*within, name])}")
        if name not in sources:
            raise ValueError(f"{within[-1] if within else 'The page'} needs {name}: it is missing")
        within.append(name)
        for match in _IMPORT.finditer(sources[name]):
            take(match[2], done)
        within.pop()
        roots.extend(match[1] for match in _LATER.finditer(sources[name]))
        done[name] = _wrapped(name, sources[name], name == entry, folder)

    take(entry, page)
    for root in roots:  # it grows while more modules are taken
        if root in page:
            raise ValueError(f"{root} is asked for later, but comes at once: import it as usual")
        take(root, later)
    if not later:
        return Scripts("\n".join(page.values()), "")
    needed = {match[2] for name in later for match in _IMPORT.finditer(sources[name])}
    shared = ", ".join(_variable(name) for name in page if name in needed)
    offered = ", ".join(dict.fromkeys(map(_variable, roots)))
    return Scripts(
        "\n".join([*page.values(), f"export {{ {shared} }};\n"]),
        "\n".join(
            [
                f'import {{ {shared} }} from "{folder}page.js";',
                *later.values(),
                f"export {{ {offered} }};\n",
            ]
        ),
    )


def _wrapped(name: str, text: str, is_entry: bool, folder: str) -> str:
    exported = [match[2] for match in _EXPORT.finditer(text)]
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(_unpacked, text))
    if left := _LEFT.search(_LATER.sub("", body)):
        raise ValueError(f"{name} has an import or export that is not known here: {left[0]}")
    body = _LATER.sub(
        lambda match: f'import("{folder}later.js").then((all) => all.{_variable(match[1])})', body
    )
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
def scripts() -> Scripts:
    """Return the page's scripts, each with its sheets."""
    sources = {
        item.name: item.read_text(encoding="utf-8")
        for item in FOLDER.iterdir()
        if item.name.endswith(".js")
    }
    made = bundle(sources)
    return Scripts(_adopted("page") + made.page, _adopted("later") + made.later)


def _adopted(script: str) -> str:
    """Return a piece of script that gives the document more style."""
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in _SHEETS[script])
    return _ADOPT.format(text=json.dumps(text))


@lru_cache(maxsize=1)
def styles() -> bytes:
    """Return the sheet that stands in the document."""
    return (FOLDER / _FRAME).read_bytes()


@lru_cache(maxsize=4)
def policy_hash(text: bytes) -> str:
    """Return what a Content-Security-Policy calls a style or script that is in the document."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text).digest()).decode()

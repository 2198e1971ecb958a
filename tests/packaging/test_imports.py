"""What may import what, and what an import costs."""

from __future__ import annotations

import ast
import configparser
import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import disruption
from disruption.errors import MissingExtra

PACKAGE = Path(disruption.__file__).parent
ROOT = Path(__file__).resolve().parents[2]

BASE = {"errors", "counters", "waits", "timer", "throttle", "slices", "waker"}
# part -> the parts it may import at run time, beside itself
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "counters": set(),
    "throttle": set(),
    "slices": set(),
    "waker": {"slices"},
    "waits": {"errors"},
    "timer": {"counters", "errors", "waits"},
    "token": {"errors"},
    "types": BASE,
    "components": {"types"},
    "gateway": BASE | {"types", "token"},
    "rest": BASE | {"types", "token"},
    "dispatch": BASE | {"types"},
    "handler": set(),
    "client": BASE | {"types", "token", "gateway", "rest", "dispatch", "handler"},
    "tasks": BASE | {"types", "dispatch"},
    "commands": BASE | {"types", "rest", "dispatch", "client"},
    "wsgi": BASE | {"types", "rest", "client"},
    "local": set(),
}
# These may import anything, and nothing imports them.
TOP = {"cli", "testing"}
# What functions may import besides, when they are called.
LATE: dict[str, set[str]] = {
    "types": {"rest"},  # a verb loads REST when it is called, not when the type is
    "errors": {"types"},  # the name of Discord's code, when somebody asks for it
    "client": {"commands", "tasks", "wsgi"},  # with the first command, task, job, or HTTP request
    "tasks": {"client"},
    "local": {"errors"},  # only to name the extra that is missing
}


def _files(part: str) -> list[Path]:
    folder = PACKAGE / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{part}.py"]


def _imports(tree: ast.AST, late: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the imports that run, and whether they run only when a function is called."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, late
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for other in node.orelse:
                yield from _imports(other, late)
        else:
            yield from _imports(
                node, late or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            )


def _parts(node: ast.stmt, file: Path) -> Iterator[str]:
    """Yield the parts of this package that an import takes from."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        assert isinstance(node, ast.ImportFrom)
        base = node.module or ""
        if node.level:
            inside = ["disruption", *file.relative_to(PACKAGE).parent.parts]
            inside = inside[: len(inside) - node.level + 1]
            base = ".".join([*inside, base] if base else inside)
        names = [f"{base}.{alias.name}" for alias in node.names]
    for name in names:
        pieces = name.split(".")
        if pieces[0] == "disruption" and len(pieces) > 1 and not pieces[1].startswith("__"):
            yield pieces[1]


@pytest.mark.parametrize("part", ALLOWED)
def test_imports_go_one_way(part: str) -> None:
    wrong = []
    for file in _files(part):
        for node, late in _imports(ast.parse(file.read_text("utf-8"))):
            allowed = ALLOWED[part] | {part} | (LATE.get(part, set()) if late else set())
            for other in _parts(node, file):
                if other not in allowed:
                    wrong.append(f"{file.relative_to(PACKAGE)}:{node.lineno} imports {other}")
    assert not wrong


def test_every_part_has_its_rule() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert parts - {"__init__", "__main__", "__pycache__"} <= {*ALLOWED, *TOP}


MODULES = [
    module.name
    for module in pkgutil.walk_packages(disruption.__path__, "disruption.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_and_keeps_its_word(name: str) -> None:
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", ()):
        assert getattr(module, public) is not None or public == "UNSET"


def _loaded(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter has after a statement."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import disruption", {"msgspec", "requests", "websocket", "disruption.types"}),
        (
            "from disruption import Handler, Message",
            {"requests", "urllib3", "websocket", "dataclasses_json", "disruption.rest"},
        ),
        ("from disruption import Client, Handler, Message", {"dataclasses_json", "flask"}),
        ("from disruption.types import Message", {"requests", "websocket", "dataclasses_json"}),
        ("from disruption import Rest", {"websocket", "disruption.gateway", "dataclasses_json"}),
        ("from disruption import Gateway", {"requests", "disruption.rest", "dataclasses_json"}),
        ("import disruption.cli", {"msgspec", "requests", "websocket", "disruption.client"}),
        ("import disruption.local.world", {"disruption.types", "disruption.rest", "requests"}),
        (
            "import disruption.testing.plugin",
            {"flask", "websockets", "requests", "msgspec", "disruption.types"},
        ),
        ("import disruption", {"asyncio"}),
    ],
)
def test_an_import_loads_no_more_than_it_needs(statement: str, absent: set[str]) -> None:
    assert not _loaded(statement) & absent


def test_star_import_and_dir_show_the_public_names() -> None:
    for name in ("Client", "Handler", "Rest", "Gateway", "Message", "MessageCreate", "Webhook"):
        assert name in dir(disruption)
        assert getattr(disruption, name).__name__ == name


def test_a_missing_extra_names_itself() -> None:
    error = MissingExtra("The local Discord", "local")
    assert "disruption[local]" in str(error)
    assert isinstance(error, ImportError)


@pytest.mark.parametrize("extra", ["local", "testing"])
def test_the_local_discord_brings_what_it_speaks(extra: str) -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    needed = settings["options.extras_require"][extra]
    # A bot whose own process has zstandard asks for zstd-stream, and takes no other answer.
    assert {"flask", "websockets", "pyyaml", "zstandard"} <= {
        line.partition(">")[0] for line in needed.split()
    }

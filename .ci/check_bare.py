"""Run by the Python of a virtual environment that has the package and no extra.

VENV/bin/python .ci/check_bare.py VENV
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path

import disruption
from disruption.errors import MissingExtra

CORE = {"websocket-client", "requests", "dataclasses-json", "msgspec"}
#: The packages of extras: what needs one of them may say so when it is imported.
OPTIONAL = {"flask", "werkzeug", "websockets", "zstandard", "pytest"}
#: Where that is allowed.
NEEDY = ("disruption.local.", "disruption.testing.", "disruption.cli.demo_")


def main(venv: Path) -> None:
    assert Path(disruption.__file__).is_relative_to(venv), disruption.__file__
    assert files("disruption").joinpath("py.typed").is_file()
    core = {line.split(">")[0] for line in requires("disruption") or () if "extra ==" not in line}
    assert core == CORE, core

    imported, needy = 0, []
    for module in pkgutil.walk_packages(disruption.__path__, "disruption.", onerror=_leave):
        if module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
            imported += 1
        except MissingExtra:
            needy.append(module.name)
        except ModuleNotFoundError as error:
            if error.name not in OPTIONAL:
                raise
            needy.append(module.name)
    assert imported > 100, imported
    wrong = [name for name in needy if not name.startswith(NEEDY)]
    assert not wrong, f"these import an extra's package: {wrong}"

    command = venv / "bin" / "disruption"
    for call in ([str(command)], [sys.executable, "-m", "disruption"]):
        told = subprocess.run([*call, "--version"], capture_output=True, text=True, check=True)
        assert told.stdout == f"disruption {disruption.__version__}\n", told
    demo = subprocess.run([str(command), "demo"], capture_output=True, text=True, check=False)
    assert demo.returncode == 2, demo
    assert "disruption[local]" in demo.stderr, demo
    print(f"{imported} modules imported without extras, {len(needy)} ask for one")


def _leave(name: str) -> None:
    """Leave a package that cannot be imported to the loop, which looks at why."""


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

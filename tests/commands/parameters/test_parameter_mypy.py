"""What a type checker sees of marks in a user's code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

GOOD = """
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from disruption.commands.parameters import (
    Autocomplete, Choice, Choices, Converter, Description, Length, Localized, Mentionable, Name,
    Parameter, Range, Translations, Zone, localize, read_docstring, read_parameters,
    register_converter,
)
from disruption.types import Member, Role, User

Sides = Annotated[int, Range(2, 100), Description("How many")]

def propose(ctx: Any, value: str) -> list[str]:
    return [value]

def roll(
    ctx: Any,
    sides: Sides,
    who: Mentionable,
    title: Annotated[str, Length(1, 20), Autocomplete(propose), Name("t")],
    how_long: Annotated[timedelta, Range(timedelta(0), timedelta(days=1))],
    colour: Annotated[str, Choices("red", ("Green", "g"), Choice("Blue", "b"))] = "red",
    size: Annotated[int | None, Choices({"Small": 1})] = None,
) -> int:
    name: str = who.name if isinstance(who, Role) else who.display_name
    return sides + len(title) + (size or 0) + how_long.seconds

parameters: list[Parameter] = read_parameters(roll, descriptions={"who": "Whom"})
options: list[dict[str, Any]] = [one.to_option() for one in parameters]
register_converter(Decimal, lambda ctx, value: Decimal(value))
texts = Translations({"de": {"roll.name": "rollen"}})
payload: dict[str, Any] = localize({"name": "roll"}, texts)
answer: str = texts.text("roll.result", None, number=4)
"""

BAD = {
    "Range('a', 'b')": "incompatible type",
    "Length(max='x')": "incompatible type",
    "Choices(None)": "incompatible type",
    "register_converter(int, lambda ctx, value: 'x')": "incompatible",
    "def roll(sides: Annotated[int, Range(1, 2)]) -> str: return sides": "Incompatible return",
}


def mypy(code: str, folder: Path) -> list[str]:
    """Return the errors that a strict type checker finds in the code."""
    (folder / "snippet.py").write_text(code)
    done = subprocess.run(
        [
            sys.executable, "-m", "mypy", "--strict", "--no-error-summary",
            f"--cache-dir={folder / 'cache'}", str(folder / "snippet.py"),
        ],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if "snippet.py" in line and "error" in line]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_type_checker_sees_the_types_and_refuses_bad_marks(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    assert mypy(GOOD, tmp_path) == []
    imports = (
        "from typing import Annotated\n"
        "from disruption.commands.parameters import Choices, Length, Range, register_converter\n"
    )
    lines = mypy(imports + "\n".join(BAD), tmp_path)
    for number, text in enumerate(BAD.values(), start=3):
        assert any(f":{number}:" in line and text in line for line in lines), (text, lines)

"""How the page's modules become one script."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from disruption.local.rest.page_bundle import FOLDER, bundle, script

MODULES = {
    "a.js": "export const one = 1;\nexport function two() { return one + 1; }\n",
    "b-c.js": 'import { two as double } from "./a.js";\nexport class C { n = double(); }\n',
    "side.js": 'import { one } from "./a.js";\nglobalThis.side = one;\n',
    "main.js": 'import { C } from "./b-c.js";\nimport { one } from "./a.js";\nimport "./side.js";\n'
    "console.log(new C().n, one, globalThis.side);\n",
}


def test_modules_come_once_and_before_those_that_need_them() -> None:
    text = bundle(MODULES)
    assert re.findall(r"^// (.*)$", text, re.MULTILINE) == ["a.js", "b-c.js", "side.js", "main.js"]
    assert "import" not in text
    assert "export" not in text


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_one_script_does_what_the_modules_do(tmp_path: Path) -> None:
    program = tmp_path / "all.mjs"
    program.write_text(bundle(MODULES))
    done = subprocess.run(
        ["node", str(program)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "2 1 1\n"


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ({"main.js": 'import { x } from "./x.js";\n'}, "main.js needs x.js: it is missing"),
        ({"main.js": 'import x from "./a.js";\n'}, "not known here: import x"),
        ({"main.js": 'await import("./a.js");\n'}, r"not known here: import\("),
        ({"a.js": "export let one = 1;\n"}, "a.js has an import or export"),
        ({"a.js": 'import "./main.js";\n'}, "in a circle: main.js → b-c.js → a.js → main.js"),
    ],
)
def test_what_cannot_be_put_together_is_said(broken: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        bundle({**MODULES, **broken})


def test_every_module_of_the_page_is_in_its_script() -> None:
    named = set(re.findall(r"^// ([\w-]+\.js)$", script().decode(), re.MULTILINE))
    assert named == {item.name for item in FOLDER.iterdir() if item.name.endswith(".js")}

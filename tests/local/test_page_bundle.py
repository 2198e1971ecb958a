"""How the page's modules become one script."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from disruption.local.rest.page_bundle import FOLDER, bundle, scripts

MODULES = {
    "a.js": "export const one = 1;\nexport function two() { return one + 1; }\n",
    "b-c.js": 'import { two as double } from "./a.js";\nexport class C { n = double(); }\n',
    "side.js": 'import { one } from "./a.js";\nglobalThis.side = one;\n',
    "main.js": 'import { C } from "./b-c.js";\nimport { one } from "./a.js";\nimport "./side.js";\n'
    "console.log(new C().n, one, globalThis.side);\n",
}


def test_modules_come_once_and_before_those_that_need_them() -> None:
    text, later = bundle(MODULES)
    assert later == ""
    assert re.findall(r"^// (.*)$", text, re.MULTILINE) == ["a.js", "b-c.js", "side.js", "main.js"]
    assert "import" not in text
    assert "export" not in text


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_one_script_does_what_the_modules_do(tmp_path: Path) -> None:
    program = tmp_path / "all.mjs"
    program.write_text(bundle(MODULES).page)
    done = subprocess.run(
        ["node", str(program)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "2 1 1\n"


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        ({"main.js": 'import { x } from "./x.js";\n'}, "main.js needs x.js: it is missing"),
        ({"main.js": 'import x from "./a.js";\n'}, "not known here: import x"),
        ({"main.js": "await import(name);\n"}, r"not known here: import\("),
        ({"main.js": 'await import("./x.js");\n'}, "The page needs x.js: it is missing"),
        ({"a.js": 'import("./side.js");\n'}, "side.js is asked for later, but comes at once"),
        ({"a.js": "export let one = 1;\n"}, "a.js has an import or export"),
        ({"a.js": 'import "./main.js";\n'}, "in a circle: main.js → b-c.js → a.js → main.js"),
    ],
)
def test_what_cannot_be_put_together_is_said(broken: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        bundle({**MODULES, **broken})


def test_every_module_of_the_page_is_in_its_script() -> None:
    page, later = (re.findall(r"^// ([\w-]+\.js)$", text, re.MULTILINE) for text in scripts())
    named = [*page, *later]
    assert sorted(named) == sorted(i.name for i in FOLDER.iterdir() if i.name.endswith(".js"))
    assert page[-1] == "main.js"
    assert not [name for name in page if name.endswith("-settings.js")]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_what_is_asked_for_later_shares_the_modules_that_are_there(tmp_path: Path) -> None:
    page, later = bundle(
        {
            "state.js": "export const state = { asked: 0 };\n",
            "deep.js": 'import { state } from "./state.js";\n'
            "export const up = () => ++state.asked;\n",
            "view.js": 'import { up } from "./deep.js";\nexport const view = () => up();\n',
            "other.js": 'import { up } from "./deep.js";\nexport const other = () => up();\n',
            "main.js": 'import { state } from "./state.js";\n'
            'const { view } = await import("./view.js");\nview();\n'
            '(await import("./other.js")).other();\nconsole.log(state.asked);\n',
        },
        folder="./",
    )
    assert "deep.js" not in page
    # A module that awaits what needs it would wait for ever: those who ask do it afterwards.
    page = page.replace("const { view } = await", "setTimeout(async () => { const { view } = await")
    page = page.replace("console.log(state.asked);", "console.log(state.asked); });")
    (tmp_path / "page.js").write_text(page)
    (tmp_path / "later.js").write_text(later)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        ["node", str(tmp_path / "page.js")], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "2\n"

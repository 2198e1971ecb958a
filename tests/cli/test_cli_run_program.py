"""What ``disruption run`` runs: as Python would, quiet at Ctrl-C, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import disruption
from disruption.cli import main
from disruption.cli.run_child import Child
from disruption.cli.run_program import command

DEADLINE = 60.0  # seconds; only what is broken needs them
ROOT = str(Path(disruption.__file__).parents[1])

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

TELLS = """
import os, sys
main = sys.modules["__main__"]
print(__name__, __file__, __package__, getattr(__spec__, "name", None), main.TELLS)
print(os.path.basename(sys.argv[0]), sys.argv[1:], sys.path[0], os.getcwd())
"""

WAITS = """
import threading
print("ready", flush=True)
threading.Event().wait(600)
"""

STOPS = """
import threading
try:
    print("ready", flush=True)
    threading.Event().wait(600)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": ROOT}


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        env=environment(),
    )


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``disruption run`` and wait until its program says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "disruption", "run", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment(), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    with process:
        try:
            while "ready" not in (line := process.stdout.readline()):
                assert line, "it has ended"
            yield process
        finally:
            process.terminate()  # it ends its program


@pytest.mark.parametrize(
    ("folder", "target"),
    [(".", "part/program.py"), ("part", "program.py"), ("part", "-m program"), (".", "part")],
)
def test_a_program_finds_what_it_would_find_under_python(
    tmp_path: Path, folder: str, target: str
) -> None:
    (tmp_path / "part").mkdir()
    for name in ("program.py", "__main__.py"):
        (tmp_path / "part" / name).write_text(f"TELLS = 5\n{TELLS}", "utf-8")
    words, cwd = target.split(), tmp_path / folder
    expected = python(*words, "a", "--b", cwd=cwd)
    found = python("-m", "disruption", "run", *words, "--", "a", "--b", cwd=cwd)
    assert expected.returncode == found.returncode == 0, found.stderr
    assert found.stdout == expected.stdout


def test_an_error_is_told_as_python_tells_it(tmp_path: Path) -> None:
    code = "def fails():\n    raise ValueError('no')\n\nfails()\n"
    (tmp_path / "program.py").write_text(code, "utf-8")
    expected = python("program.py", cwd=tmp_path)
    found = python("-m", "disruption", "run", "program.py", cwd=tmp_path)
    assert found.returncode == expected.returncode == 1
    assert found.stderr == expected.stderr


@posix
@pytest.mark.parametrize(
    ("options", "code"),
    [([], -signal.SIGINT), (["--reload"], 130), (["--local", "--no-chat"], 130)],
    ids=["plain", "reload", "local"],
)
def test_ctrl_c_before_a_program_minds_it_is_no_error(
    tmp_path: Path, options: list[str], code: int
) -> None:
    program = tmp_path / "program.py"
    program.write_text(WAITS, "utf-8")
    with running(str(program), *options) as process:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == code
    assert "Traceback" not in rest
    assert "KeyboardInterrupt" not in rest


@posix
def test_a_program_whose_runner_was_killed_is_stopped(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(STOPS, "utf-8")
    with running(str(program), "--reload") as process:
        process.kill()
        # The program has the other end of the pipe: this waits for its end too.
        rest, _ = process.communicate(timeout=DEADLINE)
    assert "what ran this program is gone" in rest
    assert rest.endswith("stopped\n")


@posix
def test_a_program_that_is_watched_has_no_input(tmp_path: Path) -> None:
    program, told = tmp_path / "program.py", tmp_path / "told"
    program.write_text(f"import sys\nopen({str(told)!r}, 'w').write(repr(sys.stdin.read()))\n")
    child = Child(command([str(program)], watched=True), environment())
    child.start()
    for thread in child._threads:
        thread.join(DEADLINE)
    assert child.close() == 0
    assert told.read_text() == "''"


def test_ctrl_c_before_a_subcommand_minds_it_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("disruption.cli.info.run", interrupted)
    assert main(["info"]) == 130
    assert capsys.readouterr() == ("", "")

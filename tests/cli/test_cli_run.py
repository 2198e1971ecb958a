"""Running a program: on a local Discord, with reload, with Ctrl-C; and what becomes of it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_terminal import at_terminal

import disruption
from disruption.cli import main
from disruption.cli.run_child import Child, exit_code, reloaded
from disruption.cli.run_wait import interruptible
from disruption.cli.run_watch import Tree, Watcher
from disruption.waker import Waker

DEADLINE = 60.0  # seconds; only what is broken needs them
ROOT = str(Path(disruption.__file__).parents[1])

BOT = """
import os, sys
from disruption import Client, Handler, MessageCreate

class Bot(Handler):
    def on_message(self, message: MessageCreate) -> None:
        if message.content == "!ping":
            message.reply("Pong!")
        elif message.content == "!arguments":
            print("arguments", sys.argv[1:])
        elif message.content == "!die":
            os._exit(7)

print("process", os.getpid())
Client(Bot()).run()
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and pseudo-terminals")


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    path = tmp_path / "bot.py"
    path.write_text(BOT, "utf-8")
    return path


class Running:
    """A ``disruption run`` that is talked to while it runs."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "disruption", "run", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            bufsize=1,
            env={**os.environ, "PYTHONPATH": ROOT, "PYTHONUNBUFFERED": "1"},
        )
        self.seen: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def type(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def expect(self, text: str) -> str:
        """Wait for a line with a text and return it."""
        end = time.monotonic() + DEADLINE
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                line = None
            assert line is not None, f"{text!r} is not in {self.seen}"
            self.seen.append(line)
            if text in line:
                return line

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def end(self) -> int:
        """Close the input and return the exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._process.wait(DEADLINE)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()  # it ends its program, which nobody else knows
            try:
                self._process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        self._reader.join(DEADLINE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()


@pytest.fixture
def run() -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start(*arguments: str) -> Running:
        started.append(Running(*arguments))
        return started[-1]

    yield start
    for each in started:
        each.kill()


def gone(process: int) -> bool:
    """Tell whether a process has ended, waiting for it."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        threading.Event().wait(0.02)
    return False


class TestLocal:
    def test_an_unchanged_program_and_a_person(
        self, run: Callable[..., Running], bot: Path
    ) -> None:
        running = run(str(bot), "--local", "--user", "bob", "--", "one", "--two")
        assert "http://127.0.0.1:" in running.expect("A Discord of your own")
        running.type("!ping")
        running.expect("  bob: !ping")
        running.expect("  bot → bob: Pong!")
        running.type("!arguments")
        running.expect("  [bot] arguments ['one', '--two']")
        assert running.end() == 0
        assert "  (bot is connected)" in running.seen

    def test_a_program_that_ends_ends_it(self, run: Callable[..., Running], bot: Path) -> None:
        running = run(str(bot), "--local")
        running.type("!die")
        running.expect("  (the program ended with exit code 7)")
        assert running.end() == 7

    def test_a_program_that_cannot_begin(self, run: Callable[..., Running], tmp_path: Path) -> None:
        bad = tmp_path / "bad.py"
        bad.write_text("x = (\n", "utf-8")
        running = run(str(bad), "--local")
        running.expect("[bad] SyntaxError")
        assert running.end() == 1

    @posix
    def test_world_and_chat_stay_while_the_program_is_changed(
        self, run: Callable[..., Running], bot: Path
    ) -> None:
        running = run(str(bot), "--local", "--reload")
        first = int(running.expect("[bot] process ").split()[-1])
        running.expect("(bot is connected)")
        running.type("!ping")
        running.expect("bot → ann: Pong!")
        bot.write_text("x = (\n", "utf-8")
        running.expect("(bot.py changed: starting again)")
        running.expect("(the program ended with exit code 1; waiting for a change)")
        assert gone(first)
        bot.write_text(BOT.replace("Pong!", "Pung!"), "utf-8")
        running.expect("(bot is connected)")
        running.type("!ping")
        running.expect("bot → ann: Pung!")
        assert running.end() == 0

    @posix
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_stops_the_program_cleanly(
        self, run: Callable[..., Running], bot: Path, number: int
    ) -> None:
        running = run(str(bot), "--local", "--no-chat")
        process = int(running.expect("process ").split()[-1])
        running.signal(number)
        assert running.end() in (0, 130)
        assert gone(process)

    def test_a_world_that_cannot_be_read(
        self, bot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        seed = tmp_path / "world.json"
        seed.write_text("[", "utf-8")
        assert main(["run", str(bot), "--local", "--world", str(seed)]) == 2
        assert "world.json" in capsys.readouterr().err

    @posix
    def test_ctrl_c_at_a_terminal(self, bot: Path) -> None:
        here = {**os.environ, "PYTHONPATH": ROOT}
        with at_terminal("run", str(bot), "--local", env=here) as terminal:
            text = terminal.read_until(
                lambda text: "(bot is connected)" in text and "ann #general> " in text
            )
            child = int(text.split("[bot] process ")[1].split()[0])
            terminal.type(b"!ping\n")
            terminal.read_until(lambda text: "bot → ann: Pong!" in text)
            terminal.type(b"\x03")
            code, rest = terminal.end(again=b"\x03")
            assert code == 0
            assert "Traceback" not in rest
            assert gone(child)


class TestPlain:
    def test_the_exit_code_is_the_programs(self, tmp_path: Path) -> None:
        program = tmp_path / "program.py"
        program.write_text("import sys\nprint(sys.argv[1:])\nsys.exit(5)\n", "utf-8")
        done = _disruption("run", str(program), "--", "-x", "--local")
        assert (done.returncode, done.stdout) == (5, "['-x', '--local']\n")

    def test_a_module(self, tmp_path: Path) -> None:
        (tmp_path / "amodule.py").write_text("print(__name__)\n", "utf-8")
        done = _disruption("run", "-m", "amodule", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "__main__\n")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["run"], "name a program (bot.py) or, with -m, a module"),
            (["run", "x.py", "-m", "x"], "name a program (bot.py) or, with -m, a module"),
            (["run", "nowhere.py"], "there is no file nowhere.py"),
        ],
    )
    def test_nothing_to_run(
        self, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(arguments) == 2
        assert told in capsys.readouterr().err

    def test_only_run_takes_a_programs_arguments(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["info", "--", "x"])
        assert "only disruption run" in capsys.readouterr().err

    @posix
    def test_reload_without_a_discord(self, run: Callable[..., Running], tmp_path: Path) -> None:
        program = tmp_path / "program.py"
        program.write_text("print('first')\n", "utf-8")
        running = run(str(program), "--reload")
        running.expect("first")
        running.expect("disruption: the program has ended; waiting for a change")
        program.write_text("print('second', flush=True)\nimport time\ntime.sleep(600)\n", "utf-8")
        running.expect("program.py changed: starting again")
        running.expect("second")
        running.signal(signal.SIGINT)
        assert running.end() == 130  # a program that does not mind Ctrl-C ends by it


def _disruption(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "disruption", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        env={**os.environ, "PYTHONPATH": ROOT},
    )


@posix
class TestChild:
    def child(self, code: str, **options: Callable[..., object]) -> Child:
        command = [sys.executable, "-u", "-c", code]
        return Child(command, os.environ, **options)

    def test_its_lines_come_before_its_end(self) -> None:
        told: list[object] = []
        ended = threading.Event()

        def end(code: int) -> None:
            told.append(code)
            ended.set()

        child = self.child("print('a'); print('b'); exit(3)", wrote=told.append, ended=end)
        child.start()
        assert ended.wait(DEADLINE)
        assert told == ["a", "b", 3]
        assert child.code == 3
        assert child.close() == 3

    def test_a_program_that_does_not_mind_is_ended_by_force(self) -> None:
        ready = threading.Event()
        code = (
            "import signal, time\n"
            "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "print('ready')\ntime.sleep(600)"
        )
        ended: list[int] = []
        child = self.child(code, wrote=lambda line: ready.set(), ended=ended.append)
        child.start()
        assert ready.wait(DEADLINE)
        assert child.close(0.0) == 128 + signal.SIGKILL
        assert ended == [], "it was told to"
        child.start()
        assert child.code == 128 + signal.SIGKILL, "a closed one is not started again"

    @pytest.mark.parametrize(
        ("last", "said"),
        [("pass", []), ("raise KeyError(1)", ["KeyError: 1"])],
        ids=["the Ctrl-C is no news", "its own error is"],
    )
    def test_what_it_says_when_it_is_ended(self, last: str, said: list[str]) -> None:
        code = f"""
import signal
try:
    print("ready")
    signal.pause()
finally:
    print("bye")
    {last}
"""
        told: queue.SimpleQueue[str] = queue.SimpleQueue()
        child = self.child(code, wrote=told.put)
        child.start()
        assert told.get(timeout=DEADLINE) == "ready"
        child.close()
        for thread in child._threads:
            thread.join(DEADLINE)
        lines = [told.get() for _ in range(told.qsize())]
        assert "KeyboardInterrupt" not in lines
        assert [lines[0], *lines[1:][-1:]] == ["bye", *said]

    def test_one_that_cannot_be_started_again_waits_for_the_next_change(
        self, tmp_path: Path
    ) -> None:
        program, elsewhere = tmp_path / "program", tmp_path / "elsewhere"
        program.write_text(f"#!{sys.executable}\nprint('ready', flush=True)\ninput()\n")
        program.chmod(0o700)
        told: queue.SimpleQueue[str] = queue.SimpleQueue()
        child = Child([str(program)], os.environ, wrote=told.put)
        with reloaded(child, tmp_path, told.put):
            child.start()
            assert told.get(timeout=DEADLINE) == "ready"
            program.rename(elsewhere)
            (tmp_path / "a.py").touch()
            while "could not be started" not in told.get(timeout=DEADLINE):
                pass
            elsewhere.rename(program)
            (tmp_path / "b.py").touch()
            while told.get(timeout=DEADLINE) != "ready":
                pass
        child.close(0.0)

    def test_never_started(self) -> None:
        assert self.child("").close() is None


def test_exit_codes_are_those_of_a_shell() -> None:
    assert [exit_code(code) for code in (0, 3, -2)] == [0, 3, 130]


@posix
class TestWaiting:
    def test_a_wake_up_is_not_lost(self) -> None:
        with interruptible() as waker:
            waker.wake()
            waker.wait()
            thread = threading.Thread(target=waker.wake)
            thread.start()
            waker.wait()
            thread.join(DEADLINE)
        waker.wake()  # too late, and no harm

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_interrupts(self, number: int) -> None:
        before = signal.getsignal(number)

        def wait(waker: Waker) -> None:
            os.kill(os.getpid(), number)
            waker.wait()

        with interruptible() as waker, pytest.raises(KeyboardInterrupt):
            wait(waker)
        assert signal.getsignal(number) is before


class TestWatching:
    def test_python_files_that_are_the_programs_own(self, tmp_path: Path) -> None:
        for name in ("bot.py", "part/a.py", "venv/pyvenv.cfg", "venv/lib/b.py", ".git/c.py"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("", "utf-8")
        (tmp_path / "notes.txt").write_text("", "utf-8")
        tree = Tree(tmp_path)
        before = tree.look()
        assert {str(Path(path).relative_to(tmp_path)) for path in before} == {
            "bot.py",
            str(Path("part/a.py")),
        }
        (tmp_path / "bot.py").write_text("x", "utf-8")
        (tmp_path / "new.py").write_text("", "utf-8")
        (tmp_path / "part" / "a.py").unlink()
        changed = tree.differences(before, tree.look())
        assert changed == ["bot.py", "new.py", str(Path("part/a.py"))]

    def test_a_folder_with_too_much_in_it_is_looked_at_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("disruption.cli.run_watch._MOST", 3)
        for number in range(5):
            (tmp_path / f"d{number}").mkdir()
            (tmp_path / f"d{number}" / "x.py").write_text("", "utf-8")
        (tmp_path / "bot.py").write_text("", "utf-8")
        tree = Tree(tmp_path)
        assert [Path(path).name for path in tree.look()] == ["bot.py"]
        assert not tree.deep

    def test_a_change_is_noticed(self, tmp_path: Path) -> None:
        noticed: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        watcher = Watcher(Tree(tmp_path), noticed.put)
        watcher.start()
        (tmp_path / "bot.py").write_text("x", "utf-8")
        assert noticed.get(timeout=DEADLINE) == ["bot.py"]
        watcher.stop()

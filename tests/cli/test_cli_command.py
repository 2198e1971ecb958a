"""The command itself: versions, the report, what it says when it cannot begin."""

from __future__ import annotations

import subprocess
import sys

import pytest

import disruption
from disruption.cli import main


def run(*arguments: str, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m disruption``, or `code`, in a process of its own."""
    call = ["-c", code] if code else ["-m", "disruption"]
    return subprocess.run(
        [sys.executable, *call, *arguments],
        env=environment or None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"disruption {disruption.__version__}\n"


def test_module_runs_as_the_command() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"disruption {disruption.__version__}\n")


def test_without_a_subcommand_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "usage: disruption" in capsys.readouterr().err


def test_info_tells_versions_and_no_secret(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.secret.token")
    monkeypatch.setenv("DISRUPTION_REST_URL", "http://user:password@127.0.0.1/api/v10")
    assert main(["info"]) == 0
    told = capsys.readouterr().out
    for name in ("disruption:", "Python:", "websocket-client:", "msgspec:", "flask:"):
        assert name in told
    assert "secret" not in told
    assert "password" not in told


def test_a_missing_extra_is_named_with_exit_code_2() -> None:
    done = run(
        code="import sys; sys.modules['flask'] = sys.modules['werkzeug'] = None\n"
        "from disruption.cli import main; sys.exit(main(['demo', '--script']))"
    )
    assert done.returncode == 2
    assert "pip install 'disruption[local]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_output_that_nobody_reads_to_the_end_is_no_error() -> None:
    script = f"{sys.executable} -u -m disruption info | head -n 1"

    ended = subprocess.run(script, shell=True, capture_output=True, text=True, timeout=60)

    assert ended.stdout.startswith("disruption:")
    assert ended.stderr == ""

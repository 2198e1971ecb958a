"""What importing the types loads."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("requests", "urllib3", "websocket", "dataclasses_json", "marshmallow")
OURS = ("disruption.rest", "disruption.gateway", "disruption.dispatch", "disruption.client")


def loaded(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_types_load_nothing_heavy() -> None:
    modules = loaded("import disruption.types")
    assert not modules & {*HEAVY, *OURS, "asyncio"}


def test_decoding_an_event_loads_nothing_heavy() -> None:
    modules = loaded(
        "from disruption.types import decode_event, to_plain\n"
        'event = decode_event("MESSAGE_CREATE", b\'{"id": "1", "content": "x"}\')\n'
        "to_plain(event)"
    )
    assert not modules & {*HEAVY, *OURS, "asyncio"}


def test_the_error_codes_load_when_they_are_named() -> None:
    assert "disruption.types.error_codes" not in loaded("import disruption.types")
    assert "disruption.types.error_codes" in loaded("from disruption.types import JSONErrorCode")

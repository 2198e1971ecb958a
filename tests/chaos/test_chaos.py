"""Every event comes exactly once and in order, or its loss is announced, whatever goes wrong.

The long run takes a minute; ``DISRUPTION_CHAOS_SECONDS=600`` makes it ten, and
``DISRUPTION_CHAOS_SEED=…`` lets other things happen::

    DISRUPTION_CHAOS_SECONDS=600 python -m pytest tests/chaos -m slow

Waits that have no bearing on what is tested (5 s between identifies, seconds between
failed connections) are shortened, so that some hundred faults fit into a minute.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from chaos_run import Books, Chaos

from disruption.local.faults import GATEWAY_KINDS, REST_KINDS
from disruption.rest.retry import Retries

SECONDS = float(os.environ.get("DISRUPTION_CHAOS_SECONDS", "60"))
SEED = int(os.environ.get("DISRUPTION_CHAOS_SEED", "1"))

ATTEMPTS = Retries().attempts

#: Faults after which the session goes on, or that it does not notice.
HARMLESS = (
    *("drop", "close", "reconnect", "delay", "no_ack", "duplicate", "refuse_connection"),
    *("bad_json", "bad_utf8", "bad_zlib", "not_object", "unknown_opcode", "unknown_event"),
    "unknown_fields",
    *("wrong_types", *REST_KINDS),
)

# Nothing of the library's own may go wrong, whatever the other side does.
OWN_FAULTS = (
    *("gateway.sink_errors", "gateway.reader_errors", "gateway.heartbeat_errors"),
    *("gateway.fatal", "gateway.unnumbered", "gateway.unexpected"),
    *("dispatch.internal_errors", "dispatch.handler_errors", "dispatch.dropped", "dispatch.stuck"),
    *("client.undecodable", "timer.errors"),
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disruption.gateway.identify.WINDOW", 0.1)
    monkeypatch.setattr("disruption.gateway.identify.SLACK", 0.0)
    monkeypatch.setattr("disruption.gateway.backoff.Backoff.STEPS", (0.05, 0.1, 0.2, 0.4))


def check(books: Books, kinds: tuple[str, ...]) -> None:
    __tracebackhide__ = True
    summary = f"\nfaults: {books.faults}\ncounts: {books.counts}"
    assert not books.failed, f"{books.failed!r}{summary}"
    for name in OWN_FAULTS:
        own = {
            key: n for key, n in books.counts.items() if key == name or key.startswith(name + ".")
        }
        assert not own, f"{own}{summary}"

    # In order, once, one at a time.
    assert books.overlaps == 0
    for channel, numbers in books.got.items():
        doubled = [number for number, times in Counter(numbers).items() if times > 1]
        assert not doubled, f"in channel {channel} {doubled} came more than once{summary}"
        assert numbers == sorted(numbers), f"channel {channel} is out of order{summary}"
        assert set(numbers) <= {number for number, where in books.sent if where == channel}

    # What did not come was announced: each run of it by a lost session, or by a gap.
    lost = books.counts.get("client.sessions_lost", 0)
    # With those that a RESUMED explains: a reordered event may come where one is expected.
    gaps = books.counts.get("gateway.gaps", 0) + books.counts.get("gateway.resumed_gaps", 0)
    assert lost == len(books.losses)
    # A RESUMED that went down with its connection took a number that is never sent again.
    unheard = books.counts.get("gateway.sent.resume", 0) - books.counts.get("gateway.resumes", 0)
    assert gaps <= books.faults.get("reorder", 0) + unheard, f"gaps without a fault{summary}"
    runs = books.missing_runs()
    singles = [run for run in runs if len(run) == 1]
    assert len(runs) - min(len(singles), gaps) <= lost, (
        f"{len(runs)} runs are missing ({[(run[0], len(run)) for run in runs]}), but only {lost} "
        f"lost sessions and {gaps} gaps were announced{summary}"
    )

    # What handlers did by REST happened once; where they were told that it may not have, perhaps.
    answers = Counter(books.answers)
    assert set(answers.values()) <= {1}, f"{answers.most_common(3)}{summary}"
    assert {f"answer {number}" for number in books.answered} <= set(answers)
    assert set(answers) <= {f"answer {number}" for number in books.answered + books.refused}
    assert len(books.refused) * ATTEMPTS <= sum(books.faults.get(kind, 0) for kind in REST_KINDS)

    missing = [kind for kind in kinds if not books.faults.get(kind)]
    assert not missing, f"these faults never happened: {missing}{summary}"


def test_a_few_seconds_of_chaos():
    books = Chaos(HARMLESS, seconds=8, seed=SEED).run()
    check(books, HARMLESS)
    assert len(books.sent) > 500


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 240)
def test_chaos():
    kinds = (*GATEWAY_KINDS, *REST_KINDS)
    books = Chaos(kinds, seconds=SECONDS, seed=SEED).run()
    runs = [len(run) for run in books.missing_runs()]
    print(f"{len(books.sent)} sent, {sum(runs)} lost in {len(runs)} runs: {books.counts}")
    check(books, kinds)
    assert books.counts["gateway.zombies"] > 0
    assert books.counts["client.sessions_resumed"] > 0

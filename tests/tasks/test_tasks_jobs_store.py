"""What every store of jobs does: the one in memory and the one in a file."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.tasks.jobs import JobRecord, JobState, JobStore, MemoryJobs
from disruption.tasks.jobs.sqlite import SQLiteJobs

INF = 1e18


def new(due: float = 10.0, **fields: Any) -> JobRecord:
    return JobRecord(
        **{"id": 0, "name": "remind", "payload": "[[],{}]", "due": due, "created": 1.0, **fields}
    )


def take(store: JobStore, now: float = 100.0, owner: str = "me", limit: int = 10) -> list[int]:
    return [job.id for job in store.claim(["remind"], now, now + 30, owner, limit)]


def only(store: JobStore) -> JobRecord:
    (found,) = store.find()
    return found


def test_what_is_added_is_found(store: JobStore) -> None:
    added = store.add(new(key="k", every=5.5, most=3), replace=True)
    assert added.id > 0
    assert store.find() == [added]
    assert store.find(job=added.id, name="remind", state=JobState.WAITING, key="k") == [added]
    assert store.find(job=added.id + 1) == []
    assert store.find(name="other") == []
    assert store.find(state=JobState.FAILED) == []
    assert store.find(key="other") == []
    assert store.names() == {"remind": 1}


def test_jobs_are_taken_when_due_oldest_first_and_once(store: JobStore) -> None:
    late, later, never = (store.add(new(due), replace=True).id for due in (20, 30, 101))
    first = store.add(new(10), replace=True).id
    other = store.add(new(5, name="other"), replace=True).id
    assert store.next_due(["remind"]) == 10
    assert store.next_due(["remind", "other"]) == 5
    assert store.next_due([]) is None
    assert take(store, limit=2) == [first, late]
    assert take(store) == [later]
    assert take(store) == []
    taken = store.find(job=first)[0]
    assert (taken.state, taken.attempts, taken.owner, taken.lease) == (
        JobState.RUNNING,
        1,
        "me",
        130.0,
    )
    assert {job.id for job in store.find(state=JobState.WAITING)} == {never, other}


def test_a_lease_that_ends_lets_another_take_the_job(store: JobStore) -> None:
    job = store.add(new(), replace=True).id
    assert take(store, 100) == [job]
    assert store.next_due(["remind"]) == 130
    assert take(store, 129, "you") == []
    store.renew([job], "me", 200)
    assert take(store, 150, "you") == []
    store.renew([job], "you", 999)
    assert take(store, 200, "you") == [job]
    assert only(store).attempts == 2
    assert not store.finish(job, "me", None)
    assert not store.fail(job, "me", None, "x")
    assert not store.release(job, "me")
    assert store.finish(job, "you", None)
    assert store.find() == []


def test_a_repeated_job_waits_for_its_next_time(store: JobStore) -> None:
    job = store.add(new(every=60.0), replace=True).id
    take(store)
    assert store.finish(job, "me", 170.0, "ValueError: x")
    found = only(store)
    assert (found.state, found.due, found.attempts, found.owner, found.error) == (
        JobState.WAITING,
        170.0,
        0,
        None,
        "ValueError: x",
    )


def test_a_failed_attempt_waits_and_the_last_one_is_kept(store: JobStore) -> None:
    job = store.add(new(), replace=True).id
    take(store)
    assert store.fail(job, "me", 150.0, "ValueError: x")
    assert (only(store).state, only(store).due, only(store).attempts) == (
        JobState.WAITING,
        150.0,
        1,
    )
    assert take(store, 150) == [job]
    assert store.fail(job, "me", None, "ValueError: y")
    assert (only(store).state, only(store).error) == (JobState.FAILED, "ValueError: y")
    assert take(store, INF) == []
    assert store.next_due(["remind"]) is None
    assert not store.revive(job + 1, 5.0)
    assert store.revive(job, 5.0)
    assert not store.revive(job, 5.0)
    assert (only(store).state, only(store).attempts, only(store).due) == (JobState.WAITING, 0, 5.0)


def test_a_released_job_is_as_if_it_had_not_been_taken(store: JobStore) -> None:
    before = store.add(new(), replace=True)
    take(store)
    assert store.release(before.id, "me")
    assert only(store) == before


def test_a_job_is_removed_once(store: JobStore) -> None:
    job = store.add(new(), replace=True).id
    assert store.remove(job)
    assert not store.remove(job)
    assert store.find() == []


def test_a_key_is_held_by_one_job_of_a_name(store: JobStore) -> None:
    first = store.add(new(key="k"), replace=True)
    assert store.add(new(20, key="k"), replace=False) == first
    second = store.add(new(20, key="k"), replace=True)
    assert store.find() == [second]
    store.add(new(name="other", key="k"), replace=True)
    store.add(new(), replace=True)
    store.add(new(), replace=True)
    assert len(store.find()) == 4


def test_one_that_runs_loses_its_key_and_repetition_to_another(store: JobStore) -> None:
    first = store.add(new(key="k", every=60.0), replace=True)
    take(store)
    assert store.add(new(key="k"), replace=False).id == first.id
    second = store.add(new(500, key="k"), replace=True)
    assert store.finish(first.id, "me", 170.0)
    assert store.find() == [second]


def test_one_that_has_failed_does_not_keep_its_key(store: JobStore) -> None:
    first = store.add(new(key="k"), replace=True)
    take(store)
    store.fail(first.id, "me", None, "x")
    second = store.add(new(key="k"), replace=False)
    assert store.find() == [second]


def test_many_threads_take_each_job_once(store: JobStore) -> None:
    jobs = {store.add(new(number), replace=True).id for number in range(40)}
    taken: list[int] = []
    gate = threading.Barrier(4)

    def work(owner: str) -> None:
        gate.wait(30)
        while found := take(store, owner=owner, limit=3):
            taken.extend(found)
            for job in found:
                assert store.finish(job, owner, None)

    threads = [
        threading.Thread(target=work, args=(f"t{n}",), name="test-taker", daemon=True)
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(taken) == sorted(jobs)
    assert store.find() == []


names = st.sampled_from(["a", "b"])
numbers = st.integers(1, 8)
times = st.sampled_from([5.0, 10.0, 20.0, 40.0])
owners = st.sampled_from(["me", "you"])
keys = st.sampled_from([None, "k", "l"])
maybe_times = st.one_of(st.none(), times)
steps = st.one_of(
    st.tuples(st.just("add"), names, times, keys, maybe_times, st.booleans()),
    st.tuples(st.just("claim"), st.sets(names, min_size=1), times, owners, st.integers(1, 3)),
    st.tuples(st.just("renew"), st.sets(numbers, min_size=1), owners, times),
    st.tuples(st.just("finish"), numbers, owners, maybe_times),
    st.tuples(st.just("fail"), numbers, owners, maybe_times),
    st.tuples(st.just("release"), numbers, owners),
    st.tuples(st.just("remove"), numbers),
    st.tuples(st.just("revive"), numbers, times),
)


def step(store: JobStore, what: str, *args: Any) -> object:
    """Take one step and return all that can be seen of it."""
    result: Any
    if what == "add":
        name, due, key, every, replace = args
        result = store.add(new(due, name=name, key=key, every=every), replace=replace)
    elif what == "claim":
        wanted, now, owner, limit = args
        result = store.claim(sorted(wanted), now, now + 10, owner, limit)
    elif what == "renew":
        result = store.renew(sorted(args[0]), *args[1:])
    elif what == "fail":
        result = store.fail(*args, "ValueError: x")
    else:
        result = getattr(store, what)(*args)
    return result, store.find(), store.names(), store.next_due(["a"]), store.next_due(["a", "b"])


@settings(deadline=None, max_examples=40)
@given(st.lists(steps, max_size=25))
def test_both_stores_do_the_same(plan: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        memory, file = MemoryJobs(), SQLiteJobs(Path(folder) / "jobs.sqlite3")
        try:
            for what, *args in plan:
                assert step(memory, what, *args) == step(file, what, *args)
        finally:
            file.close()


@pytest.mark.parametrize("text", ["", "ünï", "x" * 5000, "'; DROP TABLE disruption_jobs; --"])
def test_texts_are_kept_as_they_are(store: JobStore, text: str) -> None:
    added = store.add(new(name=text or "n", payload=text, key=text or None), replace=True)
    assert store.find(name=text or "n") == [added]

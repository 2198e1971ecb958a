"""One thing done for many: to each of a thousand members, with an outcome for each.

```python
outcomes = batch(members, lambda member: member.add_role(role), submit=client.submit)
failed = [outcome for outcome in outcomes if outcome.error]
```
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from disruption.errors import InvalidArgument

__all__ = ["Outcome", "Progress", "Submit", "batch"]

_T = TypeVar("_T")
_R = TypeVar("_R")
_AT_ONCE: Final = 8


@dataclass(frozen=True)
class Outcome(Generic[_T, _R]):
    """What became of one target.

    Attributes:
        target: The target.
        value: What the function returned for it; None where it raised.
        error: What it raised, else None.
    """

    target: _T
    value: _R | None
    error: Exception | None

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.error is None


Progress = Callable[[Outcome[Any, Any], int], object]
"""Called with each outcome, and how many there are with it, in the thread of `batch`."""


class Submit(Protocol):
    """What runs a function on another thread: `Client.submit`, or an executor's."""

    def __call__(self, function: Callable[[Any], Any], /, *args: Any) -> Future[Any]:
        """Start the function and return its future."""


def batch(
    targets: Iterable[_T],
    function: Callable[[_T], _R],
    *,
    submit: Submit | None = None,
    at_once: int = _AT_ONCE,
    progress: Progress | None = None,
) -> list[Outcome[_T, _R]]:
    """Call a function for each target; an error of one does not keep the others from it.

    Args:
        targets: For whom or what; taken one by one as there is room.
        function: What to do with each.
        submit: Runs several at once: ``client.submit``, or a ThreadPoolExecutor's. None does
            one after another in this thread.
        at_once: How many are under way together, where there is `submit`.
        progress: Called with each outcome, in the order of the targets. What it raises ends
            the batch; what is under way then is still done.

    Returns:
        The outcomes, in the order of the targets.
    """
    if not isinstance(targets, Iterable) or not callable(function):
        raise InvalidArgument("batch takes the targets, which can be gone through, and a function")
    if isinstance(at_once, bool) or not isinstance(at_once, int) or at_once < 1:
        raise InvalidArgument(f"at_once must be a number from 1 on, not {at_once!r}")
    outcomes: list[Outcome[_T, _R]] = []
    waiting: deque[tuple[_T, Future[Any]]] = deque()

    def done(outcome: Outcome[_T, _R]) -> None:
        outcomes.append(outcome)
        if progress is not None:
            progress(outcome, len(outcomes))

    for target in targets:
        if submit is None:
            done(_outcome(target, lambda: function(target)))  # noqa: B023  # called at once
            continue
        if len(waiting) >= at_once:
            oldest, future = waiting.popleft()
            done(_outcome(oldest, future.result))
        try:
            waiting.append((target, submit(function, target)))
        except Exception as error:  # no room, or stopped: this one's outcome
            refused: Future[Any] = Future()
            refused.set_exception(error)
            waiting.append((target, refused))
    while waiting:
        oldest, future = waiting.popleft()
        done(_outcome(oldest, future.result))
    return outcomes


def _outcome(target: _T, result: Callable[[], _R]) -> Outcome[_T, _R]:
    try:
        return Outcome(target, result(), None)
    except Exception as error:
        return Outcome(target, None, error)

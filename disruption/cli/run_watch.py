"""Notice that the files of a program have changed.

`Tree` is the rule (which files, and which of them changed); `Watcher` is the thread that looks.
It looks at their times, which works everywhere, on network drives and in containers too, and
costs a millisecond twice a second for a few hundred files.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

__all__ = ["Tree", "Watcher"]

_INTERVAL = 0.4  # seconds between two looks
_MOST = 5000  # entries; a folder with more is a home directory rather than a program
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "build", "dist"})

State = dict[str, tuple[int, int]]


class Tree:
    """The Python files of a folder and the folders in it.

    Virtual environments, hidden folders and what builds leave behind are passed over; where there
    is too much, only the folder itself is looked at.

    Attributes:
        deep: Whether the folders inside are looked at.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.deep = True

    def look(self) -> State:
        """Return size and time of change of every file."""
        found: State = {}
        waiting = [self._root]
        seen = 0
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError:  # it was deleted, or is not ours to read
                continue
            seen += len(entries)
            if seen > _MOST and self.deep:
                self.deep = False
                return self.look()
            if folder != self._root and any(item.name == "pyvenv.cfg" for item in entries):
                continue
            for item in entries:
                if item.name.startswith("."):
                    continue
                try:
                    if item.is_dir():
                        if self.deep and item.name not in _SKIPPED and not item.is_symlink():
                            waiting.append(item.path)
                    elif item.name.endswith(".py"):
                        status = item.stat()
                        found[item.path] = (status.st_mtime_ns, status.st_size)
                except OSError:
                    continue
        return found

    def differences(self, before: State, after: State) -> list[str]:
        """Return the files that were changed, made or deleted, as a person calls them."""
        paths = sorted(
            path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
        )
        return [os.path.relpath(path, self._root) for path in paths]


class Watcher:
    """Calls a function when files have changed and have then been left alone for a moment.

    Thread: `disruption-run-watch`, owned and joined by this object.

    Args:
        tree: What is watched.
        changed: Called on the thread with the names of the files; it may take its time.
    """

    def __init__(self, tree: Tree, changed: Callable[[list[str]], object]) -> None:
        self._tree = tree
        self._changed = changed
        self._stopping = threading.Event()
        self._before = tree.look()
        self._thread = threading.Thread(
            target=self._watch, name="disruption-run-watch", daemon=True
        )

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        before = self._before
        while not self._stopping.wait(_INTERVAL):
            now = self._tree.look()
            if now == before:
                continue
            while not self._stopping.wait(_INTERVAL / 4):  # an editor may write in steps
                latest = self._tree.look()
                if latest == now:
                    break
                now = latest
            names = self._tree.differences(before, now)
            before = now
            if names and not self._stopping.is_set():
                self._changed(names)

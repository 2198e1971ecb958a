"""What happens on the demo's Discord, as lines of text.

`describe` is the rule (an event in, text out); `View` is the thread that prints.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..local.world import WorldError

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..local.world import Event, World

__all__ = ["View", "describe"]

_EPHEMERAL, _LOADING = 1 << 6, 1 << 7


def describe(world: World, event: Event, viewer_id: str) -> str | None:
    """Return what somebody sees of an event, None for nothing.

    Args:
        world: Where it happened.
        event: What happened.
        viewer_id: Who looks.
    """
    data = event.data
    if event.name == "INTERACTION_CREATE":
        return _interaction(data)
    if event.user_ids is not None and viewer_id not in event.user_ids:
        return None
    if event.name == "MESSAGE_CREATE":
        return f"{_name(data['author'])}{_how(data)}:{_body(data)}"
    if event.name == "MESSAGE_UPDATE":
        return f"{_name(data['author'])} edited:{_body(data)}"
    if event.name == "MESSAGE_DELETE":
        return "a message was deleted"
    if event.name in ("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"):
        who = _name(world.users.get(data["user_id"]))
        did = "reacted with" if event.name.endswith("ADD") else "took back"
        message = world.messages.get(data["channel_id"], data["message_id"])
        return f"{who} {did} {data['emoji']['name']} (on {_short(message['content'])!r})"
    if event.name == "TYPING_START" and data["user_id"] != viewer_id:
        return f"{_name(world.users.get(data['user_id']))} is typing…"
    return None


def _name(user: dict[str, Any]) -> str:
    return str(user["username"])


def _how(message: dict[str, Any]) -> str:
    """Say to whom a message answers, and whether only one person sees it."""
    said = ""
    referenced = message.get("referenced_message")
    if referenced:
        said = f" → {_name(referenced['author'])}"
    if message.get("interaction"):
        said = f" → /{message['interaction']['name']}"
    if message["flags"] & _EPHEMERAL:
        said += " (only you see this)"
    return said


def _body(message: dict[str, Any]) -> str:
    if message["flags"] & _LOADING:
        return " is thinking…"
    lines = str(message["content"]).split("\n") if message["content"] else []
    for embed in message["embeds"]:
        lines.append(f"┌ {embed.get('title', '')}")
        if embed.get("description"):
            lines.append(f"│ {embed['description']}")
        lines += [f"│ {field['name']}: {field['value']}" for field in embed.get("fields", ())]
        lines.append("└")
    lines += [f"[file {item['filename']}]" for item in message["attachments"]]
    lines += [f"[{label}]" for label in _labels(message["components"])]
    return f" {lines[0]}" if len(lines) == 1 else "".join(f"\n    {line}" for line in lines)


def _labels(components: list[dict[str, Any]]) -> list[str]:
    """Return what the components of a message say, those inside others too."""
    found = []
    for component in components:
        label = component.get("label") or component.get("placeholder") or component.get("content")
        if label:
            found.append(str(label))
        found += _labels(component.get("components") or [])
    return found


def _interaction(data: dict[str, Any]) -> str:
    user = data.get("user") or data["member"]["user"]
    used = data["data"]
    if "name" not in used:
        return f"{_name(user)} used {used['custom_id']}"
    options = "".join(f" {item['name']}:{item.get('value', '')}" for item in _options(used))
    return f"{_name(user)} used /{used['name']}{options}"


def _options(data: dict[str, Any]) -> list[dict[str, Any]]:
    return list(data.get("options") or ())


def _short(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 30 else line[:29] + "…"


class _Prompt:
    """What the view is to write below everything from now on."""

    def __init__(self, text: Callable[[], str] | None) -> None:
        self.text = text
        self.known = threading.Event()


class View:
    """Prints what happens, from its own thread, and knows what a bot did last.

    The thread ``disruption-demo-view`` is the view's: it starts on entry, and ends
    (joined) on exit after it has printed what is left. The world only puts events into
    its queue, since it holds its lock while it announces them.
    """

    def __init__(self, world: World, viewer_id: str) -> None:
        self._world = world
        self._viewer_id = viewer_id
        self._events: queue.SimpleQueue[Event | str | _Prompt | None] = queue.SimpleQueue()
        self._thread = threading.Thread(
            target=self._print, name="disruption-demo-view", daemon=True
        )
        self._printed = threading.Condition()  # guards the next
        self._answers = 0  # what others than the viewer did, as far as it is printed
        self._prompt: Callable[[], str] | None = None  # the thread's, while it runs
        self._unsubscribe: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        self._unsubscribe = self._world.subscribe(self._events.put)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Print what is left and end; a second time does nothing."""
        unsubscribe, self._unsubscribe = self._unsubscribe, None
        if unsubscribe is not None:
            unsubscribe()
            self._events.put(None)
            self._thread.join()

    def tell(self, text: str) -> None:
        """Print a line that is not from the world, after what has happened so far."""
        if self._unsubscribe is None:
            print(f"  {text}", flush=True)
        else:
            self._events.put(text)

    def show_prompt(self, prompt: Callable[[], str] | None) -> None:
        """Say what stands on the line where the person types: it is written again below
        whatever is printed from now on. None when nobody types.

        Returns once the view's thread knows: nothing that it began to print without the line
        comes in between when the line is written after this.
        """
        change = _Prompt(prompt)
        self._events.put(change)
        while self._thread.is_alive() and not change.known.wait(1.0):
            pass

    @property
    def answers(self) -> int:
        """How many things that others did have been printed."""
        with self._printed:
            return self._answers

    def wait_for_answer(self, seen: int, timeout: float) -> bool:
        """Wait until others have done more than `seen` things, for `timeout` seconds."""
        with self._printed:
            return self._printed.wait_for(lambda: self._answers > seen, timeout)

    def _print(self) -> None:
        while True:
            event = self._events.get()
            if event is None:
                return
            if isinstance(event, str):
                self._show(event)
                continue
            if isinstance(event, _Prompt):
                self._prompt = event.text
                event.known.set()
                continue
            try:
                text = describe(self._world, event, self._viewer_id)
            except WorldError:  # what it is about was deleted meanwhile
                continue
            if text is not None:
                self._write(text, by_viewer=self._by_viewer(event))

    def _show(self, text: str, *, by_viewer: bool = False) -> None:
        prompt = self._prompt
        if prompt is None:
            # In one piece: `print` writes the line's end apart, and others write too.
            sys.stdout.write(f"  {text}\n")
            sys.stdout.flush()
        elif not by_viewer:  # what the viewer typed is on the screen already
            sys.stdout.write(f"\r\x1b[K  {text}\n{prompt()}")
            sys.stdout.flush()

    def _write(self, text: str, *, by_viewer: bool) -> None:
        self._show(text, by_viewer=by_viewer)
        if not by_viewer:
            with self._printed:
                self._answers += 1
                self._printed.notify_all()

    def _by_viewer(self, event: Event) -> bool:
        data = event.data
        user = data.get("author") or data.get("user") or (data.get("member") or {}).get("user")
        return self._viewer_id in (data.get("user_id"), (user or {}).get("id"))

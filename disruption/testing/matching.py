"""What a test expects of a message, and in which ways a message is something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union
from urllib.parse import unquote

from ..errors import InvalidArgument

__all__ = ["Text", "Wanted", "labels"]

#: A whole text, a pattern to search for, or a question about it.
Text = Union[str, "re.Pattern[str]"]

_NAMES = ("label", "placeholder", "custom_id")
_FILE = re.compile(r"/attachments/\d+/(\d+)/([^/?]+)")


@dataclass(frozen=True)
class Wanted:
    """An expectation; `misses` is the rule.

    Attributes:
        what: The whole content, a pattern to search for in it, or a function of the message's
            payload.
        embed: What one of its embeds is: a text or pattern (title or description), some of its
            fields, an `Embed`, a function of it, or True for any.
        components: Labels, placeholders or custom ids that its components have (one or more),
            True for any, False for none.
        files: Names of its files, in order, those too that its embeds or components show.
        author: The username of whoever wrote it.
        reply_to: The id of the message that it answers.
        ephemeral: Whether only one person sees it.
    """

    what: Text | Callable[[dict[str, Any]], object] | None = None
    embed: Any = None
    components: str | Sequence[str] | bool | None = None
    files: Sequence[str] | None = None
    author: str | None = None
    reply_to: str | None = None
    ephemeral: bool | None = None

    def __post_init__(self) -> None:
        known = self.what is None or isinstance(self.what, (str, re.Pattern))
        if not known and not callable(self.what):
            raise InvalidArgument(
                f"{self.what!r} cannot be expected: give a text, a compiled pattern or a function"
            )

    def misses(self, message: dict[str, Any]) -> list[str]:
        """Return what is wrong with a message; an empty list means that it fits."""
        return [reason for reason in self._reasons(message) if reason]

    def __str__(self) -> str:
        parts = []
        if self.what is not None:
            parts.append(_name(self.what))
        elif self.embed is None and self.components is None and self.files is None:
            parts.append("anything")
        if self.embed is not None:
            parts.append("an embed" if self.embed is True else f"an embed {_name(self.embed)}")
        if self.components is False:
            parts.append("no components")
        elif self.components is not None:
            parts.append(f"components {_name(self.components)}")
        if self.files is not None:
            parts.append(f"files {_name(list(self.files))}")
        text = " with ".join([*parts[:1], " and ".join(parts[1:])] if parts[1:] else parts)
        if self.reply_to is not None:
            text += " as a reply"
        if self.ephemeral is not None:
            text += " that only one person sees" if self.ephemeral else " that everybody sees"
        return text

    def _reasons(self, message: dict[str, Any]) -> Iterator[str | None]:
        content = message["content"]
        if isinstance(self.what, str):
            yield None if content == self.what else f"its text is {content!r}"
        elif isinstance(self.what, re.Pattern):
            yield None if self.what.search(content) else f"its text is {content!r}"
        elif self.what is not None:
            yield None if self.what(message) else f"{_name(self.what)} says no"
        if self.embed is not None:
            yield self._embed_reason(message["embeds"])
        if self.components is not None:
            yield self._components_reason(message["components"])
        if self.files is not None:
            names = _files(message)
            yield None if names == list(self.files) else f"its files are {names}"
        author = message["author"]["username"]
        if self.author is not None and author != self.author:
            yield f"{author} wrote it"
        if self.reply_to is not None:
            replied = (message.get("message_reference") or {}).get("message_id")
            yield None if replied == self.reply_to else "it is no reply to that message"
        if self.ephemeral is not None:
            hidden = bool(message["flags"] & 1 << 6)
            if hidden != self.ephemeral:
                yield "only one person sees it" if hidden else "everybody sees it"

    def _embed_reason(self, embeds: list[dict[str, Any]]) -> str | None:
        if not embeds:
            return "it has no embed"
        if any(_embed_fits(self.embed, embed) for embed in embeds):
            return None
        return f"its embeds are {embeds}"

    def _components_reason(self, components: list[dict[str, Any]]) -> str | None:
        wanted = self.components
        if isinstance(wanted, bool):
            if wanted == bool(components):
                return None
            return "it has no components" if wanted else f"it has {labels(components)}"
        names = [wanted] if isinstance(wanted, str) else list(wanted or ())
        known = {value for item in _walk(components) for value in map(item.get, _NAMES) if value}
        if all(name in known for name in names):
            return None
        return f"its components are {labels(components)}" if components else "it has no components"


def labels(components: list[dict[str, Any]]) -> list[str]:
    """Return what a person would call the components, those inside others too."""
    found = []
    for item in _walk(components):
        name = next((item[key] for key in (*_NAMES, "content") if item.get(key)), None)
        if name is not None:
            found.append(str(name))
    return found


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in components:
        yield item
        yield from _walk(item.get("components") or [])
        for key in ("accessory", "component"):
            if item.get(key):
                yield from _walk([item[key]])


def _files(message: dict[str, Any]) -> list[str]:
    """Return the names of all files; Discord leaves those out of `attachments` that are shown."""
    shown = {
        int(found[1]): unquote(found[2])
        for url in _uploads([message["embeds"], message["components"]])
        if (found := _FILE.search(url)) is not None
    }
    if not shown:
        return [item["filename"] for item in message["attachments"]]
    names = {**shown, **{int(item["id"]): item["filename"] for item in message["attachments"]}}
    return [names[key] for key in sorted(names)]


def _uploads(value: Any) -> Iterator[str]:
    """Yield the addresses of what embeds and components show of the message's own files."""
    if isinstance(value, Mapping):
        if "url" in value and "content_type" in value:  # told of nothing else
            yield value["url"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _uploads(item)


def _embed_fits(wanted: Any, embed: dict[str, Any]) -> bool:
    if wanted is True:
        return True
    if isinstance(wanted, str):
        return wanted in (embed.get("title"), embed.get("description"))
    if isinstance(wanted, re.Pattern):
        texts = (embed.get("title") or "", embed.get("description") or "")
        return any(wanted.search(text) for text in texts)
    if callable(getattr(wanted, "to_dict", None)):
        wanted = wanted.to_dict()
    if isinstance(wanted, Mapping):
        return _contains(embed, wanted)
    return bool(wanted(embed))


def _contains(whole: Any, part: Any) -> bool:
    """Tell whether everything that `part` says is so in `whole`."""
    if isinstance(part, Mapping):
        return isinstance(whole, Mapping) and all(
            key in whole and _contains(whole[key], value) for key, value in part.items()
        )
    if isinstance(part, (list, tuple)):
        return (
            isinstance(whole, (list, tuple))
            and len(whole) == len(part)
            and all(map(_contains, whole, part))
        )
    return bool(whole == part)


def _name(wanted: Any) -> str:
    if isinstance(wanted, re.Pattern):
        return f"anything like {wanted.pattern!r}"
    if callable(wanted):
        return f"anything that {getattr(wanted, '__name__', 'the predicate')} accepts"
    return repr(wanted)

"""`paginate`: many pages in one message, with buttons to turn them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import ClientStopped, DisruptionError, InvalidArgument
from ...types import Embed
from ...types.components import ActionRow, Button
from ..errors import DialogueEnded, DialogueTimeout
from .closing import Asked
from .prompt import Prompt

if TYPE_CHECKING:
    from ...types.components import AnyComponent
    from ..context import Context

__all__ = ["paginate"]

_log = logging.getLogger("disruption.commands")
_FEW = 3  # pages up to which there are no buttons for the first and the last


class _Pages:
    """Pages that are taken from their source only when they are looked at."""

    def __init__(self, source: Iterable[Any]) -> None:
        self._source: Iterator[Any] = iter(source)
        self.whole = isinstance(source, Sequence)
        self._seen: list[Any] = list(self._source) if self.whole else []

    def has(self, number: int) -> bool:
        """Tell whether there is a page of this number."""
        while not self.whole and len(self._seen) <= number:
            try:
                self._seen.append(next(self._source))
            except StopIteration:
                self.whole = True
        return 0 <= number < len(self._seen)

    def __getitem__(self, number: int) -> Any:
        return self._seen[number]

    @property
    def count(self) -> int | None:
        """How many there are; None where that is not known yet."""
        return len(self._seen) if self.whole else None


def paginate(
    ctx: Context,
    pages: Iterable[Any],
    *,
    start: int,
    users: Any,
    timeout: float | None,
) -> None:
    """Show pages until nobody turns them any more; see `Talking.paginate`."""
    book = _Pages(pages)
    if not book.has(0):
        raise InvalidArgument("there are no pages to show")
    if not book.has(start):
        raise InvalidArgument(f"start={start}: there is no such page")
    if not book.has(1):
        _show(ctx, book[0], [])
        return
    with Prompt(ctx, users, timeout, idle=True) as prompt:
        asked = _show(ctx, book[start], _buttons(prompt, book, start))
        _turn(prompt, book, start, asked)


def _turn(prompt: Prompt, book: _Pages, page: int, asked: Asked) -> None:
    while True:
        try:
            click = next(prompt)
        except (DialogueEnded, ClientStopped) as ended:
            asked.disable([ActionRow(components=_buttons(prompt, book, page))], ended)
            if isinstance(ended, DialogueTimeout):
                return
            raise
        prompt.ctx._may_go_on_with(click)
        wanted = _wanted(prompt.name_in(click), book, page)
        page = wanted if book.has(wanted) else page
        content, embeds, rows = _parts(book[page], _buttons(prompt, book, page))
        try:
            click.responder.update(content, embeds=embeds, components=rows)
        except DisruptionError as error:
            _log.info("a page could not be turned: %s", error)


def _wanted(name: str, book: _Pages, page: int) -> int:
    if name == "first":
        return 0
    if name == "last":
        return (book.count or page + 1) - 1
    return page + (1 if name == "on" else -1)


def _show(ctx: Context, page: Any, buttons: Sequence[AnyComponent]) -> Asked:
    content, embeds, rows = _parts(page, buttons)
    return ctx._ask(content, rows, embeds=embeds or ())


def _parts(
    page: Any, buttons: Sequence[AnyComponent]
) -> tuple[str | None, list[Embed], list[AnyComponent]]:
    rows: list[AnyComponent] = [ActionRow(components=list(buttons))] if buttons else []
    if isinstance(page, str):
        return page, [], rows
    if isinstance(page, Embed):
        return None, [page], rows
    if isinstance(page, Sequence) and page and all(isinstance(each, Embed) for each in page):
        return None, list(page), rows
    raise InvalidArgument(f"a page is a text, an embed or several embeds, not {page!r:.60}")


def _buttons(prompt: Prompt, book: _Pages, page: int) -> list[AnyComponent]:
    count = book.count
    first, last = page == 0, not book.has(page + 1)
    shown = f"{page + 1} / {count}" if count is not None else f"{page + 1}"
    buttons: list[AnyComponent] = [
        Button.secondary("◀", prompt.custom_id("back"), disabled=first or None),
        Button.secondary(shown, prompt.custom_id("page"), disabled=True),
        Button.secondary("▶", prompt.custom_id("on"), disabled=last or None),
    ]
    if count is None or count > _FEW:
        buttons.insert(0, Button.secondary("⏮", prompt.custom_id("first"), disabled=first or None))
        if count is not None:
            buttons.append(Button.secondary("⏭", prompt.custom_id("last"), disabled=last or None))
    return buttons

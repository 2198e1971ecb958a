"""`choose` and `confirm`: a question with buttons or a menu, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import ClientStopped, InvalidArgument
from ...types.components import ActionRow, Button, ButtonStyle, SelectOption, StringSelect
from ...types.components.tree import disable_all
from ...types.text import truncate
from ..errors import DialogueCancelled, DialogueEnded
from ..texts import texts
from .closing import Asked, Closing
from .prompt import Prompt

if TYPE_CHECKING:
    from ...types import Interaction
    from ...types.components import AnyComponent
    from ..context import Context

__all__ = ["as_options", "choose", "choose_many", "confirm"]

T = TypeVar("T")

_IN_ROW = 5
_ROWS_OF_BUTTONS = 1
_LABEL = 80
_MENU = 25
_SHOWN = 100


def as_options(options: Any) -> dict[str, Any]:
    """Return options by the text that people read.

    Raises:
        InvalidArgument: There are none, or two with the same text.
    """
    if isinstance(options, type) and issubclass(options, Enum):
        pairs: list[tuple[str, Any]] = [
            (member.name.replace("_", " ").capitalize(), member) for member in options
        ]
    elif isinstance(options, Mapping):
        pairs = [(str(label), value) for label, value in options.items()]
    elif isinstance(options, str) or not isinstance(options, Sequence):
        raise InvalidArgument(f"options={options!r:.60}: give a list, a mapping or an Enum")
    else:
        pairs = [(str(option), option) for option in options]
    found = dict(pairs)
    if not found:
        raise InvalidArgument("there is nothing to choose from")
    if len(found) < len(pairs):
        raise InvalidArgument("two options have the same text")
    if "" in found:
        raise InvalidArgument("an option has no text")
    return found


def choose(
    ctx: Context, question: str, options: Mapping[str, T], *, users: Any, timeout: float | None
) -> T:
    """Ask for one of the options; see `Talking.choose`."""
    labels = list(options)
    if len(labels) <= _IN_ROW * _ROWS_OF_BUTTONS and max(map(len, labels)) <= _LABEL:
        number = _by_buttons(ctx, question, labels, users, timeout)
    else:
        number = _by_menu(ctx, question, labels, (1, 1), users, timeout)[0]
    return options[labels[number]]


def choose_many(
    ctx: Context,
    question: str,
    options: Mapping[str, T],
    bounds: tuple[int, int],
    *,
    users: Any,
    timeout: float | None,
) -> list[T]:
    """Ask for some of the options; see `Talking.choose_many`."""
    labels = list(options)
    if len(labels) > _MENU:
        raise InvalidArgument(f"of at most {_MENU} options several can be chosen")
    numbers = _by_menu(ctx, question, labels, bounds, users, timeout)
    return [options[labels[number]] for number in numbers]


def confirm(
    ctx: Context,
    question: str,
    *,
    yes: str,
    no: str,
    danger: bool,
    users: Any,
    timeout: float | None,
) -> bool:
    """Ask whether; see `Talking.confirm`."""
    style = ButtonStyle.DANGER if danger else ButtonStyle.SUCCESS
    styles = [style, ButtonStyle.SECONDARY]
    return _by_buttons(ctx, question, [yes, no], users, timeout, styles) == 0


def _by_buttons(
    ctx: Context,
    question: str,
    labels: Sequence[str],
    users: Any,
    timeout: float | None,
    styles: Sequence[ButtonStyle] = (),
) -> int:
    with Prompt(ctx, users, timeout) as prompt:
        buttons = [
            Button(
                style=styles[number] if styles else ButtonStyle.PRIMARY,
                label=label,
                custom_id=prompt.custom_id(number),
            )
            for number, label in enumerate(labels)
        ]
        rows: list[AnyComponent] = [ActionRow(components=list(buttons))]
        asked = ctx._ask(question, rows)
        click = answer_to(prompt, asked, rows)
        number = int(prompt.name_in(click))
        for each, button in enumerate(buttons):
            button.disabled = True
            if each != number:
                button.style = ButtonStyle.SECONDARY
        go_on(ctx, asked, click, rows)
        return number


def _by_menu(
    ctx: Context,
    question: str,
    labels: Sequence[str],
    bounds: tuple[int, int],
    users: Any,
    timeout: float | None,
) -> list[int]:
    pages = [labels[start : start + _MENU] for start in range(0, len(labels), _MENU)]
    page = 0
    with Prompt(ctx, users, timeout) as prompt:
        asked = ctx._ask(question, _menu(prompt, pages, page, bounds))
        while True:
            rows = _menu(prompt, pages, page, bounds)
            click = answer_to(prompt, asked, rows)
            name = prompt.name_in(click)
            if name in ("back", "on"):
                page = max(0, min(len(pages) - 1, page + (1 if name == "on" else -1)))
                click.responder.update(components=_menu(prompt, pages, page, bounds))
                continue
            data = click.data
            chosen = [int(value) for value in (None if data is None else data.values) or ()]
            rows = disable_all(_menu(prompt, pages, page, bounds, chosen))
            go_on(ctx, asked, click, rows[:1])
            return chosen


def _menu(
    prompt: Prompt,
    pages: Sequence[Sequence[str]],
    page: int,
    bounds: tuple[int, int],
    chosen: Sequence[int] = (),
) -> list[AnyComponent]:
    first = page * _MENU
    shown = pages[page]
    options = [
        SelectOption.of(
            truncate(label, _SHOWN),
            str(number),
            default=True if number in chosen else None,
        )
        for number, label in enumerate(shown, first)
    ]
    menu = StringSelect(
        custom_id=prompt.custom_id("menu"),
        options=options,
        min_values=None if bounds == (1, 1) else bounds[0],
        max_values=None if bounds == (1, 1) else min(bounds[1], len(options)),
    )
    rows: list[AnyComponent] = [ActionRow.of(menu)]
    if len(pages) > 1:
        rows.append(
            ActionRow.of(
                Button.secondary("◀", prompt.custom_id("back"), disabled=page == 0),
                Button.secondary(
                    f"{page + 1} / {len(pages)}", prompt.custom_id("page"), disabled=True
                ),
                Button.secondary("▶", prompt.custom_id("on"), disabled=page == len(pages) - 1),
            )
        )
    return rows


def answer_to(prompt: Prompt, asked: Asked, rows: Sequence[AnyComponent]) -> Interaction:
    """Wait for an answer to a question; where none comes its components are disabled.

    Raises:
        DialogueTimeout: None came in time.
        DialogueCancelled: The button to cancel was clicked.
    """
    try:
        click = next(prompt)
    except (DialogueEnded, ClientStopped) as ended:
        asked.disable(rows, ended)
        raise
    if prompt.name_in(click) == "cancel":
        Closing(asked, click, disable_all(rows)).answer()
        raise DialogueCancelled(texts().dialogue_cancelled)
    return click


def go_on(ctx: Context, asked: Asked, click: Interaction, rows: Sequence[AnyComponent]) -> None:
    """Go on with the dialogue at a click; the question is closed with the next thing done."""
    ctx._go_on_with(click)
    ctx._close_with(Closing(asked, click, rows))

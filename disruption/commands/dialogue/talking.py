"""What a context asks people: each question blocks until it is answered, and returns the answer.

A thread that waits gives its place to another one, so that hundreds of dialogues go on at once
on a few workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

if TYPE_CHECKING:
    from ...types import Embed
    from ..context import Context
    from .clicks import Click, Clicks

__all__ = ["Talking"]

T = TypeVar("T")
_En = TypeVar("_En", bound=Enum)

TIMEOUT = 300.0
"""Seconds that a question waits where it does not say."""


class Talking:
    """The part of a context that asks.

    All of it may be used in commands, components and modals, in prefix commands, and with
    `Client.context` in every handler. Questions are for the author alone where ``users=`` does
    not name others (users, members or ids, or ``"anyone"``); who else clicks is told so.
    """

    @overload
    def ask(
        self,
        question: str,
        *,
        convert: None = None,
        via: Literal["auto", "modal", "message"] = "auto",
        long: bool = False,
        placeholder: str | None = None,
        default: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        required: bool = True,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> str: ...

    @overload
    def ask(
        self,
        question: str,
        *,
        convert: Callable[[str], T],
        via: Literal["auto", "modal", "message"] = "auto",
        long: bool = False,
        placeholder: str | None = None,
        default: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        required: bool = True,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> T: ...

    def ask(
        self,
        question: str,
        *,
        convert: Callable[[str], Any] | None = None,
        via: Literal["auto", "modal", "message"] = "auto",
        long: bool = False,
        placeholder: str | None = None,
        default: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        required: bool = True,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> Any:
        """Ask for a text and return it.

        ```python
        name = ctx.ask("Your name?")
        age = ctx.ask("Your age?", convert=int)
        ```

        In a command or after a click a modal opens; where the interaction has an answer already,
        the question is a message with a button that opens it. After a message the answer is
        the person's next message in the channel; "cancel" ends it.

        Args:
            question: What is asked.
            convert: Makes the answer of the text; where it raises a ValueError or a `UserError`
                the person is told and asked again.
            via: ``modal`` or ``message`` in any case; ``message`` needs the message intents.
            long: Whether the modal's input has several lines.
            placeholder: What the empty input shows.
            default: What the input holds at first.
            min_length: Characters at least, in a modal.
            max_length: Characters at most, in a modal.
            required: Whether it may not be empty, in a modal.
            users: Who may answer; the author where none are named.
            timeout: Seconds; None for as long as it takes.

        Raises:
            DialogueTimeout: No answer came in time.
            DialogueCancelled: The person cancelled it.
            IntentNotRequested: Messages do not reach the bot.
        """
        from .asking import ask_by_message, ask_by_modal, text_field

        ctx = _context(self)
        make = str if convert is None else convert
        if via == "message" or (via == "auto" and ctx.interaction is None):
            return ask_by_message(ctx, question, make, users=users, timeout=timeout)
        field = text_field(
            long=long,
            placeholder=placeholder,
            default=default,
            min_length=min_length,
            max_length=max_length,
            required=required,
        )
        return ask_by_modal(ctx, question, make, field=field, users=users, timeout=timeout)

    @overload
    def choose(
        self,
        question: str,
        options: type[_En],
        *,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> _En: ...

    @overload
    def choose(
        self,
        question: str,
        options: Mapping[str, T],
        *,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> T: ...

    @overload
    def choose(
        self,
        question: str,
        options: Sequence[T],
        *,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> T: ...

    def choose(
        self, question: str, options: Any, *, users: Any = None, timeout: float | None = TIMEOUT
    ) -> Any:
        """Ask for one of several options and return it.

        Up to five are buttons, more are a menu, more than 25 a menu of several pages.

        ```python
        size = ctx.choose("Which size?", ["small", "large"])
        price = ctx.choose("Which size?", {"small": 3, "large": 5})
        ```

        Args:
            question: What is asked.
            options: The options: a list, a mapping from texts to values, or an Enum.
            users: Who may answer; the author where none are named.
            timeout: Seconds; None for as long as it takes.

        Raises:
            DialogueTimeout: No answer came in time; the buttons are disabled.
        """
        from .choosing import as_options, choose

        return choose(_context(self), question, as_options(options), users=users, timeout=timeout)

    @overload
    def choose_many(
        self,
        question: str,
        options: type[_En],
        *,
        least: int = 0,
        most: int | None = None,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> list[_En]: ...

    @overload
    def choose_many(
        self,
        question: str,
        options: Mapping[str, T],
        *,
        least: int = 0,
        most: int | None = None,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> list[T]: ...

    @overload
    def choose_many(
        self,
        question: str,
        options: Sequence[T],
        *,
        least: int = 0,
        most: int | None = None,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> list[T]: ...

    def choose_many(
        self,
        question: str,
        options: Any,
        *,
        least: int = 0,
        most: int | None = None,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> list[Any]:
        """Ask for some of up to 25 options and return them as a list; see `choose`.

        Args:
            question: What is asked.
            options: The options: a list, a mapping from texts to values, or an Enum.
            least: How many at least.
            most: How many at most; all by default.
            users: Who may answer; the author where none are named.
            timeout: Seconds; None for as long as it takes.

        Raises:
            DialogueTimeout: No answer came in time; the menu is disabled.
            InvalidArgument: The bounds do not fit, or there are more than 25 options.
        """
        from ...errors import InvalidArgument
        from .choosing import as_options, choose_many

        found = as_options(options)
        highest = len(found) if most is None else most
        if not 0 <= least <= highest or highest < 1 or least > len(found):
            raise InvalidArgument(f"least={least}, most={most} of {len(found)} options")
        return choose_many(
            _context(self), question, found, (least, highest), users=users, timeout=timeout
        )

    def confirm(
        self,
        question: str,
        *,
        yes: str = "Yes",
        no: str = "No",
        danger: bool = False,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> bool:
        """Ask whether, with two buttons.

        Args:
            question: What is asked.
            yes: The button that confirms.
            no: The other one.
            danger: Whether the button that confirms is red.
            users: Who may answer; the author where none are named.
            timeout: Seconds; None for as long as it takes.

        Raises:
            DialogueTimeout: No answer came in time; the buttons are disabled.
        """
        from .choosing import confirm

        return confirm(
            _context(self), question, yes=yes, no=no, danger=danger, users=users, timeout=timeout
        )

    def form(
        self,
        cls: type[T],
        title: str | None = None,
        *,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> T:
        """Ask with a modal that is made from a dataclass; return an object of it.

        ```python
        @dataclass
        class Report:
            what: Annotated[str, Long(), Length(10, 500)]
            where: Literal["chat", "voice"]
            who: User | None = None
            urgent: bool = False

        report = ctx.form(Report, "Report somebody")
        ```

        Its up to 5 fields are texts, numbers, durations, moments (text inputs), bools
        (checkboxes), Literals and Enums (radio groups, or menus where there are many), users,
        roles, channels (menus), attachments (uploads), and lists of these. ``Annotated`` takes
        `Name` (the label), `Description`, `Placeholder`, `Long`, `Length`, `Range` and what else
        options of commands take. A field with a default, or ``| None``, may be left empty.
        What does not fit is told the person, who goes on with what they had filled in; so is
        what ``__post_init__`` raises as a ValueError or a `UserError`.

        Args:
            cls: The dataclass.
            title: The modal's title, at most 45 characters; the class's name in words.
            users: Who may answer; the author where none are named.
            timeout: Seconds; None for as long as it takes.

        Raises:
            DialogueTimeout: It was not filled in in time.
            DialogueCancelled: The person cancelled it.
            CommandDefinitionError: No modal can be made of the class.
        """
        from .form import fill_form

        return fill_form(_context(self), cls, title, users=users, timeout=timeout)

    @overload
    def clicks(
        self,
        question: str,
        options: type[_En],
        *,
        users: Any = "anyone",
        timeout: float | None = TIMEOUT,
    ) -> Clicks[_En]: ...

    @overload
    def clicks(
        self,
        question: str,
        options: Mapping[str, T],
        *,
        users: Any = "anyone",
        timeout: float | None = TIMEOUT,
    ) -> Clicks[T]: ...

    @overload
    def clicks(
        self,
        question: str,
        options: Sequence[T],
        *,
        users: Any = "anyone",
        timeout: float | None = TIMEOUT,
    ) -> Clicks[T]: ...

    def clicks(
        self,
        question: str,
        options: Any,
        *,
        users: Any = "anyone",
        timeout: float | None = TIMEOUT,
    ) -> Clicks[Any]:
        """Ask with up to 25 buttons that many people may click, until the time is over.

        ```python
        with ctx.clicks("Capital of France?", ["Paris", "Lyon"], timeout=20) as clicks:
            for click in clicks:
                guesses[click.author.id] = click.choice
                click.respond("Noted.", ephemeral=True)
        ```

        A click that the block does not answer is acknowledged. When the block is left the
        buttons are disabled; the loop ends by itself when the time is over.

        Args:
            question: What is asked.
            options: The options: a list, a mapping from texts to values, or an Enum.
            users: Who may click; anyone by default.
            timeout: Seconds; None for as long as the block runs.

        Raises:
            InvalidArgument: There are no options, or more than 25.
        """
        from ...errors import InvalidArgument
        from .choosing import as_options
        from .clicks import Clicks

        found = as_options(options)
        if len(found) > 25:
            raise InvalidArgument(f"a message has 25 buttons at most, not {len(found)}")
        return Clicks(_context(self), question, found, users=users, timeout=timeout)

    def menu(
        self,
        question: str,
        items: Mapping[str, Callable[[Click[Any]], T] | None],
        *,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> T | None:
        """Show buttons that call functions, until one ends it or the time is over.

        ```python
        ctx.menu("The queue", {"Add": add, "Clear": clear, "Done": None})
        ```

        Args:
            question: What stands above the buttons.
            items: By label, what is called with the click; None ends the menu.
            users: Who may click; the author where none are named.
            timeout: Seconds for all of it.

        Returns:
            What the first function returned that did not return None; None at the end.
        """
        from .choosing import as_options
        from .clicks import menu

        found: T | None = menu(
            _context(self), question, as_options(items), users=users, timeout=timeout
        )
        return found

    def paginate(
        self,
        pages: Iterable[str | Embed | Sequence[Embed]],
        *,
        start: int = 0,
        users: Any = None,
        timeout: float | None = TIMEOUT,
    ) -> None:
        """Show pages in one message, with buttons to turn them; return when nobody does.

        Args:
            pages: Texts, embeds or lists of embeds. Those of a generator are made when they
                are looked at.
            start: The number of the first page shown, from 0.
            users: Who may turn them; the author where none are named.
            timeout: Seconds without a click after which the buttons are disabled.

        Raises:
            InvalidArgument: There are no pages, or something is none.
        """
        from .paging import paginate

        paginate(_context(self), pages, start=start, users=users, timeout=timeout)


def _context(talking: Talking) -> Context:
    from ..context import Context

    assert isinstance(talking, Context)
    return talking

"""What a modal asks for one thing with: from a kind of value to a component, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import InvalidArgument
from ...types import ApplicationCommandOptionType as Option
from ...types.components import (
    ChannelSelect,
    Checkbox,
    CheckboxGroup,
    CheckboxGroupOption,
    FileUpload,
    Label,
    MentionableSelect,
    RadioGroup,
    RadioGroupOption,
    RoleSelect,
    SelectOption,
    StringSelect,
    TextInput,
    TextInputStyle,
    UserSelect,
)
from ...types.text import truncate
from ..parameters.kind import Kind
from ..parameters.marks import Length, Mark
from .asking import TITLE

if TYPE_CHECKING:
    from ...types import ResolvedData
    from ...types.components import AnyComponent
    from ..context import Context

__all__ = ["Input", "Long", "Placeholder", "input_for"]

_GROUP = 10  # options of a radio group or checkbox group
_MENU = 25
_FILES = 10


@dataclass(frozen=True)
class Long(Mark):
    """A text of several lines: ``story: Annotated[str, Long()]``."""


@dataclass(frozen=True)
class Placeholder(Mark):
    """What an input shows while it is empty, at most 150 characters."""

    text: str


@dataclass
class Input:
    """One thing that a modal asks for.

    Attributes:
        label: The text above it.
        description: The small text below that.
        required: Whether it must be filled in.
        many: Whether the answer is a list.
        make: Makes the component, holding what was filled in before.
        read: Makes the answer of what is filled in.
    """

    label: str
    description: str | None
    required: bool
    many: bool
    make: Callable[[Any], AnyComponent]
    read: Callable[[Any, ResolvedData | None, Context], Any]

    def component(self, filled: Any) -> AnyComponent:
        """Return the component with its label."""
        return Label.of(
            truncate(self.label, TITLE), self.make(filled), description=self.description
        )


@dataclass
class _Wish:
    """What an input is to be; see `input_for`."""

    kind: Kind
    custom_id: str
    placeholder: str | None
    long: bool
    many: bool
    bounds: Length | None
    required: bool
    default: Any

    @property
    def least(self) -> int | None:
        if not self.many:
            return None
        low = None if self.bounds is None else self.bounds.min
        return low if low is not None else (1 if self.required else 0)

    def most(self, limit: int) -> int | None:
        if not self.many:
            return None
        high = None if self.bounds is None else self.bounds.max
        return limit if high is None else min(high, limit)


def input_for(
    kind: Kind,
    cls: Any,
    *,
    custom_id: str,
    label: str,
    description: str | None,
    placeholder: str | None,
    long: bool,
    many: bool,
    bounds: Length | None,
    required: bool,
    default: Any,
) -> Input:
    """Return the input for a kind of value.

    Raises:
        InvalidArgument: No modal can ask for it so.
    """
    wish = _Wish(kind, custom_id, placeholder, long, many, bounds, required, default)
    if cls is bool and not many:
        make: Callable[[Any], AnyComponent] = _checkbox(wish)
        return Input(label, description, False, False, make, lambda raw, *_: bool(raw))
    if kind.choices:
        return Input(label, description, required, many, _choices(wish), _choice_reader(wish))
    makers = {
        Option.USER: _users,
        Option.ROLE: _roles,
        Option.CHANNEL: _channels,
        Option.MENTIONABLE: _mentionables,
        Option.ATTACHMENT: _files,
    }
    maker = makers.get(kind.type) if kind.type is not None else None
    if maker is not None:
        return Input(label, description, required, many, maker(wish), _entity_reader(wish))
    if many:
        raise InvalidArgument("a list can be of choices, users, roles, channels or files only")
    return Input(
        label,
        description,
        required,
        False,
        _text(wish),
        lambda raw, _, ctx: kind.from_text(str(raw), ctx),
    )


def _text(wish: _Wish) -> Callable[[Any], AnyComponent]:
    kind = wish.kind

    def make(filled: Any) -> AnyComponent:
        value = filled if filled is not None else wish.default
        made = TextInput.short(
            wish.custom_id,
            placeholder=wish.placeholder,
            value=None if value is None else str(value),
            min_length=kind.min_length,
            max_length=kind.max_length,
            required=wish.required,
        )
        if wish.long:
            made.style = TextInputStyle.PARAGRAPH
        return made

    return make


def _checkbox(wish: _Wish) -> Callable[[Any], AnyComponent]:
    def make(filled: Any) -> AnyComponent:
        value = filled if filled is not None else wish.default
        return Checkbox(custom_id=wish.custom_id, default=True if value else None)

    return make


def _choices(wish: _Wish) -> Callable[[Any], AnyComponent]:
    choices = wish.kind.choices
    if len(choices) > _MENU:
        raise InvalidArgument(f"it has {len(choices)} choices; a modal shows {_MENU} at most")
    grouped = len(choices) <= _GROUP and (wish.many or len(choices) > 1)

    def make(filled: Any) -> AnyComponent:
        chosen = _chosen(wish, filled)

        def told(choice: Any) -> bool | None:
            return True if str(choice.value) in chosen else None

        if grouped and wish.many:
            return CheckboxGroup(
                custom_id=wish.custom_id,
                options=[
                    CheckboxGroupOption.of(c.name, str(c.value), default=told(c)) for c in choices
                ],
                min_values=wish.least,
                max_values=wish.most(len(choices)),
                required=wish.required,
            )
        if grouped:
            return RadioGroup(
                custom_id=wish.custom_id,
                options=[
                    RadioGroupOption.of(c.name, str(c.value), default=told(c)) for c in choices
                ],
                required=wish.required,
            )
        return StringSelect(
            custom_id=wish.custom_id,
            options=[SelectOption.of(c.name, str(c.value), default=told(c)) for c in choices],
            placeholder=wish.placeholder,
            min_values=wish.least,
            max_values=wish.most(len(choices)),
            required=wish.required,
        )

    return make


def _chosen(wish: _Wish, filled: Any) -> set[str]:
    if filled is not None:
        return set(filled) if isinstance(filled, list) else {str(filled)}
    default = wish.default
    if default is None:
        return set()
    many = default if isinstance(default, (list, tuple)) else [default]
    return {str(getattr(each, "value", each)) for each in many}


def _choice_reader(wish: _Wish) -> Callable[[Any, ResolvedData | None, Context], Any]:
    raws = {str(choice.value): choice.value for choice in wish.kind.choices}

    def read(raw: Any, resolved: ResolvedData | None, ctx: Context) -> Any:
        texts = raw if isinstance(raw, list) else [raw]
        found = [wish.kind.from_option(raws.get(text, text), resolved, ctx) for text in texts]
        return found if wish.many else found[0]

    return read


def _entity_reader(wish: _Wish) -> Callable[[Any, ResolvedData | None, Context], Any]:
    def read(raw: Any, resolved: ResolvedData | None, ctx: Context) -> Any:
        ids = raw if isinstance(raw, list) else [raw]
        found = [wish.kind.from_option(each, resolved, ctx) for each in ids]
        return found if wish.many else found[0]

    return read


def _entities(wish: _Wish, cls: type[Any], **more: Any) -> Callable[[Any], AnyComponent]:
    def make(filled: Any) -> AnyComponent:
        made: AnyComponent = cls(
            custom_id=wish.custom_id,
            placeholder=wish.placeholder,
            min_values=wish.least,
            max_values=wish.most(_MENU),
            required=wish.required,
            **more,
        )
        return made

    return make


def _users(wish: _Wish) -> Callable[[Any], AnyComponent]:
    return _entities(wish, UserSelect)


def _roles(wish: _Wish) -> Callable[[Any], AnyComponent]:
    return _entities(wish, RoleSelect)


def _mentionables(wish: _Wish) -> Callable[[Any], AnyComponent]:
    return _entities(wish, MentionableSelect)


def _channels(wish: _Wish) -> Callable[[Any], AnyComponent]:
    types = list(wish.kind.channel_types)
    return _entities(wish, ChannelSelect, channel_types=types or None)


def _files(wish: _Wish) -> Callable[[Any], AnyComponent]:
    def make(filled: Any) -> AnyComponent:
        return FileUpload(
            custom_id=wish.custom_id,
            min_values=wish.least,
            max_values=wish.most(_FILES),
            required=wish.required,
            file_types=list(wish.kind.file_types) or None,
        )

    return make

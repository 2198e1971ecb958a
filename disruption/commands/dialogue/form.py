"""`form`: a modal made from a dataclass, and its answers as an object of it."""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import InvalidArgument
from ...types import ModalCallbackData
from ...types.core.codec import to_plain
from ...types.rules.components import check_modal
from ...types.text import truncate
from ..errors import CommandDefinitionError, UserError, called_at
from ..parameters.hints import peel
from ..parameters.kinds import item_of, kind_of, marks_of
from ..parameters.marks import Description, Length, Mark, Name
from ..parameters.names import words
from ..texts import texts
from .asking import TITLE
from .filling import fill_in
from .inputs import Input, Long, Placeholder, input_for

if TYPE_CHECKING:
    from ...types.components import AnyComponent
    from ..context import Context, ModalContext

__all__ = ["Form", "fill_form", "form"]

T = TypeVar("T")

_FIELDS = 5
_plans: dict[type, Form[Any]] = {}  # made when first asked for


def fill_form(
    ctx: Context, cls: type[T], title: str | None, *, users: Any, timeout: float | None
) -> T:
    """Ask with a form; see `Talking.form`."""
    plan = _plan(cls)
    shown = title or plan.title

    def build(custom_id: str, filled: Mapping[str, Any]) -> ModalCallbackData:
        return ModalCallbackData.of(custom_id, truncate(shown, TITLE), *plan.components(filled))

    return fill_in(
        ctx, shown, build, lambda sent: plan.read(ctx, sent), users=users, timeout=timeout
    )


def form(cls: type[T]) -> type[T]:
    """Refuse a dataclass that `Context.form` could not ask for, where it is written.

    ```python
    @form
    @dataclass
    class Report:
        what: Annotated[str, Long()]
    ```

    Raises:
        CommandDefinitionError: No modal can be made of it; the message has the file and line.
    """
    try:
        _plan(cls)
    except CommandDefinitionError as error:
        raise CommandDefinitionError(f"{error} ({called_at()})") from None
    return cls


def _plan(cls: type[T]) -> Form[T]:
    plan: Form[T] | None = _plans.get(cls)
    if plan is None:
        plan = Form(cls)
        if "<locals>" not in cls.__qualname__:  # those of functions are made again and again
            _plans[cls] = plan
    return plan


class Form(typing.Generic[T]):
    """What a dataclass looks like as a modal.

    Args:
        cls: The dataclass.

    Raises:
        CommandDefinitionError: It is none, has no fields or more than 5, or a field of a type
            that no modal can ask for.
    """

    def __init__(self, cls: type[T]) -> None:
        if not (isinstance(cls, type) and dataclasses.is_dataclass(cls)):
            raise CommandDefinitionError(f"a form is made of a dataclass, not of {cls!r:.60}")
        self.cls: type[T] = cls
        self.title = words(cls.__name__)
        self._inputs: list[tuple[dataclasses.Field[Any], Input]] = []
        hints = _hints(cls)
        for field in dataclasses.fields(cls):
            if field.init:
                self._inputs.append((field, _input(cls, field, hints[field.name])))
        if not 1 <= len(self._inputs) <= _FIELDS:
            raise CommandDefinitionError(
                f"{cls.__qualname__} has {len(self._inputs)} fields; a modal asks for 1 to "
                f"{_FIELDS} things"
            )
        modal = ModalCallbackData.of("form", truncate(self.title, TITLE), *self.components({}))
        try:
            check_modal(to_plain(modal))
        except InvalidArgument as error:
            raise CommandDefinitionError(f"{cls.__qualname__}: {error}") from None

    def components(self, filled: Mapping[str, Any]) -> list[AnyComponent]:
        """Return the modal's components, holding what was filled in the last time."""
        return [each.component(filled.get(field.name)) for field, each in self._inputs]

    def read(self, ctx: Context, submitted: ModalContext) -> T:
        """Return the object for what was filled in.

        Raises:
            UserError: Something does not fit; its text tells the person what.
        """
        values: dict[str, Any] = {}
        for field, each in self._inputs:
            raw = submitted.values.get(field.name)
            if raw is None or raw in ("", []):
                if each.many and each.required:
                    values[field.name] = []
                elif not each.required and not _has_default(field):
                    values[field.name] = [] if each.many else None
                continue
            values[field.name] = each.read(raw, submitted.resolved, ctx)
        try:
            return self.cls(**values)
        except ValueError as error:  # of its __post_init__, which may say why
            raise UserError(str(error) or texts().bad_answer) from None


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return (
        field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    )


def _input(cls: type, field: dataclasses.Field[Any], annotation: Any) -> Input:
    name = field.name
    try:
        members, metadata, optional = peel(annotation)
        marks = marks_of(metadata)
        item = item_of(members[0]) if len(members) == 1 else None
        if item is not None:
            members, inner, _ = peel(item)
            marks = {**marks_of(inner), **marks}
        of_kind: dict[type[Mark], Any] = {
            mark: value
            for mark, value in marks.items()
            if mark not in (Long, Placeholder, Name, Description)
            and not (item is not None and mark is Length)
        }
        kind = kind_of(name, members, of_kind)
        default = None if field.default is dataclasses.MISSING else field.default
        return input_for(
            kind,
            members[0],
            custom_id=name,
            label=marks[Name].name if Name in marks else words(name),
            description=marks[Description].text if Description in marks else None,
            placeholder=marks[Placeholder].text if Placeholder in marks else None,
            long=Long in marks,
            many=item is not None,
            bounds=marks.get(Length) if item is not None else None,
            required=not optional and not _has_default(field),
            default=default,
        )
    except InvalidArgument as error:
        raise CommandDefinitionError(f"{cls.__qualname__}.{name}: {error}") from None


def _hints(cls: type) -> dict[str, Any]:
    """Return the annotations of a dataclass, also where it is defined in a function."""
    local: dict[str, Any] = {}
    if "<locals>" in cls.__qualname__:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_globals.get("__name__") == cls.__module__:
                local = {**frame.f_locals, **local}
            frame = frame.f_back  # type: ignore[assignment]
    try:
        return typing.get_type_hints(cls, localns=local or None, include_extras=True)
    except NameError as error:
        raise CommandDefinitionError(
            f"{cls.__qualname__} has an annotation with a name that is not known when the program "
            f"runs, {error.name!r}: import it outside of `if TYPE_CHECKING:`"
        ) from error

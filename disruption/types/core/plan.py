"""How each annotated type is written as JSON, and read when it does not fit.

A `Plan` is derived from an annotation once. The fast way in is msgspec's
decoder (codec.py); the plan is the slow way in, taken only when that one
refuses: it takes what fits, defaults what does not, and keeps each path.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import datetime, timezone
from enum import Enum, IntFlag
from typing import Any, Union

import msgspec

from .base import AbsentList, Model
from .enums import TextFlag
from .snowflake import Snowflake
from .timestamp import Timestamp
from .unset import UNSET, Unset

__all__ = ["Fault", "FieldPlan", "Misfit", "Plan", "encode", "model_plan", "plan_for"]

_MAX_FAULTS = 100
_MAX_DEPTH = 64


@dataclass(frozen=True)
class Fault:
    """One place where a payload did not fit: `path` as in ``$.members[3].roles``."""

    path: str
    problem: str


class Misfit(ValueError):
    """A value does not fit its type at all, so that its place must take a default."""


class Faults(list[Fault]):
    """The faults of one payload, the first hundred of them; `total` counts all."""

    total = 0

    def note(self, path: str, problem: str) -> None:
        self.total += 1
        if len(self) < _MAX_FAULTS:
            self.append(Fault(path, problem))


class Plan:
    """How values of one annotation are written, mended, and made from nothing."""

    nullable = False
    plain = True
    """Whether a value is its own JSON."""

    def encode(self, value: Any) -> Any:
        """Return `value` as JSON-ready data."""
        return value

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        """Return what fits of `value`.

        Raises:
            Misfit: Nothing of it does.
        """
        return value

    def empty(self) -> Any:
        """Return the neutral value for a required field that is missing."""
        return None


class _Leaf(Plan):
    """A type that msgspec converts as a whole."""

    def __init__(self, annotation: Any, empty: Any = None) -> None:
        self._annotation = annotation
        self._empty = empty

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        try:
            return msgspec.convert(value, self._annotation, strict=False, str_keys=True)
        except (ValueError, RecursionError) as error:
            raise Misfit(str(error)) from error

    def empty(self) -> Any:
        return self._empty


class _Id(_Leaf):
    plain = False

    def encode(self, value: Any) -> Any:
        return str(value)


class _Text(_Leaf):
    """Text; a number in its place is taken as it is written, and noted."""

    def __init__(self) -> None:
        super().__init__(str, "")

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            faults.note(path, f"expected text, got {type(value).__name__}")
            return str(value)
        return super().mend(value, path, faults, depth)


class _EnumValue(Plan):
    plain = False

    def __init__(self, enum: type[Enum]) -> None:
        self._enum = enum
        self._number = issubclass(enum, int)
        self._text = issubclass(enum, TextFlag)

    def encode(self, value: Any) -> Any:
        if self._number:
            return str(int(value)) if self._text else int(value)
        return value.value if isinstance(value, Enum) else value

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if self._number and isinstance(value, str) and value.isdecimal() and len(value) < 100:
            value = int(value)  # msgspec takes no more than 64 bits
        if isinstance(value, bool):
            raise Misfit(f"expected {self._enum.__name__}, got bool")
        try:
            return self._enum(value)
        except (ValueError, TypeError) as error:  # TypeError: it has no hash
            raise Misfit(f"expected {self._enum.__name__}, got {type(value).__name__}") from error

    def empty(self) -> Any:
        if issubclass(self._enum, IntFlag):
            return self._enum(0)
        return next(iter(self._enum)) if not self._number else self._enum(0)


class _Time(_Leaf):
    plain = False

    def __init__(self) -> None:
        super().__init__(datetime, datetime.fromtimestamp(0, timezone.utc))

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        moment = super().mend(value, path, faults, depth)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)

    def encode(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


class _Anything(Plan):
    plain = False

    def encode(self, value: Any) -> Any:
        return encode(value)


class _List(Plan):
    def __init__(self, item: Plan) -> None:
        self._item = item
        self.plain = item.plain

    def encode(self, value: Any) -> Any:
        if self.plain:
            return list(value)
        item = self._item.encode
        return [item(inner) for inner in value]

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if not isinstance(value, list):
            raise Misfit(f"expected an array, got {type(value).__name__}")
        mended = []
        for index, inner in enumerate(value):
            try:
                mended.append(self._item.mend(inner, f"{path}[{index}]", faults, depth + 1))
            except Misfit as misfit:
                faults.note(f"{path}[{index}]", f"left out: {misfit}")
        return mended

    def empty(self) -> Any:
        return []


class _Tuple(_Leaf):
    plain = False

    def encode(self, value: Any) -> Any:
        return list(value)


class _Dict(Plan):
    plain = False

    def __init__(self, key: Plan, value: Plan) -> None:
        self._key = key
        self._value = value

    def encode(self, value: Any) -> Any:
        key, inner = self._key.encode, self._value.encode
        return {str(key(name)): inner(item) for name, item in value.items()}

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if not isinstance(value, dict):
            raise Misfit(f"expected an object, got {type(value).__name__}")
        mended = {}
        for name, inner in value.items():
            at = f"{path}.{name}"
            try:
                key = self._key.mend(name, at, faults, depth + 1)
                mended[key] = self._value.mend(inner, at, faults, depth + 1)
            except Misfit as misfit:
                faults.note(at, f"left out: {misfit}")
        return mended

    def empty(self) -> Any:
        return {}


class _Optional(Plan):
    nullable = True

    def __init__(self, inner: Plan) -> None:
        self._inner = inner
        self.plain = inner.plain

    def encode(self, value: Any) -> Any:
        return None if value is None else self._inner.encode(value)

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if value is None:
            return None
        return self._inner.mend(value, path, faults, depth)


class _Object(Plan):
    plain = False

    def __init__(self, cls: type[Model]) -> None:
        self._cls = cls

    def encode(self, value: Any) -> Any:
        return encode(value)

    def mend(self, value: Any, path: str, faults: Faults, depth: int) -> Any:
        if not isinstance(value, dict):
            raise Misfit(f"expected an object, got {type(value).__name__}")
        if depth > _MAX_DEPTH:
            raise Misfit("nested too deeply")
        try:
            return msgspec.convert(value, self._cls, strict=False, str_keys=True)
        except (ValueError, RecursionError):
            pass
        cls = self._cls
        complete = getattr(cls, "_untold", None)  # what a documented object may leave out
        untold = None if complete is None else complete(value)
        if untold:
            whole = self.mend({**value, **untold}, path, faults, depth)
            whole._filled = whole._filled | untold.keys()
            return whole
        choose = getattr(cls, "_choose", None)
        if choose is not None:
            chosen = choose(value)
            if not isinstance(chosen, type):
                return chosen
            cls = chosen
        made: dict[str, Any] = {}
        for plan in model_plan(cls):
            inner = value.get(plan.name, UNSET)
            if inner is UNSET:
                if plan.required:
                    faults.note(f"{path}.{plan.name}", "missing")
                    made[plan.name] = plan.empty()
                continue
            at = f"{path}.{plan.name}"
            try:
                made[plan.name] = plan.plan.mend(inner, at, faults, depth + 1)
            except Misfit as misfit:
                faults.note(at, str(misfit))
                if plan.required:
                    made[plan.name] = plan.empty()
        try:
            return cls(**made)
        except ValueError as error:  # its __post_init__ refused
            raise Misfit(str(error)) from error

    def empty(self) -> Any:
        return self.mend({}, "$", Faults(), 0)


class FieldPlan:
    """One field of a class: its name, how it is written, and when it is left out."""

    __slots__ = (
        "absent_list",
        "annotation",
        "encode",
        "name",
        "nullable",
        "omits",
        "plan",
        "required",
    )

    def __init__(self, name: str, annotation: Any, default: Any, required: bool) -> None:
        plan = plan_for(annotation)
        self.name = name
        self.annotation = annotation
        self.plan = plan
        self.nullable = plan.nullable or isinstance(plan, _Anything)
        self.required = required
        self.omits = UNSET if default is UNSET else _KEEP
        """The value that means absent."""
        if default is None or (default is not UNSET and not self.nullable):
            self.omits = None
        self.absent_list = default is MISSING and not required
        self.encode: Callable[[Any], Any] | None = None if plan.plain else plan.encode

    def empty(self) -> Any:
        return None if self.plan.nullable else self.plan.empty()

    def leaves_out(self, value: Any) -> bool:
        """Tell whether a value means that the field is absent."""
        if value is self.omits or value is UNSET:
            return True
        return self.absent_list and not value and type(value) is AbsentList


_KEEP = object()
_plans: dict[Any, Plan] = {}
_model_plans: dict[type[Any], tuple[FieldPlan, ...]] = {}
_EMPTY: dict[Any, Any] = {int: 0, str: "", float: 0.0, bool: False}


def plan_for(annotation: Any) -> Plan:
    """Return the plan of an evaluated annotation."""
    plan = _plans.get(annotation)
    if plan is None:
        plan = _plans[annotation] = _make(annotation)
    return plan


def _make(annotation: Any) -> Plan:
    if annotation is Any or annotation is object:
        return _Anything()
    if annotation is Snowflake:
        return _Id(int, 0)
    if annotation is str:
        return _Text()
    if annotation is datetime or annotation == Timestamp:
        return _Time()
    if isinstance(annotation, type):
        if issubclass(annotation, Model):
            return _Object(annotation)
        if issubclass(annotation, Enum):
            return _EnumValue(annotation)
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin in (Union, types.UnionType):
        inner = [arg for arg in arguments if arg not in (type(None), Unset)]
        if not inner:  # null is all it can be, as in a role's tags
            return _Optional(_Leaf(annotation))
        plan = plan_for(inner[0]) if len(inner) == 1 else _Leaf(annotation, _EMPTY.get(inner[0]))
        return _Optional(plan) if type(None) in arguments else plan
    if origin is list:
        return _List(plan_for(arguments[0]))
    if origin is dict:
        return _Dict(plan_for(arguments[0]), plan_for(arguments[1]))
    if origin is tuple:
        return _Tuple(annotation, tuple(_EMPTY.get(arg) for arg in arguments))
    return _Leaf(annotation, _EMPTY.get(annotation))


def model_plan(cls: type[Any]) -> tuple[FieldPlan, ...]:
    """Return the plans of the fields of `cls` that travel, in their order."""
    plans = _model_plans.get(cls)
    if plans is None:
        hints = typing.get_type_hints(cls, include_extras=True)
        plans = _model_plans[cls] = tuple(
            FieldPlan(
                f.name,
                hints[f.name],
                f.default,
                f.default is MISSING and f.default_factory is MISSING,
            )
            for f in fields(cls)
            if f.init
        )
    return plans


def encode(value: Any) -> Any:
    """Return `value` as JSON-ready data, whatever it is made of.

    In models ids become text; outside of them an int stays a number.
    """
    if isinstance(value, Model):
        raw = getattr(value, "_raw_", None)
        if raw is not None:  # a thing Discord added after this library was made
            return raw()
        filled = value._filled
        written: dict[str, Any] = {}
        for plan in model_plan(type(value)):
            name = plan.name
            inner = getattr(value, name)
            if plan.leaves_out(inner) or (filled and name in filled):
                continue
            if inner is None or plan.encode is None:
                written[name] = inner
            else:
                written[name] = plan.encode(inner)
        return written
    if isinstance(value, Enum):
        if isinstance(value, TextFlag):
            return str(int(value))
        return int(value) if isinstance(value, int) else value.value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [encode(inner) for inner in value]
    if isinstance(value, dict):
        return {str(encode(name)): encode(inner) for name, inner in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    return value

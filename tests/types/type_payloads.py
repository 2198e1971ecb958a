"""Random payloads as Discord could send them, made from the annotations of the classes."""

from __future__ import annotations

import copy
import dataclasses
import string
import types
import typing
from datetime import datetime, timedelta, timezone
from enum import Enum, IntFlag
from random import Random
from typing import Annotated, Any, Union

import disruption.types as T
from disruption.types.core.base import Bound, Entity, Model
from disruption.types.core.enums import TextFlag
from disruption.types.core.snowflake import Snowflake
from disruption.types.core.timestamp import Timestamp
from disruption.types.core.union import Unknown
from disruption.types.core.unset import Unset

SHAPES = 3  # how deep objects may nest before what is optional is left out
_EPOCH = datetime(2015, 1, 1, tzinfo=timezone.utc)
_ALPHABET = string.ascii_letters + string.digits + ' _-<@>:"\\/\n\t\u00e9\u4f60\U0001f600\x00'

Shape = dict[str, tuple[Any, bool, bool, Any]]
_shapes: dict[type[Any], Shape] = {}


def model_classes() -> list[type[Model]]:
    """Return every class a payload can be of, unions included, by name."""
    found = {
        value
        for name in dir(T)
        if isinstance(value := getattr(T, name), type) and issubclass(value, Model)
    }
    found -= {
        Model,
        Bound,
        Entity,
        Unknown,
        T.UnknownComponent,
        T.UnknownInteractionMetadata,
        T.UnknownEvent,
    }
    return sorted(found, key=lambda cls: cls.__name__)


def hints_of(cls: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(cls, include_extras=True)


def parts(annotation: Any) -> list[Any]:
    if typing.get_origin(annotation) in (Union, types.UnionType):
        return list(typing.get_args(annotation))
    return [annotation]


def shape(cls: type[Any]) -> Shape:
    """Return field → (annotation without absence, required, keeps null, fixed value)."""
    made = _shapes.get(cls)
    if made is None:
        hints = hints_of(cls)
        made = _shapes[cls] = {}
        for f in dataclasses.fields(cls):
            if not f.init or f.name in cls._filled:
                continue
            members = parts(hints[f.name])
            required = f.default is dataclasses.MISSING and (
                f.default_factory is dataclasses.MISSING
            )
            inner = [m for m in members if m is not type(None) and m is not Unset]
            null = type(None) in members
            keeps_null = (null and (required or Unset in members)) or hints[f.name] is Any
            fixed = None if f.default is dataclasses.MISSING else f.default or None
            annotation = Union[tuple(inner)] if inner else None  # noqa: UP007
            made[f.name] = (annotation, required, keeps_null, fixed)
    return made


class Payloads:
    """Makes payloads from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def of(self, cls: type[Any], depth: int = 0) -> dict[str, Any]:
        """Return a payload of a class that decodes strictly and comes back the same."""
        variants = getattr(cls, "_variants", None)
        if variants is not None:
            return self._variant(variants, depth)
        made: dict[str, Any] = {}
        for name, (annotation, required, keeps_null, fixed) in shape(cls).items():
            if fixed is not None:
                made[name] = T.to_plain(fixed)
                continue
            if not required and self.random.random() < self._leave_out(annotation, depth):
                continue
            if keeps_null and (annotation is None or self.random.random() < 0.2):
                made[name] = None
            elif annotation is not None:
                made[name] = self.value(annotation, depth + 1)
        if self.random.random() < 0.2:
            made["a_field_of_tomorrow"] = self.anything(0)
        return made

    def _leave_out(self, annotation: Any, depth: int) -> float:
        if depth >= SHAPES and annotation is not None and _reaches_models(annotation):
            return 1.0
        return 0.4 if depth < SHAPES else 0.8

    def _variant(self, variants: Any, depth: int) -> dict[str, Any]:
        choices = list(variants.items())
        if depth >= SHAPES:  # members that hold no others
            choices = [
                (tag, cls)
                for tag, cls in choices
                if not any(r and _reaches_models(a) for a, r, _, _ in shape(cls).values() if a)
            ]
        tag, cls = self.random.choice(choices)
        made = self.of(cls, depth)
        made["type"] = int(tag)
        return made

    def value(self, annotation: Any, depth: int) -> Any:
        random = self.random
        if annotation is Any or annotation is object:
            return self.anything(0)
        if annotation is Snowflake:
            return str(random.choice((random.randrange(1, 2**63), random.randrange(1, 1000))))
        if annotation == Timestamp:
            return (_EPOCH + timedelta(microseconds=random.randrange(10**15))).isoformat()
        if annotation is bool:
            return random.random() < 0.5
        if annotation is int:
            return random.choice((0, 1, -1, random.randrange(-(2**53), 2**53)))
        if annotation is float:
            return random.uniform(-1e6, 1e6)
        if annotation is str:
            return self.text()
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return self.enum(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return self.of(annotation, depth)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is Annotated:
            return self.value(arguments[0], depth)
        if origin in (Union, types.UnionType):
            return self.value(random.choice(arguments), depth)
        if origin is tuple:
            return [self.value(inner, depth) for inner in arguments]
        few = range(random.randrange(3 if depth < SHAPES else 2))
        if origin is list:
            return [self.value(arguments[0], depth) for _ in few]
        if origin is dict:
            return {
                str(self.value(arguments[0], depth)): self.value(arguments[1], depth) for _ in few
            }
        raise AssertionError(f"no payload of {annotation!r}")

    def enum(self, cls: type[Enum]) -> Any:
        members = [member.value for member in cls.__members__.values()]
        unknown = self.random.random() < 0.1
        if issubclass(cls, IntFlag):
            bits = self.random.sample(members, min(len(members), self.random.randrange(4)))
            number = sum(set(bits)) | (self.random.randrange(2**60) if unknown else 0)
            return str(number) if issubclass(cls, TextFlag) else number
        if unknown:
            number = self.random.randrange(1000, 10**6)
            return number if issubclass(cls, int) else f"tomorrow {number}"
        return self.random.choice(members)

    def text(self) -> str:
        if self.random.random() < 0.1:
            return self.random.choice(("null", "true", "1", "", "1.5", "2020-01-01T00:00:00Z"))
        return "".join(self.random.choices(_ALPHABET, k=self.random.randrange(12)))

    def anything(self, depth: int) -> Any:
        kind = self.random.randrange(5 if depth > 1 else 7)
        if kind == 5:
            return [self.anything(depth + 1) for _ in range(self.random.randrange(3))]
        if kind == 6:
            return {self.text(): self.anything(depth + 1) for _ in range(self.random.randrange(3))}
        return (None, True, self.random.randrange(10**6), 0.5, self.text())[kind]

    def break_one(self, payload: dict[str, Any]) -> tuple[str | int, ...]:
        """Spoil one place of a payload, at any depth, and return its path."""
        random = self.random
        path: list[str | int] = []
        here: Any = payload
        while True:
            keys: list[Any] = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = random.choice(keys)
            path.append(key)
            inner = here[key]
            if not isinstance(inner, (dict, list)) or not inner or random.random() < 0.3:
                break
            here = inner
        if isinstance(here, dict) and random.random() < 0.25:
            del here[key]
        else:
            here[key] = copy.deepcopy(random.choice(WRONG))
        return tuple(path)


WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, 1e300, "", "x", "--5", "\u00b2", "9" * 30,
    [], [None], [[]], {}, {"type": 99}, {"id": None}, "0000-00-00", "2020-01-01T00:00:00",
)  # fmt: skip


def _reaches_models(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return any(_reaches_models(inner) for inner in typing.get_args(annotation))


def documented_only(payload: Any) -> Any:
    """Return a payload without the fields that no class has."""
    if isinstance(payload, dict):
        return {
            name: documented_only(inner)
            for name, inner in payload.items()
            if name != "a_field_of_tomorrow"
        }
    if isinstance(payload, list):
        return [documented_only(inner) for inner in payload]
    return payload


def entity_classes() -> list[type[Entity]]:
    return [cls for cls in model_classes() if issubclass(cls, Entity)]

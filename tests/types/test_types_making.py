"""How the classes are made, and that it cannot be seen."""

from __future__ import annotations

import dataclasses
import inspect
import json
import sys
import tracemalloc
import typing
from typing import ClassVar

import msgspec
import pytest
from type_payloads import model_classes

import disruption.types as T
from disruption.errors import DecodeError
from disruption.types.core.base import AbsentList, Model, model
from disruption.types.core.codec import decoder_for
from disruption.types.core.making import as_sent
from disruption.types.core.unset import UNSET, Unset


@model
class Base(Model):
    """A class with every sort of field."""

    required: int
    nullable: int | None
    optional: int | None = None
    both: int | Unset | None = UNSET
    many: list[int] = dataclasses.field(default_factory=AbsentList)
    count: ClassVar[int] = 5


@model
class Derived(Base):
    """A class that needs what its base does not."""

    optional: int
    more: str

    def __post_init__(self) -> None:
        self.more += "!"


def test_a_class_is_a_dataclass_of_the_standard_library() -> None:
    assert dataclasses.is_dataclass(Base)
    assert [f.name for f in dataclasses.fields(Base)] == [
        "required", "nullable", "optional", "both", "many",
    ]  # fmt: skip
    assert {f.name: f.type for f in dataclasses.fields(Base)}["both"] == "int | Unset | None"
    assert typing.get_type_hints(Base)["optional"] == int | None
    assert Base.count == 5


def test_the_first_object_and_the_next_are_built_the_same() -> None:
    for _ in range(2):
        made = Derived(required=1, nullable=None, optional=2, more="x")
        assert (made.required, made.nullable, made.optional, made.more) == (1, None, 2, "x!")
        assert made.both is UNSET
        assert made.many == []
    assert dataclasses.replace(made, required=9).required == 9


def test_a_base_that_was_built_first_does_not_build_its_subclasses() -> None:
    Base(required=1, nullable=2)
    with pytest.raises(TypeError, match="more"):
        Derived(required=1, nullable=None, optional=2)  # type: ignore[call-arg]
    assert Derived(required=1, nullable=None, optional=2, more="").more == "!"


def test_a_field_declared_anew_without_a_default_is_required() -> None:
    with pytest.raises(TypeError, match="optional"):
        Derived(required=1, nullable=None, more="x")  # type: ignore[call-arg]


def test_a_default_of_the_base_does_not_stand_in_for_what_did_not_come() -> None:
    whole = {"required": 1, "nullable": None, "optional": 2, "more": "x"}
    assert T.convert(Derived, whole, strict=True).optional == 2
    for name in whole:
        part = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(DecodeError, match=name):
            T.convert(Derived, part, strict=True)
        assert T.convert(Derived, part) is not None
    with pytest.raises(DecodeError, match="username"):
        T.convert(T.User, {"id": "1", "discriminator": "0", "avatar": None}, strict=True)


def test_a_plain_subclass_is_built_like_its_base() -> None:
    class Mine(Base):
        pass

    assert Mine(required=1, nullable=2).required == 1


def test_lists_are_not_shared() -> None:
    one, two = Base(required=1, nullable=2), Base(required=1, nullable=2)
    one.many.append(3)
    assert two.many == []


def test_a_wrong_call_is_told_as_ever() -> None:
    with pytest.raises(TypeError, match=r"^Embed\.__init__\(\).*positional"):
        T.Embed("x")  # type: ignore[misc]
    with pytest.raises(TypeError, match=r"titel"):
        T.Embed(titel="x")  # type: ignore[call-arg]


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: cls.__name__)
def test_a_signature_shows_the_fields(cls: type[Model]) -> None:
    if cls.__name__.startswith("Any"):
        return  # stands for a union, nobody builds one
    shown = inspect.signature(cls).parameters
    meant = {f.name: f for f in dataclasses.fields(cls) if f.init}
    assert list(shown) == list(meant)
    for name, parameter in shown.items():
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY
        needed = meant[name].default is dataclasses.MISSING is meant[name].default_factory
        assert (parameter.default is inspect.Parameter.empty) == needed


@pytest.mark.skipif(
    sys.implementation.name != "cpython" or sys.version_info < (3, 11),
    reason="the objects of 3.10 have dicts of their own",
)
def test_decoded_users_have_room_for_their_fields_only() -> None:
    user = {"id": "175928847299117063", "username": "ann", "discriminator": "0", "avatar": None}
    data = json.dumps([user] * 1000).encode()
    T.decode(list[T.User], data)
    tracemalloc.start()
    users = T.decode(list[T.User], data)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / len(users) < 500


def test_fields_are_shown_as_the_gateway_sends_them_only_to_who_makes_a_decoder() -> None:
    names = ["required", "nullable", "optional", "both", "many"]
    token = as_sent.set(True)
    try:
        shown = dataclasses.fields(Base)
    finally:
        as_sent.reset(token)
    assert [f.name for f in shown] == sorted(names, reverse=True)
    assert all(f.default is dataclasses.MISSING for f in shown)
    assert [f.name for f in dataclasses.fields(Base)] == names
    assert {f.name: f.default for f in dataclasses.fields(Base)}["optional"] is None


def test_only_what_has_no_default_is_missed() -> None:
    assert T.decode(Base, b'{"required": 1, "nullable": null}').to_dict() == {
        "required": 1,
        "nullable": None,
    }
    with pytest.raises(msgspec.ValidationError, match="missing required field `nullable`"):
        decoder_for(Base).decode(b'{"required": 1}')
    with pytest.raises(msgspec.ValidationError, match="missing required field `optional`"):
        decoder_for(Derived).decode(b'{"required": 1, "nullable": 2, "more": "x"}')

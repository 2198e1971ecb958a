"""How the classes are made: dataclasses of the standard library, as cheaply as they come.

A message reaches a hundred classes, so all three hundred are made at import. What costs
most in making a dataclass is compiling its ``__init__``, and decoding never calls that
one. So each class is made without, and gets it, from the standard library as well, when
the first object is built by hand: 0.1 ms a class at import instead of 0.25.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import MISSING, Field, dataclass, field, fields, make_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _collections_abc import dict_values

    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Callable[[Any], Any]:
        """Stand in for PEP 681, which Python 3.10 lacks, at run time."""
        return lambda decorated: decorated


__all__ = ["LazySignature", "as_sent", "model"]

_T = TypeVar("_T")


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
def model(cls: type[_T]) -> type[_T]:
    """Make a dataclass of a subclass of `Model`, keyword-only.

    `__repr__` and `__eq__` come from the base. A field declared anew without a default
    is required again, whatever the class it overrides says; without this the inherited
    attribute would silently become its default.
    """
    annotations = inspect.get_annotations(cls)
    for name in annotations:
        if name not in cls.__dict__ and hasattr(cls, name):
            setattr(cls, name, field())
    # dataclass() searches annotations that are text for ClassVar, InitVar and KW_ONLY with
    # regular expressions, which takes longer than all it does with them. Ours have but the
    # first, so the others are shown to it as something that is no text.
    cls.__annotations__ = {
        name: text if "ClassVar" in text else object for name, text in annotations.items()
    }
    made = dataclass(cls, init=False, repr=False, eq=False, match_args=False, kw_only=True)
    cls.__annotations__ = annotations
    declared: dict[str, Field[Any]] = cls.__dict__["__dataclass_fields__"]
    for name, text in annotations.items():
        declared[name].type = text
        if declared[name].default is MISSING is declared[name].default_factory and hasattr(
            cls, name
        ):
            setattr(cls, name, _REQUIRED)
    cls.__dataclass_fields__ = _Fields(declared)  # type: ignore[attr-defined]
    cls.__init__ = _first_init  # type: ignore[method-assign]
    if (3, 11) <= sys.version_info < (3, 13):
        _fit(cls, declared)
    return made


as_sent: ContextVar[bool] = ContextVar("disruption.as_sent", default=False)
"""Whether fields are shown as a decoder is best made from them: see `_Fields`."""


class _Fields(dict[str, "Field[Any]"]):
    """The fields of a model; who makes a decoder sees them as Discord's gateway sends them.

    A decoder looks for a key from where it found the one before, first among the required
    fields and then among the others. So the last name comes first, as there; and a default
    that the class has anyway is not shown, for then all are in one row. It makes 8 % of the
    time that a message takes.
    """

    def values(self) -> dict_values[str, Field[Any]]:
        if not as_sent.get():
            return super().values()
        return {name: _bare(self[name]) for name in sorted(self, reverse=True)}.values()


def _bare(declared: Field[Any]) -> Field[Any]:
    """Return a field as one without a default, as far as the making of a decoder looks at it."""
    if declared.default is MISSING:
        return declared
    shown: Field[Any] = object.__new__(Field)
    for slot in ("name", "type", "_field_type"):
        setattr(shown, slot, getattr(declared, slot))
    shown.default = shown.default_factory = MISSING
    return shown


_ROOM = 30  # for how many attributes CPython lets the objects of a class share the names


def _fit(cls: type[Any], names: Iterable[str]) -> None:
    """Have CPython give the objects of a class room for their fields, and no more.

    The first object of a class gets room for 30 attributes, and each later one for one
    less, down to those that were set by then. Before 3.13, decoded objects alone never
    bring that about, and each member of a guild would take 250 bytes more. A class of
    more fields keeps its room for those that Discord sends.
    """
    names = [*names, "_filled"]
    if len(names) > _ROOM:
        return
    thing = object.__new__(cls)
    for name in names:
        object.__setattr__(thing, name, None)
    for _ in range(_ROOM):
        object.__new__(cls)


class _Required:
    """Hides the default that a class above gave to a field that a class below requires.

    msgspec asks of each field that did not come whether the object has it all the same.
    """

    def __get__(self, instance: Any, owner: Any) -> Any:
        raise AttributeError("Discord did not send it")


_REQUIRED = _Required()


def _first_init(self: Any, *args: Any, **values: Any) -> None:
    """Write the class its own ``__init__``, and call that one."""
    for cls in type(self).__mro__:
        if cls.__dict__.get("__init__") is _first_init:
            _write_init(cls)
            break
    self.__init__(*args, **values)


def _write_init(cls: type[Any]) -> None:
    """Give the class the ``__init__`` that the standard library makes for its fields."""
    twin = make_dataclass(
        cls.__name__,
        [(f.name, f.type, _again(f)) for f in fields(cls)],
        namespace={"__post_init__": _nothing} if hasattr(cls, "__post_init__") else {},
        repr=False,
        eq=False,
        match_args=False,
        kw_only=True,
    )
    init: Any = twin.__dict__["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    cls.__init__ = init


def _again(f: Field[Any]) -> Any:
    if f.default_factory is not MISSING:
        return field(default_factory=f.default_factory, init=f.init)
    return field(init=f.init) if f.default is MISSING else field(default=f.default, init=f.init)


def _nothing(self: Any) -> None:
    """Stand for a ``__post_init__``: that there is one decides whether it is called."""


class LazySignature:
    """The ``__signature__`` of models, for `inspect.signature` and all that shows it."""

    def __get__(self, instance: Any, owner: type[Any]) -> inspect.Signature:
        for cls in owner.__mro__:
            if cls.__dict__.get("__init__") is _first_init:
                _write_init(cls)
            if "__init__" in cls.__dict__:
                break
        signature = inspect.signature(owner.__init__)
        return signature.replace(parameters=list(signature.parameters.values())[1:])

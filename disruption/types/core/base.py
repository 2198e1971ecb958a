"""The base of every type: plain dataclasses with cheap classes, identity, and JSON both ways."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from ...errors import Unbound
from .making import LazySignature, model
from .snowflake import Snowflake, snowflake_time
from .unset import UNSET

if TYPE_CHECKING:
    from datetime import datetime

    from typing_extensions import Self

    from ...counters import Counters
    from ...rest import Rest

__all__ = [
    "AbsentList",
    "Api",
    "Bound",
    "Entity",
    "Model",
    "bind",
    "current",
    "fill",
    "handle",
    "model",
    "place",
]

_T = TypeVar("_T")


class Api(Protocol):
    """What a received object holds on to, so that its verbs work: a `Rest` or a `Client`."""

    @property
    def rest(self) -> Rest: ...

    @property
    def counters(self) -> Counters: ...


current: ContextVar[Api | None] = ContextVar("disruption.api", default=None)
"""The api that objects made in this context belong to; set around every decode."""


class Model:
    """The base of every type. Values compare by their fields."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    __signature__ = LazySignature()

    _filled: frozenset[str] = frozenset()
    """Fields the library completed, of the class or of one instance. They are not written."""

    _hidden: frozenset[str] = frozenset({"token"})
    """Fields whose text `repr` does not show."""

    def to_dict(self, encode_json: bool = False) -> dict[str, Any]:
        """Return what Discord would send: ids as text, times as ISO 8601, no absent fields.

        Args:
            encode_json: As in dataclasses-json; the result is JSON-ready either way.
        """
        from .dataclasses_json import to_dict

        return to_dict(self, encode_json)

    @classmethod
    def from_dict(cls, kvs: dict[str, Any], *, infer_missing: bool = False) -> Self:
        """Return the object that `kvs` describes; the inverse of `to_dict`.

        Raises:
            DecodeError: A field is missing or does not fit its type.
        """
        from .dataclasses_json import from_dict

        return from_dict(cls, kvs, infer_missing)

    def to_json(self, **options: Any) -> str:
        """Return `to_dict` as JSON text; `options` are those of `json.dumps`."""
        from .dataclasses_json import to_json

        return to_json(self, options)

    @classmethod
    def from_json(cls, text: str | bytes, *, infer_missing: bool = False) -> Self:
        """Return the object that the JSON `text` describes.

        Raises:
            DecodeError: The text is not JSON, a field is missing or does not fit its type.
        """
        from .dataclasses_json import from_json

        return from_json(cls, text, infer_missing)

    def __repr__(self) -> str:
        shown = []
        for f in fields(self):
            if not f.repr:
                continue
            value = getattr(self, f.name, UNSET)
            if value is UNSET or (value is None and f.default is None):
                continue
            text = "'***'" if f.name in self._hidden else repr(value)
            shown.append(f"{f.name}={text}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(
            getattr(self, f.name) == getattr(other, f.name) for f in fields(self) if f.compare
        )

    __hash__: Any = None

    def __getstate__(self) -> dict[str, Any]:
        state = self.__dict__.copy()
        if "_api" in state:
            state["_api"] = None
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __copy__(self) -> Self:
        twin = object.__new__(type(self))
        twin.__setstate__(self.__getstate__())
        return twin


class _Never:
    """No JSON value is one, so that ``"_api"`` on the wire can neither bind nor unbind."""


if TYPE_CHECKING:
    _ApiField = Api | None
    _EntityId = int  # a handle is made of any int
else:
    _ApiField = _Never
    _EntityId = Snowflake


@model
class Bound(Model):
    """The base of types with verbs: they reach REST through the client that received them."""

    _api: _ApiField = field(default_factory=current.get, init=False, repr=False, compare=False)

    def _bound(self) -> Api:
        api = self._api
        if api is None:
            raise Unbound(
                f"this {type(self).__name__} was not received by a client, so it has nothing to "
                "send with: give it one with client.bind(obj) or rest.bind(obj)"
            )
        return api


class AbsentList(list[Any]):
    """The default of a list that Discord may leave out; while it is empty, `to_dict` does too."""


@model
class Entity(Bound):
    """The base of things with an id, which are the same when class and id are.

    A `MessageCreate` equals the `Message` it is: classes compare by their root,
    the first entity class above them.
    """

    id: _EntityId

    _root: ClassVar[type[Any]]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for base in cls.__mro__[1:]:
            root = base.__dict__.get("_root")
            if root is not None:
                cls._root = root
                return
        cls._root = cls

    @property
    def created_at(self) -> datetime:
        """When it was made (UTC, to the millisecond); its id says so.

        See https://discord.com/developers/docs/reference#snowflakes
        """
        return snowflake_time(self.id)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Entity):
            return self._root is other._root and self.id == other.id
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.id)


def bind(value: _T, api: Api | None) -> _T:
    """Give `value`, and every object inside it, the api its verbs use; return it."""
    if isinstance(value, Model):
        attributes = value.__dict__
        if "_api" in attributes:
            attributes["_api"] = api
        for inner in attributes.values():
            if isinstance(inner, (Model, list, dict)):
                bind(inner, api)
    elif isinstance(value, list):
        for inner in value:
            bind(inner, api)
    elif isinstance(value, dict):
        for inner in value.values():
            bind(inner, api)
    return value


def handle(cls: type[_T], owner: Bound, **known: Any) -> _T:
    """Return a partial object of which only what is given is known, bound as `owner` is."""
    made = cls(**known)
    made._api = owner._api  # type: ignore[attr-defined]
    return made


def place(inner: _T, guild_id: int | None) -> _T:
    """Complete the guild of an answer that Discord gives without it; return the answer."""
    if guild_id is not None and isinstance(inner, Model) and not getattr(inner, "guild_id", True):
        fill(inner, guild_id=guild_id)
    return inner


def fill(inner: Model, **completed: Any) -> None:
    """Complete fields of an object from the one it came in; `to_dict` leaves them out.

    Attributes are set one by one: touching ``__dict__`` would give the object a dict
    of its own, which takes more memory than all its fields.
    """
    for name, value in completed.items():
        setattr(inner, name, value)
    inner._filled = inner._filled | completed.keys()

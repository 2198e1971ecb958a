"""JSON in and out: one C call in, a walker where that fails.

A payload that does not fit its type is never dropped: what fits is taken, what
does not gets its default, and each place is logged and counted.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar, cast

import msgspec

from ...errors import DecodeError
from .base import Api, current
from .making import as_sent
from .plan import Faults, Misfit, encode, plan_for
from .reporting import report

__all__ = ["Buffer", "convert", "decode", "decoder_for", "to_plain"]

_T = TypeVar("_T")
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}

# msgspec marks a class as prepared before it has prepared its fields. A second thread
# that met such a class would read fields that are not there yet, and crash the process.
_building = threading.Lock()

Buffer = bytes | bytearray | memoryview | msgspec.Raw


def decoder_for(cls: type[_T]) -> msgspec.json.Decoder[_T]:
    """Return the decoder of a type, built when first asked for (3 to 9 ms for an event)."""
    decoder: msgspec.json.Decoder[_T] | None = _decoders.get(cls)
    if decoder is None:
        with _building:
            decoder = _decoders.get(cls)
            if decoder is None:
                token = as_sent.set(True)
                try:
                    decoder = _decoders[cls] = msgspec.json.Decoder(cls, strict=False)
                finally:
                    as_sent.reset(token)
    return decoder


def decode(cls: type[_T], data: Buffer, api: Api | None = None) -> _T:
    """Return the object that the JSON in `data` describes.

    Args:
        cls: A model, or a list or dict of them (``list[Message]``).
        data: JSON as bytes.
        api: What the verbs of the decoded objects use.

    Raises:
        DecodeError: The bytes are not JSON, or not of the shape of `cls` at all.
    """
    decoder: msgspec.json.Decoder[_T] = _decoders.get(cls) or decoder_for(cls)
    token = current.set(api)
    try:
        return decoder.decode(data)
    except (ValueError, RecursionError) as error:
        return cast("_T", _mend(cls, _parse(data, api), error, api))
    finally:
        current.reset(token)


def convert(cls: type[_T], value: Any, api: Api | None = None, *, strict: bool = False) -> _T:
    """Return the object that plain data (dicts, lists, text, numbers) describes.

    Args:
        cls: A model, or a list or dict of them.
        value: What a JSON parser returned.
        api: What the verbs of the objects use.
        strict: Raise where something does not fit, instead of mending it.

    Raises:
        DecodeError: With `strict`, a field is missing or does not fit; without, nothing fits.
    """
    if cls not in _decoders:
        decoder_for(cls)
    token = current.set(api)
    try:
        return msgspec.convert(value, cls, strict=False, str_keys=True)
    except (ValueError, RecursionError) as error:
        return cast("_T", _mend(cls, value, error, api, strict))
    finally:
        current.reset(token)


def to_plain(value: Any) -> Any:
    """Return `value` (a model, or lists and dicts of them) as JSON-ready data."""
    return encode(value)


def _parse(data: Buffer, api: Api | None) -> Any:
    """Return plain data from bytes that the typed decoder refused."""
    try:
        return msgspec.json.decode(data)
    except RecursionError as error:
        raise DecodeError("not usable JSON: nested too deeply") from error
    except ValueError as error:
        from .salvage import salvage  # reads what is almost JSON: bad UTF-8, lone surrogates

        parsed = salvage(bytes(data), error)
        if api is not None:
            api.counters.add("types.salvaged_payloads")
        report(f"the JSON was damaged ({error}); what could be read was taken", "damaged", api)
        return parsed


def _mend(cls: Any, value: Any, error: BaseException, api: Api | None, strict: bool = False) -> Any:
    faults = Faults()
    try:
        mended = plan_for(cls).mend(value, "$", faults, 0)
    except Misfit as misfit:
        raise DecodeError(f"{_name(cls)}: {misfit}") from error
    except RecursionError as deep:
        raise DecodeError(f"{_name(cls)}: nested too deeply") from deep
    if faults:  # none where only a thing of an unknown kind had to be kept
        if strict:
            raise DecodeError(
                f"{_name(cls)}: " + "; ".join(f"{f.path}: {f.problem}" for f in faults[:5])
            ) from error
        if api is not None:
            api.counters.add("types.mended_payloads")
            api.counters.add("types.faults", faults.total)
        shown = "; ".join(f"{f.path}: {f.problem}" for f in faults[:5])
        text = f"{_name(cls)} did not fit in {faults.total} places, the rest was taken: {shown}"
        report(text, f"{_name(cls)} {faults[0].path}", api)
    return mended


def _name(cls: Any) -> str:
    return cls.__name__ if isinstance(cls, type) else str(cls)

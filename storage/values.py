"""Frozen dataclasses as JSON and back: one codec driven by their annotations, for the columns that nobody searches."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], Any]


def to_plain(value: object) -> Any:
    """A value as JSON's own kinds: dataclasses as objects, moments and days in ISO 8601, enumerations by value."""
    kind: Any = type(value)
    return value if kind in _JSONS_OWN else _encoder(kind)(value)


_JSONS_OWN = frozenset({str, int, float, bool, type(None)})


@lru_cache(maxsize=256)
def _encoder(kind: type) -> Encoder:
    if is_dataclass(kind):
        return _record_encoder(kind)
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, date):  # datetime is one
        return lambda value: value.isoformat()
    if issubclass(kind, Mapping):
        return lambda value: {str(name): to_plain(part) for name, part in value.items()}
    if issubclass(kind, Sequence) and not issubclass(kind, str):
        return lambda value: [to_plain(part) for part in value]
    return _same


def _record_encoder(kind: type) -> Encoder:
    names = tuple(field.name for field in fields(kind))

    def encode(value: Any) -> dict[str, Any]:
        parts = [getattr(value, name) for name in names]
        return {name: part if type(part) in _JSONS_OWN else to_plain(part) for name, part in zip(names, parts, strict=True)}

    return encode


def from_plain(kind: type[T], plain: Any) -> T:
    """The value that ``to_plain`` wrote, as ``kind``. Sequences come back as tuples; unknown fields are ignored, missing
    ones take their default, so that rows of an earlier version stay readable."""
    decode: Decoder = _decoder(cast(Any, kind))
    return cast(T, decode(plain))


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> Decoder:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple or origin is Sequence:
        return _tuple(kind)
    if is_dataclass(origin or kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is datetime or kind is date:
        return cast(Decoder, kind.fromisoformat)
    return _same


def _same(plain: Any) -> Any:
    return plain


def _optional(kind: Any) -> Decoder:
    (inner,) = (argument for argument in get_args(kind) if argument is not type(None))
    decode = _decoder(inner)
    return lambda plain: None if plain is None else decode(plain)


def _tuple(kind: Any) -> Decoder:
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    if len(arguments) == 1:
        each = _decoder(arguments[0])
        return lambda plain: tuple(each(part) for part in plain)
    decoders = [_decoder(argument) for argument in arguments]
    return lambda plain: tuple(decode(part) for decode, part in zip(decoders, plain, strict=True))


def _record(kind: Any) -> Decoder:
    record = get_origin(kind) or kind
    given = dict(zip(getattr(record, "__parameters__", ()), get_args(kind), strict=False))
    hints = get_type_hints(record)
    decoders = {field.name: _decoder(_filled(hints[field.name], given)) for field in fields(record)}

    def decode(plain: Mapping[str, Any]) -> Any:
        return record(**{name: decoders[name](part) for name, part in plain.items() if name in decoders})

    return decode


def _filled(hint: Any, given: Mapping[Any, Any]) -> Any:
    return given.get(hint, hint) if isinstance(hint, TypeVar) else hint

"""Random payloads of every class: decoded strictly, they come back as they were."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from type_payloads import Payloads, documented_only, model_classes

import disruption.types as T
from disruption.types.core.base import Model
from disruption.types.core.codec import decoder_for
from disruption.types.core.plan import model_plan

CLASSES = model_classes()
seeds = st.integers(0, 2**64)


def fields_of(value: Any) -> Any:
    """Return an object as nested tuples of its fields, for entities compare by id alone."""
    if isinstance(value, Model):
        names = [plan.name for plan in model_plan(type(value))]
        return type(value), [(name, fields_of(getattr(value, name))) for name in names]
    if isinstance(value, list):
        return [fields_of(inner) for inner in value]
    if isinstance(value, dict):
        return {name: fields_of(inner) for name, inner in value.items()}
    return type(value), value


def check(cls: type[Any], seed: int) -> None:
    payload = Payloads(seed).of(cls)
    expected = documented_only(payload)
    data = json.dumps(payload).encode()

    made = decoder_for(cls).decode(data)

    assert T.to_plain(made) == expected
    assert made.to_dict() == expected
    assert json.loads(made.to_json()) == expected
    for other in (
        type(made).from_dict(expected),
        type(made).from_json(data),
        T.convert(cls, payload, strict=True),
        pickle.loads(pickle.dumps(made)),
        copy.deepcopy(made),
        copy.copy(made),
    ):
        assert type(other) is type(made)
        assert T.to_plain(other) == expected
        assert fields_of(other) == fields_of(made)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_payload_survives_every_way_in_and_out(cls: type[Any]) -> None:
    for seed in range(6):
        check(cls, seed)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cls=st.sampled_from(CLASSES), seed=seeds)
def test_a_random_payload_of_a_random_class_survives(cls: type[Any], seed: int) -> None:
    check(cls, seed)


@pytest.mark.slow
@pytest.mark.timeout(900)  # half a minute, where nothing else runs
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(cls=st.sampled_from(CLASSES), seed=seeds)
def test_thousands_of_random_payloads_survive(cls: type[Any], seed: int) -> None:
    check(cls, seed)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_the_smallest_payload_decodes(cls: type[Any]) -> None:
    plans = {plan.name: plan for plan in model_plan(cls)}
    payload = Payloads(1).of(cls)
    needed = {k: v for k, v in payload.items() if (k in plans and plans[k].required) or k == "type"}
    if getattr(cls, "_variants", None) is not None:
        needed = payload
    made = msgspec.json.decode(json.dumps(needed).encode(), type=cls, strict=False)
    assert T.to_plain(made) == documented_only(needed)

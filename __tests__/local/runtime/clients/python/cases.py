"""What a Python function can answer, raise and write. The event names the case, or has an expression of its own."""

import asyncio
import collections
import dataclasses
import datetime
import decimal
import enum
import json
import logging
import os
import sys
import typing
import uuid

Pair = collections.namedtuple("Pair", ["left", "right"])
Decimal = decimal.Decimal


class Typed(typing.NamedTuple):
    name: str
    price: Decimal = Decimal("1.10")


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Text(str, enum.Enum):
    A = "a"


@dataclasses.dataclass
class Point:
    x: int = 1


class AsDict:
    def _asdict(self):
        return {"as": "dict"}


class AsList:
    def _asdict(self):
        return [1]


class BadAsDict:
    def _asdict(self):
        raise TypeError("not now")


class WorseAsDict:
    def _asdict(self):
        raise ValueError("never")


class Number(int):
    def __repr__(self):
        return "a number"

    __str__ = __repr__


class Real(float):
    def __repr__(self):
        return "a real"

    __str__ = __repr__


class Word(str):
    pass


class Map(dict):
    def items(self):
        return [("seen", "items")]


class Custom(Exception):
    pass


class Größe(Exception):
    pass


class Silent(Exception):
    def __str__(self):
        return ""


class Nested:
    class Inner(Exception):
        pass


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def circle():
    value = {"a": []}
    value["a"].append(value)
    return value


def circle_of_pairs():
    value = []
    value.append(Pair(value, 1))
    return value


def deep(depth, bottom=1):
    value = bottom
    for _ in range(depth):
        value = [value]
    return value


def generator():
    yield 1


def chained():
    try:
        {}["absent"]
    except KeyError as error:
        raise Custom("second") from error


def recurse():
    return recurse()


def two_lines():
    raise Custom(
        "a message"
    )


def in_json():
    json.loads("{")


def log_all():
    logger = logging.getLogger("orders")
    for level in ("debug", "info", "warning", "error", "critical"):
        getattr(logger, level)("level %s of %d", level, 5)
    logging.warning("two\nlines")
    logging.warning("grüße 😀")
    logging.log(35, "between levels")
    logging.warning({"a": 1, "at": datetime.date(2026, 1, 2)})
    logging.warning("extra", extra={"order": 42, "when": datetime.date(2026, 1, 2), "none": None})
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("caught")
    logging.error("with stack", stack_info=False)
    print("printed", "grüße")
    print("to stderr", file=sys.stderr)


def log_formatted():
    handler = logging.getLogger().handlers[0]
    before = handler.formatter
    handler.setFormatter(logging.Formatter("%(levelname)s %(aws_request_id)s %(message)s"))
    logging.warning("first")
    logging.warning("second")
    handler.setFormatter(before)


def log_levels():
    root = logging.getLogger()
    return [root.level, len(root.handlers), logging.Formatter.converter.__name__]


async def in_task():
    logging.warning("in a task")


CASES = {
    "sys.exit": lambda: sys.exit(),
    "sys.exit(3)": lambda: sys.exit(3),
    "sys.exit text": lambda: sys.exit("a reason"),
    "os._exit": lambda: os._exit(4),
    "killed": lambda: os.kill(os.getpid(), 9),
    "log": log_all,
    "log formatted": log_formatted,
    "log levels": log_levels,
    "log in task": lambda: asyncio.run(in_task()),
    "chained": chained,
    "recurse": recurse,
    "two lines": two_lines,
    "in json": in_json,
}


def handler(event, context):
    what = event["case"]
    if what in CASES:
        return CASES[what]()
    if what.startswith("raise "):
        raise eval(what[6:])
    if what == "context log":
        context.log("by context")
        context.log({"a": 1})
        return None
    return eval(what)


def echo(event, context):
    return event


def describe(event, context):
    return [
        repr(context),
        sorted(name for name in dir(context) if not name.startswith("_")),
        context.w3c(),
        os.environ.get("_X_AMZN_TRACE_ID"),
        event,
    ]


def no_parameters():
    return 1


text = "no function"


class Callable:
    def __call__(self, event, context):
        return "called"


instance = Callable()

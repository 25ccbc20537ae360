"""JSON as AWS's Python runtimes write it: by simplejson, whose ways differ from those of the standard library."""

import math
import os
import sys

# Older runtimes escape what is not ASCII: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
RUNTIME = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
ASCII = not (RUNTIME.isdigit() and int(RUNTIME) >= 12)


class Plain:
    """What a scanner wants to know, as `json.loads` tells it."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = staticmethod(float)


try:
    # What `json` is made of: it loads in a tenth of the time, and says the same.
    import _json

    _quote = _json.encode_basestring_ascii if ASCII else _json.encode_basestring
    _encoder = _json.make_encoder(None, None, _quote, None, ": ", ", ", False, False, True)
    _scan = _json.make_scanner(Plain)
except (ImportError, AttributeError, TypeError):
    import json

    _quote = json.encoder.encode_basestring_ascii if ASCII else json.encoder.encode_basestring
    _encoder = json.JSONEncoder(ensure_ascii=ASCII, check_circular=False).iterencode
    _scan = None


def from_json(body):
    """What `json.loads` makes of this text, or of these bytes. Raises what it raises."""
    # Other encodings than UTF-8 have zeros there.
    if _scan is not None and (isinstance(body, str) or 0 not in body[:4]):
        try:
            text = body if isinstance(body, str) else body.decode("utf-8", "surrogatepass")
            value, end = _scan(text, 0)
            if end == len(text) or not text[end:].strip(" \t\n\r"):
                return value
        except (StopIteration, ValueError):
            # Space before it, or no JSON.
            pass
    import json

    return json.loads(body)


_SIMPLE = {str, int, float, bool, type(None)}


def to_json(value):
    """Raises what simplejson raises, with its words: TypeError, ValueError, RecursionError."""
    try:
        # What both write the same is left to the standard library, which is quick.
        return "".join(_encoder(value, 0)) if _is_plain(value, 0) else _encode(value, set())
    except RecursionError:
        raise RecursionError("maximum recursion depth exceeded while encoding a JSON object") from None


def _is_plain(value, depth):
    kind = type(value)
    if kind in _SIMPLE:
        return True
    if depth > 300:
        return False
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not (type(item) in _SIMPLE or _is_plain(item, depth + 1)):
                return False
        return True
    if kind is list:
        for item in value:
            if not (type(item) in _SIMPLE or _is_plain(item, depth + 1)):
                return False
        return True
    return False


def _encode(value, above):
    """`above` holds the ids of what this value is in."""
    if isinstance(value, str):
        return _quote(value)
    if isinstance(value, bytes):
        return _quote(value.decode("utf-8"))
    if value is None or value is True or value is False:
        return _constant(value)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _float(value)
    if id(value) in above:
        raise ValueError("Circular reference detected")
    above.add(id(value))
    text = _encode_compound(value, above)
    above.discard(id(value))
    return text


def _encode_compound(value, above):
    fields = _fields_of(value)
    if fields is not None:
        return _encode_dict(fields, above)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([_encode(item, above) for item in value]) + "]"
    if isinstance(value, dict):
        return _encode_dict(value, above)
    return _encode_decimal(value)


def _encode_dict(value, above):
    items = [_quote(_key(key)) + ": " + _encode(item, above) for key, item in value.items()] if value else []
    return "{" + ", ".join(items) + "}"


def _fields_of(value):
    """Of a named tuple, or of anything else that knows how it becomes a dict."""
    method = getattr(value, "_asdict", None)
    if not callable(method):
        return None
    try:
        fields = method()
    except TypeError:
        return None
    if not isinstance(fields, dict):
        raise TypeError("_asdict() must return a dict, not " + type(fields).__name__)
    return fields


def _encode_decimal(value):
    # Who has not imported it has no Decimal.
    decimal = sys.modules.get("decimal")
    if decimal is None or not isinstance(value, decimal.Decimal):
        raise TypeError("Object of type {} is not JSON serializable".format(value.__class__.__name__))
    return "NaN" if value.is_nan() else str(value)


def _constant(value):
    return "null" if value is None else "true" if value else "false"


def _float(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(float(value))


def _key(key):
    if isinstance(key, str):
        return key
    if isinstance(key, bytes):
        return key.decode("utf-8")
    if isinstance(key, float):
        return _float(key)
    if key is None or key is True or key is False:
        return _constant(key)
    if isinstance(key, int):
        return int.__repr__(key)
    raise TypeError("keys must be str, int, float, bool or None, not " + key.__class__.__name__)

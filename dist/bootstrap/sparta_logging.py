"""What functions write by `logging`, as AWS's Python runtimes do it."""

import logging
import os
import time

from sparta_output import JSON, TIME, current, write_event


class LambdaHandler(logging.Handler):
    def emit(self, record):
        write_event(self.format(record))


class RequestFilter(logging.Filter):
    """Formatters of functions may name these fields, too."""

    def filter(self, record):
        record.aws_request_id = current["request_id"] or ""
        record.tenant_id = current["tenant_id"]
        return True


class JsonFormatter(logging.Formatter):
    def __init__(self):
        super().__init__(datefmt=TIME + "Z")
        blank = logging.LogRecord("", 0, "", 0, "", None, None).__dict__
        self.own = set(blank) - {"taskName"} | {"aws_request_id", "tenant_id"}

    def format(self, record):
        import json
        import traceback

        # Levels in between count as the one below.
        record.levelno = min(50, max(0, record.levelno)) // 10 * 10
        record.levelname = logging.getLevelName(record.levelno)
        is_map = isinstance(record.msg, dict) and not record.args
        result = {
            "timestamp": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "message": record.msg if is_map else record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            result["stackTrace"] = traceback.format_tb(trace)
            result["errorType"] = kind.__name__
            result["errorMessage"] = str(error)
        result["requestId"] = getattr(record, "aws_request_id", None)
        if record.exc_info:
            result["location"] = "{}:{}:{}".format(record.pathname, record.funcName, record.lineno)
        result["tenantId"] = getattr(record, "tenant_id", None)
        for name, value in record.__dict__.items():
            if name not in self.own and name not in result:
                result[name] = value
        fields = {name: value for name, value in result.items() if value is not None}
        return json.dumps(fields, ensure_ascii=False, default=str)


def set_up():
    logging.Formatter.converter = time.gmtime
    output = LambdaHandler()
    output.addFilter(RequestFilter())
    if JSON:
        output.setFormatter(JsonFormatter())
    else:
        text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        output.setFormatter(logging.Formatter(text, TIME))
    root = logging.getLogger()
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")
    # Lambda's lowest level has no name in Python.
    level = "DEBUG" if level == "TRACE" else level.upper()
    if isinstance(logging.getLevelName(level), int):
        root.setLevel(level)
    root.addHandler(output)

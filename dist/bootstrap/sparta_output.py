"""What a function and its runtime write, as far as it takes no `logging`."""

import os
import sys
import time

from sparta_json import to_json

JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
TIME = "%Y-%m-%dT%H:%M:%S"
NO_BREAK_SPACE = "\u00a0"

current = {"request_id": None, "tenant_id": None}


def write_event(text):
    """An event of the log; Lambda keeps them apart, here they are lines."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


class Unbuffered:
    """A stream whose writes are seen at once, and return nothing."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def write(self, text):
        self.stream.write(text)
        self.stream.flush()

    def writelines(self, lines):
        self.stream.writelines(lines)
        self.stream.flush()


def wrap_streams():
    sys.stdout = Unbuffered(sys.stdout)
    sys.stderr = Unbuffered(sys.stderr)


def log_error(error):
    if JSON:
        return write_event(to_json({"timestamp": time.strftime(TIME + "Z", time.gmtime()), "level": "ERROR", **error}))
    title = "[ERROR]"
    if error["errorType"]:
        title += " " + error["errorType"] + (":" if error["errorMessage"] else "")
    if error["errorMessage"]:
        title += " " + error["errorMessage"]
    lines = [title, "Traceback (most recent call last):"]
    for frame in error["stackTrace"]:
        lines += [_indented(line) for line in frame.splitlines()] or [""]
    write_event("\n".join(lines))


def _indented(line):
    """CloudWatch would swallow plain blanks."""
    text = line.lstrip(" ")
    return NO_BREAK_SPACE * (len(line) - len(text)) + text

"""Runs a Python handler against the Lambda Runtime API, with the behaviour of AWS's managed Python runtimes."""

import importlib
import os
import sys
import time

import sparta_output
from sparta_imports import OWN, import_late
from sparta_json import from_json, to_json

if os.environ.get("_SPARTA_PROFILE"):
    import sparta_profile

CHANNEL = 3
HEAD = 9
NEXT, RESPONSE, ERROR, INIT_ERROR = 2, 3, 4, 5
# Of an event: what the Runtime API has as headers.
FIELDS = ("request_id", "deadline", "arn", "trace_id", "client_context", "cognito_identity", "tenant_id")


class RuntimeClient:
    """Frames to and from the host, as src/local/runtime/frames.ts has them."""

    def __init__(self):
        # Programs that the function starts have no use for it.
        os.set_inheritable(CHANNEL, False)
        self.reader = open(CHANNEL, "rb", closefd=False)
        self.answer = b""

    def next(self):
        """The fields and the body of the next event. The last answer is sent with the wish for it."""
        send(self.answer + frame(NEXT, "", b""))
        self.answer = b""
        head = self.reader.read(HEAD)
        if len(head) < HEAD:
            # The other side is gone, and nobody is left to run for.
            os._exit(1)
        text = self.reader.read(int.from_bytes(head[1:5], "big"))
        body = self.reader.read(int.from_bytes(head[5:9], "big"))
        return dict(zip(FIELDS, from_json(text))), body

    def respond(self, body, content_type):
        self.answer = frame(RESPONSE, content_type, body)

    def fail(self, error):
        self.answer = frame(ERROR, error["errorType"], to_json(error).encode())

    def fail_init(self, error):
        send(frame(INIT_ERROR, error["errorType"], to_json(error).encode()))


def send(data):
    while data:
        data = data[os.write(CHANNEL, data) :]


def frame(kind, text, body):
    head = text.encode("utf-8", "replace")
    return bytes([kind]) + len(head).to_bytes(4, "big") + len(body).to_bytes(4, "big") + head + body


class Fields:
    """Attributes that a map of the caller may or may not have."""

    _names = ()

    def __init__(self, values):
        for name in self._names:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return _represent(self, self._names)


class Client(Fields):
    """`context.client_context.client`."""

    _names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Fields):
    _names = ("custom", "env", "client")

    def __init__(self, values):
        super().__init__(values)
        if self.client is not None:
            self.client = Client(self.client)


class CognitoIdentity(Fields):
    _names = ("cognito_identity_id", "cognito_identity_pool_id")


class LambdaContext:
    _names = (
        "aws_request_id",
        "log_group_name",
        "log_stream_name",
        "function_name",
        "memory_limit_in_mb",
        "function_version",
        "invoked_function_arn",
        "client_context",
        "identity",
        "tenant_id",
    )

    def __init__(self, fields):
        client = _parsed(fields["client_context"], "Client Context")
        identity = _parsed(fields["cognito_identity"], "Cognito Identity") or {}
        traces = client.pop("w3c", None) if isinstance(client, dict) else None
        self._traces = traces if isinstance(traces, dict) else {}
        self._deadline = int(fields["deadline"])
        self.aws_request_id = fields["request_id"]
        self.invoked_function_arn = fields["arn"]
        self.tenant_id = fields["tenant_id"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = None if client is None else ClientContext(client)
        self.identity = CognitoIdentity(
            {
                "cognito_identity_id": identity.get("cognitoIdentityId"),
                "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
            }
        )

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def w3c(self):
        """The caller's trace, as far as it is text."""
        known = ("traceparent", "tracestate", "baggage")
        return {name: self._traces[name] for name in known if isinstance(self._traces.get(name), str)}

    def log(self, message):
        sparta_output.write_event(str(message))

    def __repr__(self):
        return _represent(self, self._names)


def _represent(value, names):
    return type(value).__name__ + "([" + ",".join(name + "=" + str(getattr(value, name)) for name in names) + "])"


def _parsed(text, title):
    if not text:
        return None
    try:
        return from_json(text)
    except Exception as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse {} JSON: {}".format(title, error))


class Fault(Exception):
    """What the runtime itself refuses."""

    def __init__(self, error_type, message, stack=()):
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.stack = stack


def error_of(error, request_id=""):
    """What is told of an exception."""
    if isinstance(error, Fault):
        kind, message, stack = error.error_type, error.message, list(error.stack)
    else:
        kind, message, stack = type(error).__name__, str(error), frames_of(error)
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": stack}


def frames_of(error):
    try:
        import traceback
    except (ImportError, OSError):
        # No file can be opened any more: its lines are not told either then.
        return _frames_alone(error.__traceback__)
    # Without columns, as they are told in Lambda.
    frames = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)]
    # The frames of this program come first, and are not the function's.
    while frames and os.path.dirname(frames[0][0]) == OWN:
        frames.pop(0)
    return traceback.format_list(frames)


def _frames_alone(trace):
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if frames or os.path.dirname(code.co_filename) != OWN:
            frames.append('  File "{}", line {}, in {}\n'.format(code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames


def load_handler(text):
    try:
        module_name, handler_name = text.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '{}': {}".format(text, error))
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module {} as a handler module".format(module_name)
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '{}': {}".format(module_name, error)
        raise Fault("Runtime.ImportModuleError", message)
    except SyntaxError as error:
        message = "Syntax error in module '{}': {}".format(module_name, error)
        place = '  File "{}" Line {}\n    {}'.format(error.filename, error.lineno, error.text)
        raise Fault("Runtime.UserCodeSyntaxError", message, [place])
    try:
        return getattr(module, handler_name)
    except AttributeError:
        message = "Handler '{}' missing on module '{}'".format(handler_name, module_name)
        raise Fault("Runtime.HandlerNotFound", message)


def marshal(result):
    """The body of an answer, and its type."""
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return to_json(result), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: {}".format(error))


def unmarshal(body):
    try:
        return from_json(body)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: {}".format(error))


def handle(client, handler, fields, body):
    """Answers one event."""
    request_id = fields["request_id"]
    try:
        context = LambdaContext(fields)
        result, content_type = marshal(handler(unmarshal(body), context))
    except Exception as error:
        failure = error_of(error, request_id)
        sparta_output.log_error(failure)
        return client.fail(failure)
    # Text that is no Unicode ends the process, as it does in Lambda.
    body = result if isinstance(result, bytes) else result.encode("utf-8")
    client.respond(body, content_type)


def set_trace(trace):
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)


def main():
    client = RuntimeClient()
    import_late()
    # Python starts with the directory of this file on its path; the function's own comes in its place.
    sys.path[0] = os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())
    sparta_output.wrap_streams()
    profile = None
    if os.environ.get("_SPARTA_PROFILE"):
        profile = sparta_profile.Profile(os.environ.pop("_SPARTA_PROFILE"))
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except Exception as error:
        failure = error_of(error)
        sparta_output.log_error(failure)
        client.fail_init(failure)
        sys.exit(1)
    while True:
        fields, body = client.next()
        sparta_output.current["request_id"] = fields["request_id"]
        sparta_output.current["tenant_id"] = fields["tenant_id"]
        set_trace(fields["trace_id"])
        if profile:
            handler, profile = profile.around(handler), None
        handle(client, handler, fields, body)


"""Runs a Python handler against the Lambda Runtime API, with the behaviour of AWS's managed Python runtimes."""

import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback

BASE = "/2018-06-01/runtime"


class RuntimeClient:
    """One connection, kept open. Far quicker to load and to use than http.client."""

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.address = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def next(self):
        return self.send("GET", "/invocation/next", b"", {})

    def post(self, path, body, headers=None):
        self.send("POST", path, body, {"Content-Type": "application/json", **(headers or {})})

    def fail(self, path, error):
        headers = {"Lambda-Runtime-Function-Error-Type": error["errorType"]}
        self.post(path, json.dumps(error).encode(), headers)

    def send(self, method, path, body, headers):
        lines = ["{} {}{} HTTP/1.1".format(method, BASE, path), "Host: " + self.address]
        lines += ["{}: {}".format(name, value) for name, value in headers.items()]
        lines.append("Content-Length: {}\r\n\r\n".format(len(body)))
        self.socket.sendall("\r\n".join(lines).encode("latin-1", "replace") + body)
        return self.receive()

    def receive(self):
        """The headers (names in lower case) and the body of an answer."""
        if not self.reader.readline():
            # The other side is gone, and nobody is left to run for.
            os._exit(1)
        headers = {}
        for line in iter(self.reader.readline, b"\r\n"):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return headers, self.reader.read(int(headers.get("content-length", 0)))


class CognitoIdentity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    """`context.client_context.client`."""

    def __init__(self, values):
        self.installation_id = values.get("installation_id")
        self.app_title = values.get("app_title")
        self.app_version_name = values.get("app_version_name")
        self.app_version_code = values.get("app_version_code")
        self.app_package_name = values.get("app_package_name")


class ClientContext:
    def __init__(self, values):
        self.client = Client(values.get("client") or {})
        self.custom = values.get("custom")
        self.env = values.get("env")


class LambdaContext:
    def __init__(self, headers):
        client = headers.get("lambda-runtime-client-context")
        identity = headers.get("lambda-runtime-cognito-identity")
        self._deadline = int(headers["lambda-runtime-deadline-ms"])
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


class LambdaFormatter(logging.Formatter):
    """`[LEVEL]\\ttime\\trequest id\\tmessage`"""

    converter = time.gmtime

    def __init__(self):
        super().__init__("[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record):
        record.aws_request_id = current["request_id"] or ""
        return super().format(record)


current = {"request_id": None}


def error_of(error_type, message, stack=(), request_id=None):
    result = {"errorMessage": message, "errorType": error_type}
    if request_id is not None:
        result["requestId"] = request_id
    result["stackTrace"] = list(stack)
    return result


def exception_error(error, request_id=None):
    frames = traceback.extract_tb(error.__traceback__)
    # The frames of this file are not the function's.
    own = [frame for frame in frames if frame.filename != __file__ and "importlib" not in frame.filename]
    return error_of(type(error).__name__, str(error), traceback.format_list(own), request_id)


def log_error(error):
    lines = ["[ERROR] " + error["errorType"] + ": " + error["errorMessage"]]
    if error["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        lines.append("".join(error["stackTrace"]).rstrip("\n"))
    print("\n".join(lines), flush=True)


class InitError(Exception):
    def __init__(self, error):
        super().__init__(error["errorMessage"])
        self.error = error


def load_handler(text):
    try:
        module_name, handler_name = text.rsplit(".", 1)
    except ValueError as error:
        raise InitError(error_of("Runtime.MalformedHandlerName", "Bad handler '{}': {}".format(text, error)))
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        message = "Unable to import module '{}': {}".format(module_name, error)
        raise InitError(error_of("Runtime.ImportModuleError", message))
    except SyntaxError as error:
        message = "Syntax error in module '{}': {}".format(module_name, error)
        place = '  File "{}" Line {}\n    {}\n'.format(error.filename, error.lineno, (error.text or "").strip())
        raise InitError(error_of("Runtime.UserCodeSyntaxError", message, [place]))
    except Exception as error:
        raise InitError(exception_error(error))
    try:
        return getattr(module, handler_name)
    except AttributeError:
        message = "Handler '{}' missing on module '{}'".format(handler_name, module_name)
        raise InitError(error_of("Runtime.HandlerNotFound", message))


def handle(handler, headers, body):
    """Returns the response, or the error, of one event."""
    request_id = headers["lambda-runtime-aws-request-id"]
    try:
        event = json.loads(body)
    except ValueError as error:
        return None, error_of("Runtime.UnmarshalError", "Unable to unmarshal input: {}".format(error), (), request_id)
    try:
        result = handler(event, LambdaContext(headers))
    except Exception as error:
        return None, exception_error(error, request_id)
    try:
        return json.dumps(result).encode(), None
    except Exception as error:
        message = "Unable to marshal response: {}".format(error)
        return None, error_of("Runtime.MarshalError", message, (), request_id)


def main():
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
    # Python starts with the directory of this file on its path; the function's own comes in its place.
    sys.path[0] = os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())
    output = logging.StreamHandler(sys.stdout)
    output.setFormatter(LambdaFormatter())
    logging.getLogger().addHandler(output)
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except InitError as failure:
        log_error(failure.error)
        client.fail("/init/error", failure.error)
        sys.exit(1)
    while True:
        headers, body = client.next()
        request_id = headers["lambda-runtime-aws-request-id"]
        current["request_id"] = request_id
        trace = headers.get("lambda-runtime-trace-id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        response, error = handle(handler, headers, body)
        if error:
            log_error(error)
        sys.stdout.flush()
        path = "/invocation/" + request_id
        if error:
            client.fail(path + "/error", error)
        else:
            client.post(path + "/response", response)
        current["request_id"] = None


if __name__ == "__main__":
    main()

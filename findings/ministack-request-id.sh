#!/usr/bin/env bash
# ministack 1.5.33: the answer of an invocation has another request id than the function and its logs have
#
# At Lambda the header x-amzn-RequestId of an answer (the RequestId of SDKs) is what the function finds as `aws_request_id` of its
# context, and what the lines START, END and REPORT of its log name: tools find the log lines of a call by it. With LogType Tail,
# LogResult is the end of that log, so the lines of Lambda are in it.
#
# Expected: one id in the answer, the context and the log; LogResult ends with the REPORT line.
# Seen:     context and log have one id, the answer another; LogResult has the lines of the function alone.
set -euo pipefail
work=$(mktemp -d)
cleanup() {
  [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
GATEWAY_PORT=$port HOME=$work venv/bin/python -m ministack > server.log 2>&1 &
server=$!
cat > show.py <<'PYTHON'
import base64
import io
import sys
import time
import zipfile

import boto3

CODE = """
def handler(event, context):
    print("in the function")
    return context.aws_request_id
"""


def client(name):
    return boto3.client(
        name,
        endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def until(act):
    deadline = time.time() + 60
    while True:
        try:
            if found := act():
                return found
        except functions.exceptions.ClientError:
            raise
        except Exception:  # It does not listen yet.
            if time.time() > deadline:
                raise
        if time.time() > deadline:
            raise TimeoutError
        time.sleep(0.2)


functions, logs = client("lambda"), client("logs")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as files:
    files.writestr("index.py", CODE)
version = f"python{sys.version_info.major}.{sys.version_info.minor}"
until(
    lambda: functions.create_function(
        FunctionName="show",
        Runtime=version,
        Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/r",
        Code={"ZipFile": archive.getvalue()},
    )
)
until(lambda: functions.get_function_configuration(FunctionName="show")["State"] == "Active")
answer = functions.invoke(FunctionName="show", Payload=b"{}", LogType="Tail")
context = answer["Payload"].read().decode().strip('"')
tail = base64.b64decode(answer["LogResult"]).decode()


def reported():
    events = logs.filter_log_events(logGroupName="/aws/lambda/show")["events"]
    return [each["message"] for each in events if each["message"].startswith("REPORT")]


print("log and context:", "same" if context in until(reported)[0] else "other")
print("answer and context:", "same" if context == answer["ResponseMetadata"]["RequestId"] else "other")
print("LogResult:", "with REPORT" if "REPORT" in tail else "without REPORT", "in the function" in tail)
PYTHON
seen=$(venv/bin/python show.py "$port")
printf '%s\n' "$seen"
expected='log and context: same
answer and context: other
LogResult: without REPORT True'
[ "$seen" = "$expected" ] || { echo 'changed' >&2; exit 1; }
echo 'as described: the answer has an id of its own'

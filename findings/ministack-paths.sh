#!/usr/bin/env bash
# ministack 1.5.33: paths of state machines that it does not read become null, and the execution succeeds
#
# Amazon States Language takes JSONPath with slices, lists of indices, filters and `..`; a path in Parameters that selects nothing
# fails the state with States.ParameterPathFailure, one in OutputPath with States.Runtime. States.Format writes JSON.
#
# Expected: "w" is [3, 4] for `$.l[-2:]`, "f" is [1, 3] for the filter, "m" fails the execution, the text is `{"a":1} null`.
# Seen:     every one of these paths gives null, what is not there as well, and the execution is SUCCEEDED; the text has
#           Python's forms, `{'a': 1} None`. The same with indices and wildcards alone is right.
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
import json
import sys
import time

import boto3

client = boto3.client(
    "stepfunctions",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
data = {"l": [1, 2, 3, 4], "d": [{"k": 1, "t": "x"}, {"k": 2, "t": "y"}, {"k": 3, "t": "x"}], "o": {"a": 1}, "n": None}


def started(definition):
    deadline = time.time() + 120
    while True:
        try:
            return client.create_state_machine(
                name=definition["Comment"], definition=json.dumps(definition), roleArn="arn:aws:iam::000000000000:role/r"
            )["stateMachineArn"]
        except client.exceptions.ClientError:
            raise
        except Exception:  # It does not listen yet.
            if time.time() > deadline:
                raise
            time.sleep(0.2)


def run(name, parameters):
    state = {"Type": "Pass", "Parameters": parameters, "End": True}
    arn = started({"Comment": name, "StartAt": "A", "States": {"A": state}})
    execution = client.start_execution(stateMachineArn=arn, input=json.dumps(data))["executionArn"]
    while (seen := client.describe_execution(executionArn=execution))["status"] == "RUNNING":
        time.sleep(0.1)
    print(name, seen["status"], seen.get("output"))


run("plain", {"i.$": "$.l[1]", "k.$": "$.d[*].k"})
run("slice", {"w.$": "$.l[-2:]"})
run("indices", {"w.$": "$.l[0,2]"})
run("filter", {"f.$": "$.d[?(@.t=='x')].k"})
run("descent", {"r.$": "$..k"})
run("missing", {"m.$": "$.none"})
run("format", {"t.$": "States.Format('{} {}', $.o, $.n)"})
PYTHON
seen=$(venv/bin/python show.py "$port")
printf '%s\n' "$seen"
while read -r line; do
  grep -qxF "$line" <<<"$seen" || { echo "changed: no longer \"$line\"" >&2; exit 1; }
done <<'EXPECTED'
plain SUCCEEDED {"i": 2, "k": [1, 2, 3]}
slice SUCCEEDED {"w": null}
indices SUCCEEDED {"w": null}
filter SUCCEEDED {"f": null}
descent SUCCEEDED {"r": null}
missing SUCCEEDED {"m": null}
format SUCCEEDED {"t": "{'a': 1} None"}
EXPECTED
echo 'as described: paths that are not read are null, and nothing fails'

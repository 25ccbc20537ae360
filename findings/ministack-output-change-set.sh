#!/usr/bin/env bash
# ministack 1.5.33: a change set that only adds an output has failed, and UpdateStack takes the same template
#
# An export that another stack needs is often all that changes in a template; AWS makes a change set for it, whose list of changes is
# empty, and tools that read "no changes" from that list skip it (pipeline-aws-plugin for Jenkins, issue 210).
#
# Expected: the status CREATE_COMPLETE; executing it adds the output. Outputs are compared as UpdateStack compares them.
# Seen:     FAILED, as for a template without any change. UpdateStack with the same template adds the output, so a deployment by
#           change sets, as CDK's and SAM's are, stops before the export is there.
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
from botocore.exceptions import ClientError

client = boto3.client(
    "cloudformation",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
queue = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
exported = {**queue, "Outputs": {"Name": {"Value": {"Ref": "Queue"}, "Export": {"Name": "shown-queue"}}}}


def until(ask, done):
    deadline = time.time() + 120
    while True:
        try:
            seen = ask()
            if done(seen):
                return seen
        except ClientError:
            raise
        except Exception:  # It does not listen yet.
            pass
        if time.time() > deadline:
            raise SystemExit("nothing happens")
        time.sleep(0.2)


def stack():
    return client.describe_stacks(StackName="shown")["Stacks"][0]


def settled(seen):
    return not seen["StackStatus"].endswith("_IN_PROGRESS")


def change_set(name, template):
    client.create_change_set(
        StackName="shown", ChangeSetName=name, ChangeSetType="UPDATE", TemplateBody=json.dumps(template)
    )
    seen = until(
        lambda: client.describe_change_set(StackName="shown", ChangeSetName=name),
        lambda each: each["Status"] in ("CREATE_COMPLETE", "FAILED"),
    )
    print(name, seen["Status"], seen.get("StatusReason", ""))


until(client.list_stacks, lambda _: True)
client.create_stack(StackName="shown", TemplateBody=json.dumps(queue))
print("created", until(stack, settled)["StackStatus"])
change_set("nothing", queue)
change_set("output", exported)
client.update_stack(StackName="shown", TemplateBody=json.dumps(exported))
seen = until(stack, settled)
print("updated", seen["StackStatus"], [each["ExportName"] for each in seen.get("Outputs", [])])
PYTHON
seen=$(venv/bin/python show.py "$port")
printf '%s\n' "$seen"
diff - <(sed 's/ The submitted.*//' <<<"$seen") <<'EXPECTED' || { echo 'changed: ministack answers otherwise' >&2; exit 1; }
created CREATE_COMPLETE
nothing FAILED
output FAILED
updated UPDATE_COMPLETE ['shown-queue']
EXPECTED
echo 'as described: a change set for an output alone has failed, UpdateStack adds the output'

#!/usr/bin/env bash
# aws-sam-translator 1.115.0: a WebSocketApi loses its Condition and its DeletionPolicy
#
# Two APIs stand under a condition that is false and have a DeletionPolicy: an AWS::Serverless::HttpApi and an
# AWS::Serverless::WebSocketApi.
#
# Expected: what is made of either of them has the condition, and the API the policy, as for all other types of SAM.
# Seen:     ApiGatewayV2::Api of the HttpApi has both. Nothing that is made of the WebSocketApi has either: API, stage,
#           route, integration and permission are created although the condition is false, and deleted with the stack
#           although the author wrote Retain.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-translator==1.115.0
cat > show.py <<'PYTHON'
import os

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform

def guarded(type_name, properties):
    return {"Type": type_name, "Condition": "Never", "DeletionPolicy": "Retain", "Properties": properties}

arn = {"Fn::GetAtt": ["Answer", "Arn"]}
template = {
    "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
    "Resources": {
        "Answer": {
            "Type": "AWS::Serverless::Function",
            "Properties": {"Handler": "a.b", "Runtime": "python3.13", "InlineCode": "x"},
        },
        "Web": guarded("AWS::Serverless::HttpApi", {"StageName": "live"}),
        "Chat": guarded(
            "AWS::Serverless::WebSocketApi",
            {
                "RouteSelectionExpression": "$request.body.action",
                "Routes": {"$connect": {"FunctionArn": arn}},
            },
        ),
    },
}
for name, resource in sorted(transform(template, {}, ManagedPolicyLoader(None))["Resources"].items()):
    if name.startswith(("Web", "Chat")):
        print(name, resource["Type"], resource.get("Condition"), resource.get("DeletionPolicy"))
PYTHON
seen=$(venv/bin/python show.py)
printf '%s\n' "$seen"
grep -qx 'Web AWS::ApiGatewayV2::Api Never Retain' <<<"$seen" || { echo 'changed: HttpApi' >&2; exit 1; }
for line in 'Chat AWS::ApiGatewayV2::Api None None' 'ChatDefaultStage AWS::ApiGatewayV2::Stage None None'; do
  grep -qx "$line" <<<"$seen" || { echo "changed: no longer \"$line\"" >&2; exit 1; }
done
echo 'as described: the WebSocketApi is created whatever its condition says'

#!/usr/bin/env bash
# aws-sam-translator 1.115.0: lists of texts of two characters become maps
#
# A capacity provider allows instance types by patterns: `AllowedTypes: [m*, c*]`, and beside it `[m7*, c*]`. Lambda's
# pattern for them takes letters, digits, points, stars and hyphens.
#
# Expected: AllowedInstanceTypes is the list that was written.
# Seen:     ["m*", "c*"] becomes {"m": "*", "c": "*"}, which CloudFormation takes for no list. ["m7*", "c*"] stays as it is.
#           The value may be a function call, so the schema tries a map first; each text of two characters is read as a
#           key and a value. A list with an empty text in it ends the same way: [""] becomes [{}].
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-translator==1.115.0
cat > show.py <<'PYTHON'
import json
import os

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform


def provider(types):
    properties = {
        "VpcConfig": {"SubnetIds": ["subnet-1"]},
        "OperatorRole": "arn:aws:iam::000000000000:role/operator",
        "InstanceRequirements": {"AllowedTypes": types},
    }
    return {"Type": "AWS::Serverless::CapacityProvider", "Properties": properties}


template = {"Resources": {"Short": provider(["m*", "c*"]), "Longer": provider(["m7*", "c*"])}}
made = transform(template, {}, ManagedPolicyLoader(None))["Resources"]
for name in ("Short", "Longer"):
    print(name, json.dumps(made[name]["Properties"]["InstanceRequirements"]["AllowedInstanceTypes"]))
PYTHON
seen=$(venv/bin/python show.py)
printf '%s\n' "$seen"
for line in 'Short {"m": "*", "c": "*"}' 'Longer ["m7*", "c*"]'; do
  grep -qxF "$line" <<<"$seen" || { echo "changed: no longer \"$line\"" >&2; exit 1; }
done
echo 'as described: a list of short patterns becomes a map'

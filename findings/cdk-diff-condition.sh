#!/usr/bin/env bash
# aws-cdk 2.1148.1: `cdk diff` does not name a resource that goes because its condition decides otherwise
#
# A template has a queue with the condition IsHere, which compares a literal with a literal. The proposed template changes
# one literal, so the condition is false and CloudFormation deletes the queue.
#
# Expected: the diff names the queue, as it does for a resource that is taken out of the template.
# Seen:     only the condition is listed; "Resources" is missing, and nothing says that something is deleted.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aws-cdk@2.1148.1

template() {
  cat <<JSON
{
  "Conditions": { "IsHere": { "Fn::Equals": ["eu", "$1"] } },
  "Resources": {
    "Topic": { "Type": "AWS::SNS::Topic" },
    "Queue": { "Type": "AWS::SQS::Queue", "Condition": "IsHere" }
  }
}
JSON
}
mkdir cdk.out
template eu > deployed.json
template us > cdk.out/Shop.template.json
cat > cdk.out/manifest.json <<'JSON'
{
  "version": "38.0.0",
  "artifacts": {
    "Shop": {
      "type": "aws:cloudformation:stack",
      "environment": "aws://unknown-account/unknown-region",
      "properties": { "templateFile": "Shop.template.json", "validateOnSynth": false },
      "displayName": "Shop"
    }
  }
}
JSON
seen=$(CI=true AWS_REGION=us-east-1 npx cdk diff Shop --app cdk.out --template deployed.json --no-color 2>&1 || true)
printf '%s\n' "$seen"
grep -q 'Condition IsHere' <<<"$seen" || { echo 'changed: the condition is not listed' >&2; exit 1; }
if grep -q 'AWS::SQS::Queue' <<<"$seen"; then
  echo 'changed: the queue is named' >&2
  exit 1
fi
echo 'as described: the condition is listed, the queue that goes is not'

#!/usr/bin/env bash
# aws-sam-cli 1.170.0: `ParameterKey=...,ParameterValue=` without a value is dropped without a word, and the default counts
#
# The parameter Suffix has the default `-old`. It is set to nothing, in the form that `aws cloudformation` takes, too:
# ParameterKey=Suffix,ParameterValue= beside another parameter. CodeUri is !Sub code${Suffix}; `code` and `code-old` exist.
#
# Expected: the empty text is a value like others (the AWS CLI sends it), so `code` is built; or an error, as for `Suffix=`.
# Seen:     the pair is left out, the default counts, and `code-old` is built. Exit code 0, no warning.
# Needs make on the PATH.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-cli==1.170.0

mkdir app app/code app/code-old
cd app
for folder in code code-old; do
  printf '%s\n' "$folder" > "$folder/bootstrap"
  printf 'build-Answer:\n\tcp bootstrap $(ARTIFACTS_DIR)\n' > "$folder/Makefile"
done
cat > template.yaml <<'YAML'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage:
    Type: String
  Suffix:
    Type: String
    Default: -old
Resources:
  Answer:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: makefile
    Properties:
      CodeUri: !Sub code${Suffix}
      Handler: bootstrap
      Runtime: provided.al2023
YAML
given='ParameterKey=Stage,ParameterValue=prod ParameterKey=Suffix,ParameterValue='
../venv/bin/sam build --parameter-overrides "$given" >log 2>&1 ||
  { cat log >&2; echo 'changed: the build is refused' >&2; exit 1; }
seen=$(cat .aws-sam/build/Answer/bootstrap)
echo "built from: $seen"
[ "$seen" = code-old ] || { echo 'changed: the empty value counts' >&2; exit 1; }
if grep -i 'warn' log; then
  echo 'changed: there is a warning' >&2
  exit 1
fi
if ../venv/bin/sam build --parameter-overrides 'Stage=prod' 'Suffix=' >log 2>&1; then
  echo 'changed: the short form takes an empty value' >&2
  exit 1
fi
grep -o 'Suffix= is not a valid format' log
echo 'as described: one form of the same is dropped, the other refused'

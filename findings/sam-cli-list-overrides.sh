#!/usr/bin/env bash
# aws-sam-cli 1.170.0: a value with a blank in a list of `parameter_overrides` is cut at the blank, without a word
#
# samconfig.toml gives the parameters as a list, an item for each: ["Folder=my code"]. Two folders exist, `my` and
# `my code`. CodeUri is !Ref Folder.
#
# Expected: an item of a TOML list is one pair, so `my code` is built. (In one text the value would have to be quoted;
#           an item of a list has an end already.)
# Seen:     the items are joined and split at blanks again, `Folder` is `my`, and the other folder's code is built. Exit
#           code 0, no warning; what follows the blank is dropped.
# Needs make on the PATH.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-cli==1.170.0

mkdir app app/my 'app/my code'
cd app
for folder in my 'my code'; do
  printf '%s\n' "$folder" > "$folder/bootstrap"
  printf 'build-Answer:\n\tcp bootstrap $(ARTIFACTS_DIR)\n' > "$folder/Makefile"
done
cat > template.yaml <<'YAML'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Folder:
    Type: String
Resources:
  Answer:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: makefile
    Properties:
      CodeUri: !Ref Folder
      Handler: bootstrap
      Runtime: provided.al2023
YAML
cat > samconfig.toml <<'TOML'
version = 0.1
[default.global.parameters]
parameter_overrides = ["Folder=my code"]
TOML
../venv/bin/sam build >log 2>&1 || { cat log >&2; echo 'changed: the build is refused' >&2; exit 1; }
seen=$(cat .aws-sam/build/Answer/bootstrap)
echo "built from: $seen"
[ "$seen" = my ] || { echo 'changed: the whole value counts' >&2; exit 1; }
if grep -i 'warn' log; then
  echo 'changed: there is a warning' >&2
  exit 1
fi
echo 'as described: the code of another folder is built'

#!/usr/bin/env bash
# aws-sam-cli 1.170.0: functions of a loop with one CodeUri all get the artifact of the loop's first item
#
# Fn::ForEach makes two functions with BuildMethod makefile and the same CodeUri. The Makefile has a target for each, which
# build different code; `sam build --language-extensions` runs both targets, into two folders.
#
# Expected: the built template points each function to the folder that was built for it.
# Seen:     the built template still has the loop, with `CodeUri: AnswerRed` for every item: AnswerBlue would be packaged,
#           run and deployed with the code of AnswerRed. Exit code 0.
# Needs make on the PATH.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-cli==1.170.0

mkdir -p app/src
cd app
for colour in Red Blue; do
  printf 'build-Answer%s:\n\techo %s > $(ARTIFACTS_DIR)/bootstrap\n' "$colour" "$colour"
done > src/Makefile
cat > template.yaml <<'YAML'
Transform:
  - AWS::LanguageExtensions
  - AWS::Serverless-2016-10-31
Resources:
  Fn::ForEach::Answers:
    - Colour
    - [Red, Blue]
    - Answer${Colour}:
        Type: AWS::Serverless::Function
        Metadata:
          BuildMethod: makefile
        Properties:
          CodeUri: ./src
          Handler: bootstrap
          Runtime: provided.al2023
YAML
../venv/bin/sam build --language-extensions >log 2>&1 || { cat log >&2; echo 'changed: the build is refused' >&2; exit 1; }
grep . .aws-sam/build/Answer*/bootstrap
seen=$(grep CodeUri .aws-sam/build/template.yaml | tr -d ' ')
echo "$seen"
[ "$(cat .aws-sam/build/AnswerBlue/bootstrap)" = Blue ] || { echo 'changed: the second target was not built' >&2; exit 1; }
[ "$seen" = CodeUri:AnswerRed ] || { echo 'changed: the functions have locations of their own' >&2; exit 1; }
echo 'as described: AnswerBlue was built, and the template names the folder of AnswerRed for both'

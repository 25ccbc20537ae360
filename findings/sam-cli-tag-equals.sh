#!/usr/bin/env bash
# aws-sam-cli 1.170.0: `--tags Source=https://host/?page=1` makes a tag with the key `Source=https://host/?page`
#
# Keys and values of tags may both have `=` in them. Of a parameter (`--parameter-overrides Source=...`), the first `=` ends
# the name, here as in every other tool.
#
# Expected: the first `=` ends the key of a tag as well: {'Source': 'https://host/?page=1'}; or an error that asks for
#           quotes.
# Seen:     the last one does: {'Source=https://host/?page': '1'}. No warning. Quotes around the value help.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check aws-sam-cli==1.170.0

cat > read.py <<'PYTHON'
import sys
from samcli.cli.types import CfnParameterOverridesType, CfnTags

kinds = {'tag': CfnTags, 'parameter': CfnParameterOverridesType}
print(kinds[sys.argv[1]]().convert((sys.argv[2],), None, None))
PYTHON
see() {
  seen=$(venv/bin/python read.py "$1" "$2")
  echo "$1 $2: $seen"
  [ "$seen" = "$3" ] || { echo "changed: it was $3" >&2; exit 1; }
}
see tag 'Source=https://host/?page=1' "{'Source=https://host/?page': '1'}"
see tag 'Source="https://host/?page=1"' "{'Source': 'https://host/?page=1'}"
see parameter 'Source=https://host/?page=1' "{'Source': 'https://host/?page=1'}"
echo 'as described: the last = ends the key of a tag, the first one the name of a parameter'

#!/usr/bin/env bash
# jsonata-python 0.7.1 beside jsonata 2.2.2: remainders, division by zero, large numbers, base64 and replaced text
#
# Emulators that are written in Python evaluate the JSONata of state machines with the port; the language's own documentation and AWS
# follow the JavaScript library. Seven expressions go through both.
#
# Expected: the same values: % is the remainder of its operands, fractions included; a replacement of plain text is taken as it is;
#           $string writes numbers as JSON.stringify does, with 15 digits.
# Seen:     5.5 % 2 is 1.5 in the library and 1 in the port, which cuts the operands; 1/0 is null in the JSON of one and
#           Python's ZeroDivisionError of the other, no error of JSONata; 1e20 and a number of 19 digits have other texts; "$0"
#           stands for the match in the port, for itself in the library; base64 is of Latin-1 in the library and of UTF-8 in the
#           port; $split cuts a character beyond the BMP in two in the library only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "name": "show", "private": true, "type": "module", "dependencies": { "jsonata": "2.2.2" } }' > package.json
npm install --silent --no-fund --no-audit
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonata-python==0.7.1
cat > expressions.txt <<'TEXT'
5.5 % 2
1/0
$string(100000000000000000000)
$string(1234567890123456789)
$replace("aXbXc", "X", "$0")
$base64encode("hé")
$count($split("😀a", ""))
TEXT
cat > show.js <<'JS'
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';

for (const line of readFileSync('expressions.txt', 'utf8').trim().split('\n')) {
  try {
    console.log(JSON.stringify(await jsonata(line).evaluate({})));
  } catch (error) {
    console.log(error.code);
  }
}
JS
cat > show.py <<'PYTHON'
import json

import jsonata

for line in open("expressions.txt", encoding="utf8").read().strip().split("\n"):
    try:
        print(json.dumps(jsonata.Jsonata(line).evaluate({})))
    except Exception as error:
        print(type(error).__name__)
PYTHON
node show.js > library.txt
venv/bin/python show.py > port.txt
paste -d '|' expressions.txt library.txt port.txt
diff library.txt - <<'EXPECTED' || { echo 'changed: jsonata answers otherwise' >&2; exit 1; }
1.5
null
"100000000000000000000"
"1234567890123456800"
"a$0b$0c"
"aOk="
3
EXPECTED
diff port.txt - <<'EXPECTED' || { echo 'changed: jsonata-python answers otherwise' >&2; exit 1; }
1
ZeroDivisionError
"1e+20"
"1.23456789012346e+18"
"aXbXc"
"aMOp"
2
EXPECTED
echo 'as described: the port and the library differ in all seven expressions'

#!/usr/bin/env bash
# aws-cron-parser 1.1.12: days that a month does not have become the first of the next month
#
# The schedule expressions of EventBridge name days of the month, and run on those days only: `cron(0 12 31 * ? *)` runs in the
# seven months that have a 31st, `cron(0 12 29 2 ? *)` in leap years.
#
# Expected: after 20 October 2026, the 31st runs on 31 October, 31 December and 31 January; 29 February on 29 February 2028, 2032
#           and 2036.
# Seen:     the 31st runs on 31 October, 1 December (for 31 November) and 31 December; 29 February on 1 March 2027, 29 February
#           2028 and 1 March 2029. The 30th, which fails for February alone, runs on 2 March. The last day, `L`, is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund aws-cron-parser@1.1.12
cat > show.cjs <<'JS'
const { parse, next } = require('aws-cron-parser');
for (const expression of ['0 12 31 * ? *', '0 12 29 2 ? *', '0 12 30 2,3 ? *', '0 12 L * ? *']) {
  const days = [];
  for (let at = new Date('2026-10-20T00:00:00Z'); days.length < 3; days.push(at.toISOString().slice(0, 10)))
    at = next(parse(expression), at);
  console.log(`${expression}: ${days.join(' ')}`);
}
JS
node show.cjs | tee seen
cat > expected-of-it <<'TEXT'
0 12 31 * ? *: 2026-10-31 2026-12-01 2026-12-31
0 12 29 2 ? *: 2027-03-01 2028-02-29 2029-03-01
0 12 30 2,3 ? *: 2027-03-02 2027-03-30 2028-03-01
0 12 L * ? *: 2026-10-31 2026-11-30 2026-12-31
TEXT
diff expected-of-it seen && echo 'still so'

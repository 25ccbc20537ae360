#!/usr/bin/env bash
# Publishes a package, unless these very bytes are published already: a release that was interrupted can be run again.
set -euo pipefail
file=$1
read -r name version < <(tar --extract --to-stdout --file "$file" package/package.json |
  node -e 'const { name, version } = JSON.parse(require("node:fs").readFileSync(0, "utf8")); console.log(name, version)')
there=$(npm view "$name@$version" dist.integrity 2>/dev/null || true)
if [ -n "$there" ]; then
  here="sha512-$(openssl dgst -sha512 -binary "$file" | openssl base64 -A)"
  if [ "$here" = "$there" ]; then
    echo "$name@$version is published already"
    exit 0
  fi
  echo "::error::npm has another $name@$version than this one: release a new version."
  exit 1
fi
npm publish "./${file#./}" --provenance --access public

#!/usr/bin/env bash
# Builds dist/, which has to be what is committed, and packs what npm gets into a folder, with its SBOM beside it.
# The digest is that of the archive's content: another machine may compress the same bytes in another way.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1

npm run build
if [ -n "$(git status --porcelain dist)" ]; then
  echo '::error::dist/ is not what src/ builds to. Run npm run build, commit dist/ and tag that commit.'
  git --no-pager diff --stat dist
  exit 1
fi
rm -rf "$folder" && mkdir -p "$folder"
# npm takes a provenance only for the repository that the package names, and forks have a name of their own.
if [ -n "${GITHUB_REPOSITORY:-}" ]; then
  npm pkg set repository.type=git "repository.url=git+${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY.git"
fi
npm pack --silent --pack-destination "$folder"
npm sbom --package-lock-only --omit dev --sbom-format cyclonedx --sbom-type application > "$folder/sbom.cdx.json"
digest=$(gzip --decompress --stdout "$folder"/*.tgz | sha256sum | cut -d ' ' -f 1)
echo "content of the package: sha256:$digest"
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "digest=$digest" >> "$GITHUB_OUTPUT"; fi

#!/usr/bin/env bash
# podman 4.3.1 (Debian 12): a label and a variable made of a build argument keep the values of an earlier build
#
# A Dockerfile has `ARG WHO`, `LABEL who=$WHO` and `ENV WHO_BUILT=$WHO`. It is built twice, with another --build-arg each time.
#
# Expected: label and variable have the value that the build was given: layers are cached by what they come to.
# Seen:     the second image has label and variable of the first one, without a word: the argument is no part of what the
#           cached layers are found by. With --no-cache both are right.
# Installs podman from Debian's packages where it is missing (needs root).
set -euo pipefail
command -v podman >/dev/null || { apt-get update -qq && apt-get install -y -qq podman >/dev/null; }
[ "$(podman --version)" = 'podman version 4.3.1' ] || { echo "this is about podman 4.3.1, here is $(podman --version)" >&2; exit 1; }
work=$(mktemp -d)
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
podman() { command podman --root "$work/root" --runroot "$work/run" "$@"; }
trap 'rm -rf "$work"' EXIT
mkdir "$work/context"
printf 'FROM scratch\nARG WHO=nobody\nLABEL who=$WHO\nENV WHO_BUILT=$WHO\nCOPY hello /hello\n' > "$work/context/Dockerfile"
echo hello > "$work/context/hello"

built() {
  podman build --quiet "${@:2}" --build-arg "WHO=$1" --tag t "$work/context" >/dev/null
  printf '%s %s' "$(podman inspect --format '{{index .Labels "who"}}' t)" \
    "$(podman inspect --format '{{.Config.Env}}' t | grep -o 'WHO_BUILT=[a-z]*')"
}
first=$(built anna)
second=$(built berta)
third=$(built berta --no-cache)
printf 'anna: %s\nberta: %s\nberta without the cache: %s\n' "$first" "$second" "$third"
[ "$first" = 'anna WHO_BUILT=anna' ] && [ "$second" = "$first" ] && [ "$third" = 'berta WHO_BUILT=berta' ] ||
  { echo 'changed' >&2; exit 1; }
echo 'as described: the second image has the values of the first build'

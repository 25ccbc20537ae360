#!/usr/bin/env bash
# podman 4.3.1 (Debian 12): the layer cache gives an image for another platform than `--platform` asks for
#
# One Dockerfile that begins with `FROM scratch` is built for linux/arm64 and then, unchanged, for linux/amd64.
#
# Expected: the second image is for amd64.
# Seen:     the second build takes the first one's cached layer, and with it the configuration of the first: both tags are
#           one image, for arm64. With --no-cache the platform is right.
# Installs podman from Debian's packages where it is missing (needs root).
set -euo pipefail
command -v podman >/dev/null || { apt-get update -qq && apt-get install -y -qq podman >/dev/null; }
[ "$(podman --version)" = 'podman version 4.3.1' ] || { echo "this is about podman 4.3.1, here is $(podman --version)" >&2; exit 1; }
work=$(mktemp -d)
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
podman() { command podman --root "$work/root" --runroot "$work/run" "$@"; }
trap 'rm -rf "$work"' EXIT
mkdir "$work/context"
printf 'FROM scratch\nCOPY hello /hello\n' > "$work/context/Dockerfile"
echo hello > "$work/context/hello"

built() {
  podman build --quiet "${@:2}" --platform "$1" --tag "t-${1//\//-}" "$work/context" >/dev/null
  podman inspect --format '{{.Architecture}}' "t-${1//\//-}"
}
first=$(built linux/arm64)
second=$(built linux/amd64)
third=$(built linux/amd64 --no-cache)
printf 'arm64: %s\namd64: %s\namd64 without the cache: %s\n' "$first" "$second" "$third"
[ "$first $second $third" = 'arm64 arm64 amd64' ] || { echo 'changed' >&2; exit 1; }
echo 'as described: the cache makes the second image one for arm64'

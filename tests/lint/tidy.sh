#!/bin/sh
# clang-tidy over the sources, with the compile commands of a build folder.
#   tidy.sh SOURCE-FOLDER BUILD-FOLDER
set -eu
cd "$1"
find src -name '*.c' | sort |
  xargs -P "$(nproc)" -n 4 clang-tidy --quiet --warnings-as-errors='*' -p "$2"

#!/bin/sh
# Does the repository speak of the project alone: no absolute paths of somebody's machine, no
# marks of unfinished work?    words.sh SOURCE-FOLDER
set -eu
cd "$1"
found=0
if grep -rnE '(^|[^A-Za-z0-9_.])/(home|work|root)/[A-Za-z]' --include='*' \
  src voices samples scripts docs po README.md CHANGELOG.md CMakeLists.txt; then
  echo "these lines name a path of somebody's machine"
  found=1
fi
if grep -rnE '\b(TODO|FIXME|XXX)\b' src scripts; then
  echo "these lines are not finished"
  found=1
fi
exit "$found"

# Sourced by scripts/speak and scripts/test: install what is missing, and build.
# shellcheck shell=sh

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

# say ENGLISH VIETNAMESE: one line on standard error, in the user's language.
say() {
  case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
    vi*) printf '%s\n' "$2" >&2 ;;
    *) printf '%s\n' "$1" >&2 ;;
  esac
}

# missing_packages FILE...: the names in FILEs that are not installed.
missing_packages() {
  cat -- "$@" | while IFS= read -r package; do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
      *' installed') ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# install_packages FILE...: install what is missing; quick when nothing is.
install_packages() {
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
  else
    say "These Debian packages are missing: $missing
Ask the administrator for: apt-get install $missing" \
      "Còn thiếu các gói Debian: $missing
Hãy nhờ người quản trị chạy: apt-get install $missing"
    exit 69
  fi
  say "Installing Debian packages: $missing" "Đang cài các gói Debian: $missing"
  log=$(mktemp)
  # The words of $missing and $as_root are meant to be parted.
  # shellcheck disable=SC2086
  if ! { $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
      --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    say "The packages could not be installed; see above." \
      "Không cài được các gói trên; xem thông báo ở trên."
    exit 69
  fi
  rm -f "$log"
}

# build PRESET TARGET: sets $built to the build folder. A source tree that is not ours to write in
# is built in the cache; one that is built already is used as it is. TARGET all builds the tests.
build() {
  built=$root/build/$1
  if ! { mkdir -p "$built" && [ -w "$built" ]; } 2>/dev/null; then
    [ ! -x "$built/wtisd-speak" ] || return 0
    built=${XDG_CACHE_HOME:-$HOME/.cache}/wtisd-speak/build/$1
    mkdir -p "$built"
  fi
  mark=$built/Makefile
  [ "$2" != all ] || mark=$built/tests/CTestTestfile.cmake
  [ -f "$mark" ] || say "Building ($1), about a minute ..." \
    "Đang biên dịch ($1), khoảng một phút ..."
  log=$(mktemp)
  if ! { cd "$root" && { [ -f "$mark" ] ||
    cmake --preset "$1" -B "$built" -G "Unix Makefiles"; } &&
    cmake --build "$built" --target "$2" -j "$(nproc)"; } >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "The program could not be built; see above." "Không biên dịch được; xem thông báo ở trên."
    exit 70
  fi
  rm -f "$log"
}

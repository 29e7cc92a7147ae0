#!/bin/sh
# Is every sentence of the sources translated, and does every translation keep its formats?
#   po.sh SOURCE-FOLDER
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find src -name '*.c' | sort >"$work/files"
xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ --no-location \
  --package-name=wtisd-speak -f "$work/files" -o "$work/new.pot"
for catalogue in po/*.po; do
  msgmerge --quiet --no-fuzzy-matching "$catalogue" "$work/new.pot" -o "$work/merged.po"
  msgfmt --check --statistics "$work/merged.po" -o /dev/null
  msgattrib --untranslated --no-obsolete "$work/merged.po" >"$work/untranslated"
  msgattrib --only-fuzzy --no-obsolete "$work/merged.po" >>"$work/untranslated"
  msgattrib --only-obsolete "$catalogue" >>"$work/untranslated"
  if grep -q '^\(#~ \)\?msgid "..*"\|^msgid ""$' "$work/untranslated"; then
    echo "$catalogue: not translated, fuzzy or no longer used:"
    cat "$work/untranslated"
    exit 1
  fi
done

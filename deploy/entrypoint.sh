#!/bin/sh
# Runs the command as PUID:PGID when started as root, which is how a container starts; with `user:` or `--user` as whoever that is.
set -eu
umask "${UMASK:-022}"
if [ "$(id -u)" -ne 0 ]; then
  exec "$@"
fi

if [ "$PUID" -eq 0 ]; then
  echo "PUID=0 would run AniWorld as root. Give the number of the user that the library belongs to: id -u" >&2
  exit 1
fi

# Only what is AniWorld's own, and only when it belongs to somebody else; the library is not touched.
for folder in "$ANIWORLD_DATA" "$ANIWORLD_LOGS"; do
  if [ "$(stat -c %u:%g "$folder")" != "$PUID:$PGID" ]; then
    chown -R "$PUID:$PGID" "$folder"
  fi
done
exec setpriv --reuid="$PUID" --regid="$PGID" --clear-groups -- "$@"

#!/usr/bin/env bash
# 600 HLS segments of 1 MiB, plain and AES-128, to .ts and to .mp4, and with 50 ms of latency. See lib.sh for settings.
source "$(dirname "$0")/lib.sh"
need nginx curl yt-dlp ffmpeg python3
build
playlist $((600 / scale))
cat "$media"/plain/*.ts >"$media/joined.ts"
serve

native=(yt-dlp -q -N 8 --downloader native)
copy=(ffmpeg -v error -nostdin -y)

to_ts() { # CASE FOLDER
  local url=http://127.0.0.1:$full/$2/index.m3u8
  measure "$1" "yt-dlp -N8" - "${native[@]}" --fixup never -o x.ts "$url"
  measure "$1" "ffmpeg -c copy" - "${copy[@]}" -i "$url" -c copy x.ts
  if [[ $2 == plain ]]; then measure "$1" "aniworld" "$media/joined.ts" $(fetch "$url" -o x.ts)
  else measure "$1" "aniworld" - $(fetch "$url" -o x.ts); fi
}

plain() { to_ts "HLS, plain, to .ts" plain; }
aes() { to_ts "HLS, AES-128, to .ts" aes; }

mp4() {
  local case="HLS, plain, to .mp4" url=http://127.0.0.1:$full/plain/index.m3u8
  measure "$case" "yt-dlp -N8" - "${native[@]}" -o x.mp4 "$url"
  measure "$case" "ffmpeg -c copy" - "${copy[@]}" -i "$url" -c copy x.mp4
  measure "$case" "aniworld" - $(fetch "$url" -o x.mp4)
}

far() {
  local case="HLS, 50 ms latency, to .ts" url=http://127.0.0.1:$delayed/plain/index.m3u8
  measure "$case" "yt-dlp -N8" - "${native[@]}" --fixup never -o x.ts "$url"
  measure "$case" "ffmpeg -c copy" - "${copy[@]}" -i "$url" -c copy x.ts
  measure "$case" "aniworld" "$media/joined.ts" $(fetch "$url" -o x.ts)
}

for part in ${*:-plain aes mp4 far}; do repeat "$part"; done
report "HLS, plain, to .ts" aniworld "yt-dlp -N8" 0.2 "HLS, AES-128, to .ts" aniworld "yt-dlp -N8" 0.2 \
  "HLS, plain, to .mp4" aniworld "yt-dlp -N8" 0.4 "HLS, 50 ms latency, to .ts" aniworld "ffmpeg -c copy" 0.2

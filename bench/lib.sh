# What the benchmarks share: peers, media, a local server, measuring. Sourced by them.
# BENCH_RUNS (5) runs of each, BENCH_SCALE (1) divides sizes for a quick try, BENCH_DIR is where files go while it lasts (about 8 GiB),
# ANIWORLD an executable to use instead of building one.
set -euo pipefail

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
runs=${BENCH_RUNS:-5}
scale=${BENCH_SCALE:-1}
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/aniworld-bench-XXXXXX")
media=$work/media out=$work/out results=$work/results.tsv
full=18090 limited=18091 delayed=18092 bad=18093
pids=()
export LC_ALL=C

cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
mkdir -p "$media" "$out"

# Installs what is missing of the named commands, from Debian's packages.
need() {
  local missing=()
  for tool in "$@"; do
    command -v "$tool" >/dev/null && continue
    case $tool in
      aria2c) missing+=(aria2) ;;
      nginx) missing+=(nginx-light) ;;
      *) missing+=("$tool") ;;
    esac
  done
  [[ -x /usr/bin/time ]] || missing+=(time)
  ((${#missing[@]})) || return 0
  local root=(); ((EUID == 0)) || root=(sudo)
  { "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null
}

# Builds aniworld as it is released: compiled ahead.
build() {
  [[ -n "${ANIWORLD:-}" ]] && return
  ANIWORLD=$bench/bin/aniworld/aniworld
  dotnet publish "$bench/../AniWorld.Blazor" -c Release -r "$(dotnet --info | awk '/RID:/ {print $2; exit}')" -o "$bench/bin/aniworld" --nologo -v quiet
}

mebi() { echo $(($1 * 1048576 / scale)); }

# A small true video, then a box of random bytes up to the size. video FILE BYTES [zeros]
video() {
  [[ -f $media/clip.mp4 ]] || ffmpeg -v error -y -f lavfi -i testsrc=s=320x180:d=10 -f lavfi -i sine=d=10 -c:v libx264 -preset ultrafast \
    -pix_fmt yuv420p -c:a aac -shortest -movflags +faststart "$media/clip.mp4"
  local box=$(($2 - $(stat -c %s "$media/clip.mp4")))
  # A box whose length takes 64 bits: 1, "free", the length.
  { cat "$media/clip.mp4"; printf '\x00\x00\x00\x01free'; printf "$(printf '%016x' $box | sed 's/../\\x&/g')"; } >"$1"
  if [[ "${3:-}" == zeros ]]; then truncate -s "$2" "$1"; else head -c $((box - 16)) /dev/urandom >>"$1"; fi
}

# About N segments of 1 MiB each, 2 s long, at a constant rate; plain in $media/plain, encrypted in $media/aes. playlist N
playlist() {
  mkdir -p "$media/plain" "$media/aes"
  ffmpeg -v error -y -f lavfi -i testsrc=s=320x180:r=10:d=$(($1 * 2)) -f lavfi -i sine=d=$(($1 * 2)) -c:v libx264 -preset ultrafast -pix_fmt yuv420p \
    -g 20 -keyint_min 20 -sc_threshold 0 -b:v 3900k -minrate 3900k -maxrate 3900k -bufsize 3900k -x264-params nal-hrd=cbr -c:a aac -b:a 64k \
    -f hls -hls_time 2 -hls_list_size 0 -hls_playlist_type vod -hls_segment_filename "$media/plain/%04d.ts" "$media/plain/index.m3u8"
  head -c 16 /dev/urandom >"$media/aes/key"
  printf 'key\n%s\n' "$media/aes/key" >"$work/keyinfo"
  ffmpeg -v error -y -allowed_extensions ALL -i "$media/plain/index.m3u8" -c copy -f hls -hls_time 2 -hls_list_size 0 -hls_playlist_type vod \
    -hls_key_info_file "$work/keyinfo" -hls_segment_filename "$media/aes/%04d.ts" "$media/aes/index.m3u8"
}

# nginx on loopback: as fast as it goes, and with 4 MiB/s per connection.
serve() {
  mkdir -p "$work/nginx"
  cat >"$work/nginx.conf" <<END
$( ((EUID == 0)) && echo "user root;") worker_processes 1; pid $work/nginx.pid; error_log $work/nginx/error.log; daemon off;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
  types { video/mp4 mp4; video/mp2t ts; application/vnd.apple.mpegurl m3u8; }
  client_body_temp_path $work/nginx; proxy_temp_path $work/nginx; fastcgi_temp_path $work/nginx; uwsgi_temp_path $work/nginx; scgi_temp_path $work/nginx;
  server { listen 127.0.0.1:$full; root $media; }
  server { listen 127.0.0.1:$limited; root $media; limit_rate 4m; }
}
END
  nginx -c "$work/nginx.conf" & pids+=($!)
  python3 "$bench/delay.py" $delayed $full 0.05 & pids+=($!)
  until curl -s -o /dev/null "http://127.0.0.1:$full/" && curl -s -o /dev/null "http://127.0.0.1:$delayed/"; do sleep 0.1; done
}

# measure CASE NAME EXPECTED COMMAND…: one run, into an empty $out; EXPECTED is the file that $out/x.* must equal, or - for any file.
measure() {
  local case=$1 name=$2 expected=$3; shift 3
  rm -rf "$out"; mkdir "$out"; sync
  # A virtual machine's host gives memory page by page when it is first used, which is slow and not the same for each run: it is used before.
  head -c 1300M /dev/zero >"$work/warm"; rm "$work/warm"
  local rc=0; (cd "$out" && exec /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' timeout "${LIMIT:-120}" "$@" >"$work/log" 2>&1) || rc=$?
  local verdict=ok
  ((rc == 0)) || verdict="exit $rc"
  if [[ $verdict == ok ]]; then
    if [[ $expected == - ]]; then [[ -n $(ls -A "$out") ]] || verdict=nothing
    else cmp -s "$expected" "$out"/x.* || verdict=differs; fi
  fi
  printf '%s\t%s\t%s\t%s\n' "$case" "$name" "$verdict" "$(tail -1 "$work/time")" >>"$results"
  [[ $verdict == ok ]] || { echo "$case $name: $verdict" >&2; tail -3 "$work/log" >&2; }
}

# repeat FUNCTION: runs it so many times, so that the peers take turns and a slow minute hits all.
repeat() { for ((run = 0; run < runs; run++)); do "$1"; done; }

# Our own with what the benchmarks allow it.
fetch() { echo "$ANIWORLD" fetch "$@" --allow-private; }

report() { python3 "$bench/report.py" "$results" "$@"; }

#!/usr/bin/env bash
# Installs what is missing for `run`, `test` or `bench`, and asks the NuGet feed which packages it has. Silent when all is there.
#   eng/setup.sh run|test|bench|browser...
# Needs the .NET SDK, git and npm; root or sudo only where something has to be installed with apt.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=$root/.cache/setup
mkdir -p "$cache"
# shellcheck source=eng/setup/apt.sh
. "$root/eng/setup/apt.sh"
# shellcheck source=eng/setup/npm.sh
. "$root/eng/setup/npm.sh"
# shellcheck source=eng/setup/feed.sh
. "$root/eng/setup/feed.sh"

say() { echo "set-up: $*" >&2; }
fail() { say "$*"; exit 1; }

[ $# -gt 0 ] || fail "name what to set up: run, test, bench or browser (several are fine)."
command -v dotnet >/dev/null || fail "the .NET SDK is missing. Install the version of global.json and put dotnet into PATH."

packages=()
for group in "$@"; do
  # What a group needs, as PACKAGE:TEST (eng/setup/apt.sh).
  case $group in
    run) packages+=(postgresql:postgres default-jre-headless:program=java librdkafka1:library=librdkafka.so.1
        liblz4-1:library=liblz4.so.1 libzstd1:library=libzstd.so.1 libsnappy1v5:library=libsnappy.so.1) ;;
    test | bench) packages+=(postgresql:postgres default-jre-headless:program=java librdkafka1:library=librdkafka.so.1
        liblz4-1:library=liblz4.so.1 libzstd1:library=libzstd.so.1 libsnappy1v5:library=libsnappy.so.1
        redis-server:program=redis-server clickhouse-server:program=clickhouse-server clickhouse-client:program=clickhouse-client
        kcat:program=kcat lz4:program=lz4) ;;
    browser) packages+=(chromium:program=chromium) ;;
    *) fail "there is no group \"$group\"; known are run, test, bench and browser." ;;
  esac
done

# Two scripts started at once must not install the same things side by side.
exec 9>"$cache/lock"
flock 9
install_packages "${packages[@]}"
install_npm
ask_feed

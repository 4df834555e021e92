#!/usr/bin/env bash
# Runs the whole of ClickSink on this machine: servers, a silo, a pipeline, a million events, and a check in ClickHouse.
#   ./run.sh            stays up until Ctrl-C
#   ./run.sh --exit     stops everything after the check; exit code 0 when no row is missing or there twice
#   ./run.sh --rows N   sends N events instead of 1,000,000
#   ./run.sh --silos N  runs N silos, and shows how the replicas are spread over them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
case ${1:-} in -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' run.sh; exit 0 ;; esac
eng/setup.sh run
# shellcheck source=eng/build.sh
. eng/build.sh
build_release eng/demo/Demo.csproj
# Started in the background by a script, the shell would leave Ctrl-C ignored.
exec env --default-signal=INT eng/demo/bin/Release/net10.0/ClickSink.Demo "$@"

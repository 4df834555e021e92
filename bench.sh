#!/usr/bin/env bash
# Measures ClickSink beside a peer, in one run on the same data; prints `name: ours, peer, ratio` and writes artifacts/bench/NAME.json.
#   ./bench.sh end-to-end [ROWS [ROUNDS]]   from a topic to a table, beside kcat | clickhouse-client
#   ./bench.sh decode [ROWS [ROUNDS]]       JSON into typed columns, beside ClickHouse's own parser (chDB), one thread each
#   ./bench.sh encode [ROWS [ROUNDS]]       typed columns into Native blocks, and what they cost the server, beside clickhouse-client
#   ./bench.sh fetch [MESSAGES [ROUNDS]]    messages out of Kafka, beside kcat
#   ./bench.sh memory [ROWS]                memory of a silo with a backlog and a sink that stalls
#   ./bench.sh chaos [--faults N] [--seed N]   faults under a steady load; nothing may be missing or there twice
#   ./bench.sh failover [TRIES]             from the SIGKILL of a silo to the next row of its partitions
#   ./bench.sh join                         how a silo that joins gets its share, and how long partitions pause
#   ./bench.sh pipelines [COUNT [SECONDS]]  many small pipelines on two silos, and what an idle one costs
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
case ${1:-} in '' | -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' bench.sh; exit 0 ;; esac
eng/setup.sh bench
# shellcheck source=eng/build.sh
. eng/build.sh
build_release tests/Benchmarks/Benchmarks.csproj
exec env --default-signal=INT tests/Benchmarks/bin/Release/net10.0/ClickSink.Tests.Benchmarks "$@"

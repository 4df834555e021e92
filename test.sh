#!/usr/bin/env bash
# Builds everything and runs the tests, one suite after the other.
#   ./test.sh                    all suites, without the tests that are marked as slow
#   ./test.sh --all              all suites and all tests; a skipped test counts as failed. So CI runs it.
#   ./test.sh unit integration   these suites (unit, cluster, integration, e2e, standin, or the name of a folder in tests/)
#   ./test.sh unit -- -class '*Decimal*'    what follows -- goes to the test runner
# The last line is "N passed, N failed"; the exit code is 0 only if tests ran and none failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/tests.sh
. eng/tests.sh

all=false wanted=() runner=()
while [ $# -gt 0 ]; do
  case $1 in
    --all) all=true ;;
    --) shift; runner=("$@"); break ;;
    -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' test.sh; exit 0 ;;
    -*) echo "test.sh: there is no option $1; see ./test.sh --help" >&2; exit 2 ;;
    *) wanted+=("$1") ;;
  esac
  shift
done

eng/setup.sh test
projects=()
if [ ${#wanted[@]} = 0 ]; then
  mapfile -t projects < <(find_suites)
else
  for name in "${wanted[@]}"; do projects+=("$(find_suite "$name")"); done
fi

build "${projects[@]}" || { echo "the build failed: see its errors above"; echo "0 passed, 1 failed"; exit 1; }
trap 'exit 130' INT
for project in "${projects[@]}"; do run_suite "$project"; done
finish

# Finds, builds and runs suites, and adds up their results. Sourced by test.sh, from the root of the repository.

readonly standin_tests=eng/orleans-standin/tests/Orleans.Standin.Tests.csproj
readonly results=.data/test-results
# A suite that hangs must end in a failure, not in the patience of CI.
readonly max_suite_minutes=45
total_passed=0 total_failed=0

# All suites, quick ones first. A project in tests/ is a suite when it refers to xunit.
find_suites() {
  local project
  {
    for project in tests/Unit tests/Cluster tests/Integration tests/EndToEnd; do ls $project/*.csproj 2>/dev/null || true; done
    ls tests/*/*.csproj
  } | awk '!seen[$0]++' | xargs grep -l '"xunit.v3"'
  if uses_standin; then echo "$standin_tests"; fi
}

# The stand-in is tested where it takes part.
uses_standin() { [ -f "$standin_tests" ] && grep -q OrleansIsMissing eng/feed.props; }

find_suite() {
  local name=${1,,}
  case $name in
    e2e) name=endtoend ;;
    standin) if uses_standin; then echo "$standin_tests"; return; fi ;;
  esac
  find_suites | grep -i "^tests/$name/" ||
    { echo "test.sh: there is no suite \"$1\"; there are: $(find_suites | xargs -n 1 dirname | xargs -n 1 basename | paste -sd ' ')" >&2; exit 2; }
}

# Unit tests need themselves only; the others start programs of the solution that they do not refer to.
build() {
  local project what=("$@")
  if [ "$*" != tests/Unit/Unit.csproj ]; then
    what=(Orleans.ClickSink.sln)
    for project in "$@"; do grep -q "$(basename "$project")" Orleans.ClickSink.sln || what+=("$project"); done
  fi
  mkdir -p "$results"
  echo "building ${what[*]}"
  for project in "${what[@]}"; do build_one "$project" || return; done
}

build_one() {
  local flags=(-v q --nologo -tl:off)
  # CI must find no process left; at home the build servers make the next build quicker.
  if $all; then flags+=(--disable-build-servers); fi
  dotnet build "$1" "${flags[@]}" >"$results/build.log" 2>&1 && return
  grep -E ': (error|warning) ' "$results/build.log" | sort -u || tail -n 40 "$results/build.log"
  return 1
}

run_suite() {
  local project=$1 name program xml code=0 flags=(-noLogo -noColor -reporter quiet)
  name=$(basename "$(dirname "$project")")
  if [ "$project" = "$standin_tests" ]; then name=Standin; start_standin_postgres; fi
  if $all; then flags+=(-failSkips); else flags+=(-trait- Speed=Slow); fi
  xml=$results/$name.xml
  rm -f "$xml"
  program=$(dotnet msbuild "$project" -getProperty:TargetPath)
  timeout --foreground -k 30 "${max_suite_minutes}m" "${program%.dll}" "${flags[@]}" "${runner[@]}" -xml "$xml" || code=$?
  add_up "$name" "$xml" "$code"
}

# The runner's own report is the witness: what has no report has failed, whatever it printed.
add_up() {
  local name=$1 xml=$2 code=$3 passed=0 failed=0 skipped=0
  if [ -s "$xml" ] && grep -q '</assemblies>' "$xml"; then
    passed=$(count "$xml" passed)
    failed=$(($(count "$xml" failed) + $(count "$xml" errors)))
    skipped=$(count "$xml" skipped)
  else
    echo "$name: the runner ended with exit code $code and left no report$([ "$code" != 124 ] || echo "; it ran for more than $max_suite_minutes minutes")"
  fi
  if $all; then failed=$((failed + skipped)); fi
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  echo "$name: $passed passed, $failed failed, $skipped skipped"
  total_passed=$((total_passed + passed))
  total_failed=$((total_failed + failed))
}

# The sum of an attribute over the <assembly> elements of a report.
count() { grep -o '<assembly [^>]*' "$1" | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'; }

start_standin_postgres() {
  local servers=eng/servers/bin/Debug/net10.0/ClickSink.Servers data=.data/tests/standin variables
  # --owner: gone with this script, however it ends.
  variables=$("$servers" up postgres --fresh --detach --owner $$ --data $data)
  eval "$variables"
  export CLICKSINK_TEST_POSTGRES=$CLICKSINK_POSTGRES
}

finish() {
  echo "$total_passed passed, $total_failed failed"
  if [ "$total_failed" -gt 0 ] || [ "$total_passed" = 0 ]; then exit 1; fi
}

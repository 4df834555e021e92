# Which packages the NuGet feed has; the answer is eng/feed.props. Sourced by eng/setup.sh.

ask_feed() {
  local answer=$root/eng/feed.props stamp=$cache/feed question missing=''
  # Asked again when the versions, the question or the sources change.
  question=$(
    cd "$root" && cat Directory.Packages.props eng/feed/*.props eng/feed/*/*.csproj eng/setup/feed.sh
    cat "$root"/[Nn]u[Gg]et.[Cc]onfig "${HOME:-/}"/.nuget/NuGet/NuGet.Config 2>/dev/null || true
    env | grep -i '^\(nuget\|restore\)' | sort || true
  )
  if [ -f "$answer" ] && [ "$question" = "$(cat "$stamp" 2>/dev/null)" ]; then return 0; fi

  say "asking the NuGet feed for Orleans and librdkafka"
  # Without the old answer: it would choose the version that is asked for.
  rm -f "$answer"
  feed_has orleans || missing+='    <OrleansIsMissing>true</OrleansIsMissing>'$'\n'
  feed_has librdkafka || missing+='    <LibrdkafkaIsMissing>true</LibrdkafkaIsMissing>'$'\n'
  if [ -n "$missing" ]; then say "the feed lacks some packages; what takes their place is in docs/decisions/0002-packages-a-feed-lacks.md"; fi
  printf '<Project>\n  <PropertyGroup>\n%s  </PropertyGroup>\n</Project>\n' "$missing" >"$answer"
  printf '%s\n' "$question" >"$stamp"
}

# True: it can be restored with all that it depends on. False: the feed says that a package or version is not there.
feed_has() {
  local log=$cache/feed-$1.log
  dotnet restore "$root/eng/feed/$1" --nologo --force >"$log" 2>&1 && return 0
  # NU1101, NU1102, NU1103: no such package, or not in this version. NU1603: a dependency in another version only.
  # Anything else is no answer: a feed that cannot be reached must not look like one that lacks the package.
  if grep -q 'NU1301\|NU1302' "$log" || ! grep -q 'NU1101\|NU1102\|NU1103\|NU1603' "$log"; then
    tail -n 20 "$log" >&2
    fail "the NuGet feed did not answer (the output of dotnet restore is above). Check \`dotnet nuget list source\`, then try again."
  fi
  return 1
}

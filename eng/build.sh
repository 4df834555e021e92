# Builds a project in Release, and only when something that it could be made from has changed. Sourced, from the root of the repository.

# build_release PROJECT
build_release() {
  local stamp log
  stamp=.cache/build/$(basename "$1").stamp log=.cache/build/build.log
  mkdir -p .cache/build
  # A folder is newer as well when a file in it was added or removed.
  if [ -f "$stamp" ] && [ -z "$(find . \( -name bin -o -name obj -o -name node_modules -o -name '.?*' \) -prune -o -newer "$stamp" \
    \( -type d -o -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.razor' \) ! -path . -print -quit)" ]; then return; fi
  echo "building $(basename "$1" .csproj)"
  touch "$stamp.new"
  dotnet build "$1" -c Release -v q --nologo -tl:off >"$log" 2>&1 || { grep -E ': error ' "$log" | sort -u >&2 || tail -n 40 "$log" >&2; return 1; }
  mv "$stamp.new" "$stamp"
}

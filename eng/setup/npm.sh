# npm packages, in the versions of eng/npm/package-lock.json. Sourced by eng/setup.sh.

install_npm() {
  local folder=$root/eng/npm stamp=$root/eng/npm/node_modules/.clicksink
  # The lock file as it was when npm finished; absent when it did not.
  if cmp -s "$folder/package-lock.json" "$stamp"; then return 0; fi
  command -v npm >/dev/null || fail "npm is missing; it brings the Kafka broker and the ClickHouse engine of the demo. Install Node.js 18 or later with npm."
  say "installing with npm: $(names_of_dependencies "$folder/package.json")"
  if ! (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$cache/npm.log" 2>&1; then
    tail -n 20 "$cache/npm.log" >&2
    fail "npm could not install the packages of eng/npm (its output is above). Check the registry that \`npm config get registry\` names, then try again."
  fi
  cp "$folder/package-lock.json" "$stamp"
}

names_of_dependencies() { sed -n '/"dependencies"/,/}/s/^ *"\([^"]*\)": "[0-9].*/\1/p' "$1" | paste -sd ' '; }

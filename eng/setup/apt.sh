# Debian packages, by name. Sourced by eng/setup.sh.

# The temporary rule that keeps apt from starting the daemons that it installs: ours run on ports and folders of their own.
readonly no_daemons=/usr/sbin/policy-rc.d

install_packages() {
  local missing=() entry
  local libraries
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
  for entry in "$@"; do
    is_there "${entry#*:}" "$libraries" || missing+=("${entry%%:*}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  command -v apt-get >/dev/null ||
    fail "these are missing and there is no apt to install them with: ${missing[*]}. Install their like with the system's own packages."
  say "installing with apt: ${missing[*]}"
  as_root true || fail "installing needs root: run this as root, or install sudo, or have these installed: ${missing[*]}."
  forbid_daemons
  # The lists may be absent (a fresh image) or too old.
  if ! apt_get install "${missing[@]}" && ! { apt_get update && apt_get install "${missing[@]}"; }; then
    allow_daemons
    tail -n 20 "$cache/apt.log" >&2
    fail "apt could not install ${missing[*]} (the end of $cache/apt.log is above). Try \`apt-get update && apt-get install ${missing[*]}\` by hand."
  fi
  allow_daemons
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
  for entry in "$@"; do
    is_there "${entry#*:}" "$libraries" || fail "the package ${entry%%:*} is installed, but ${entry#*:} is not there. See what \`dpkg -L ${entry%%:*}\` lists."
  done
}

# By what is used of a package, not by its name: it may come from elsewhere.
is_there() {
  case $1 in
    program=*) command -v "${1#*=}" >/dev/null ;;
    library=*) [[ $2 == *"${1#*=}"* ]] ;;
    postgres) command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ;;
  esac
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 1; fi
}

# Waits for another apt: for dpkg's lock by apt's own option, for the lists' lock, which that does not cover, by trying again.
apt_get() {
  local try
  for try in $(seq 60); do
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
      --no-install-recommends "$@" >"$cache/apt.log" 2>&1 </dev/null && return 0
    grep -q 'Could not get lock\|Unable to lock' "$cache/apt.log" || return 1
    [ "$try" -gt 1 ] || say "waiting for another apt to finish"
    sleep 5
  done
  return 1
}

forbid_daemons() {
  # One of this name that is not ours belongs to the system's administrator, and stays.
  [ ! -e "$no_daemons" ] || return 0
  trap allow_daemons EXIT
  printf '#!/bin/sh\n# Put here for a moment by the set-up of ClickSink.\nexit 101\n' | as_root tee "$no_daemons" >/dev/null
  as_root chmod 755 "$no_daemons"
}

allow_daemons() {
  if grep -qs 'set-up of ClickSink' "$no_daemons"; then as_root rm -f "$no_daemons"; fi
}

# shellcheck shell=bash
# Debian packages that only root can install. Sourced after common.sh.

# as_root COMMAND...: runs it as root, or fails when that would need a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n -- "$@"
    fi
}

# can_be_root: whether as_root works.
can_be_root() {
    [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true >/dev/null 2>&1; }
}

# install_packages NAME...: installs Debian packages, or ends with the command that would.
install_packages() {
    has apt-get || die "please install these (Debian's names) with this system's package manager: $*"
    can_be_root || die "missing system packages: $*. Install them with: sudo apt-get update && sudo apt-get install $*"
    say "Installing system packages with apt-get: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 || say "apt-get update failed; trying with the lists at hand"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >&2 ||
        die "apt-get could not install: $*"
}

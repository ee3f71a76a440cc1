# shellcheck shell=bash
# System packages, which only root can install. Sourced after common.sh.

# as_root COMMAND...: runs it as root; fails where that would need a password.
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

# missing_packages FILE: prints the packages of a list like system_packages that this machine lacks.
missing_packages() {
    local package command
    while read -r package command; do
        case "$package" in
            '' | '#'*) continue ;;
        esac
        _is_installed "$package" "$command" || printf '%s\n' "$package"
    done <"$1"
}

# require_packages FILE: installs what is missing of a list, or ends with the names and the command that would.
require_packages() {
    local missing
    missing="$(missing_packages "$1" | tr '\n' ' ')"
    missing="${missing% }"
    [ -n "$missing" ] || return 0
    has apt-get || die "missing system packages (Debian's names): $missing"
    can_be_root || die "missing system packages; $(_how_to_install "$missing")"
    # shellcheck disable=SC2086  # a list of names
    install_packages $missing
}

_how_to_install() {
    if has sudo; then
        printf '%s\n' "install them with: sudo apt-get update && sudo apt-get install --no-install-recommends $1"
    else
        printf '%s\n' "install them as root: apt-get update && apt-get install --no-install-recommends $1"
    fi
}

# install_packages NAME...: installs Debian packages as root.
install_packages() {
    say "Installing system packages with apt-get, which takes a minute or more: $*"
    _apt_get update || say "apt-get update failed; going on with the package lists at hand"
    _apt_get install -y --no-install-recommends "$@" || die "apt-get could not install: $*"
}

# _apt_get ARGUMENTS...: runs apt-get; what it and the packages' own scripts say is shown only if it fails.
_apt_get() {
    local said status=0
    said="$(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" 2>&1)" ||
        status=$?
    [ "$status" -eq 0 ] || say "$said"
    return "$status"
}

_is_installed() {
    if has dpkg-query; then
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
    else
        [ "$2" = - ] || has "$2"
    fi
}

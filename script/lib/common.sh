# shellcheck shell=bash disable=SC2034
# What every script here shares: places, messages, locks and bounded waits. Sourced; works in bash 3.2 (macOS).

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
export HOME="${HOME:-$(printf '%s' ~)}"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/frigate_native"
# What Home Assistant asks for: see requires-python of the versions in requirements_test.txt and requirements_demo.txt.
PYTHON_SERIES=3.14
PYTHON_LEAST=3.14.2

# uv trusts its own list of authorities; a machine may have more in its system's, which pip trusts too.
for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    [ ! -e "$bundle" ] || export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
done
unset bundle

# Progress and errors go to stderr, so that a script's stdout stays its answer.
say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "error: $*"
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# is_debian: whether apt here serves Debian itself; a derivative has other suites.
is_debian() {
    has apt-get && has dpkg-deb && grep -qx 'ID=debian' /etc/os-release 2>/dev/null
}

# adopt_pip_index: uv does not read pip's settings, where a machine that reaches packages through a mirror names it.
adopt_pip_index() {
    local index="${PIP_INDEX_URL:-}"
    [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] || return 0
    [ -n "$index" ] || index="$(python3 -m pip config get global.index-url 2>/dev/null)" || return 0
    export UV_DEFAULT_INDEX="$index"
}

# run_bounded SECONDS COMMAND...: the command, ended when it takes longer; macOS has no timeout(1), but perl.
run_bounded() {
    if has timeout; then
        timeout "$@"
    else
        perl -e 'alarm shift; exec @ARGV' "$@"
    fi
}

# with_lock FILE COMMAND...: runs the command while nobody else holds the lock. The holder's death frees it.
with_lock() (
    lock="$1"
    shift
    mkdir -p "$(dirname "$lock")"
    if has flock; then
        exec 9>"$lock"
        flock -n 9 || {
            say "Waiting for another run that sets up the same thing ($lock)"
            flock 9
        }
        "$@" 9>&-
        exit
    fi
    said=
    until ln -s "$$" "$lock.held" 2>/dev/null; do
        if ! kill -0 "$(readlink "$lock.held")" 2>/dev/null; then
            rm -f "$lock.held"
            continue
        fi
        [ -n "$said" ] || say "Waiting for another run that sets up the same thing ($lock.held)"
        said=yes
        sleep 1
    done
    trap 'rm -f "$lock.held"' EXIT
    "$@"
)

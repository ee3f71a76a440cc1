# shellcheck shell=bash disable=SC2034
# What every script here shares: places, messages, locks and bounded waits. Sourced; works in bash 3.2 (macOS).

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
CACHE="${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/frigate_native"
# What Home Assistant asks for: see requires-python of the versions in requirements_test.txt and requirements_demo.txt.
PYTHON_SERIES=3.14
PYTHON_LEAST=3.14.2

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

# run_bounded SECONDS COMMAND...: the command's status, or 124 after ending it; macOS has no timeout(1).
run_bounded() {
    local seconds="$1" child watchdog status=0
    shift
    "$@" </dev/null &
    child=$!
    (
        trap 'kill "$sleeper" 2>/dev/null; exit 0' TERM
        sleep "$seconds" &
        sleeper=$!
        wait "$sleeper"
        kill -TERM "$child" 2>/dev/null
    ) >/dev/null 2>&1 &
    watchdog=$!
    wait "$child" || status=$?
    kill -TERM "$watchdog" 2>/dev/null || :
    wait "$watchdog" 2>/dev/null || :
    [ "$status" -ne 143 ] || status=124
    return "$status"
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

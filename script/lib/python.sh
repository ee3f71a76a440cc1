# shellcheck shell=bash
# Finds or makes uv and a Python that Home Assistant accepts. Sourced after common.sh, debian_python.sh and packages.sh.

# find_uv: prints a uv that runs; makes one in the cache when the machine has none. Call it under the cache's lock.
find_uv() {
    local uv base
    for uv in "$(command -v uv 2>/dev/null)" "$CACHE/uv/bin/uv"; do
        if _uv_fits "$uv"; then
            printf '%s\n' "$uv"
            return 0
        fi
    done
    for base in python3 /usr/bin/python3 "$(debian_python_path)"; do
        if _uv_from "$base"; then
            say "Made uv, which installs Python and its packages, in $CACHE/uv"
            printf '%s\n' "$CACHE/uv/bin/uv"
            return 0
        fi
    done
    return 1
}

# _uv_fits UV: whether it runs and is new enough for what is asked of it here.
_uv_fits() {
    [ -n "$1" ] && "$1" venv --help 2>/dev/null | grep -q -e '--clear'
}

# _uv_from PYTHON: uv by that interpreter's venv, or by its pip alone where Debian has split venv off.
_uv_from() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 || return 1
    mkdir -p "$CACHE"
    rm -rf "$CACHE/uv"
    "$1" -m venv "$CACHE/uv" >/dev/null 2>&1 &&
        "$CACHE/uv/bin/python" -m pip install --quiet --disable-pip-version-check uv >/dev/null 2>&1 &&
        _uv_fits "$CACHE/uv/bin/uv" && return 0
    rm -rf "$CACHE/uv"
    "$1" -m pip install --quiet --disable-pip-version-check --target "$CACHE/uv" uv >/dev/null 2>&1 &&
        _uv_fits "$CACHE/uv/bin/uv" && return 0
    rm -rf "$CACHE/uv"
    [ "$1" = "$(debian_python_path)" ] && debian_python_install "$CACHE/uv" uv >&2 && _uv_fits "$CACHE/uv/bin/uv"
}

# find_python UV: prints a Python >= PYTHON_LEAST, made when there is none; UV may be empty. Call it under the cache's lock.
find_python() {
    local uv="$1" python
    python="$(command -v "python$PYTHON_SERIES" 2>/dev/null)" && python_fits "$python" && return 0
    if [ -n "$uv" ]; then
        python="$("$uv" python find --system --no-project ">=$PYTHON_LEAST,<3.15" 2>/dev/null)" && python_fits "$python" && return 0
    fi
    python_fits "$(debian_python_path)" && return 0
    if [ -n "$uv" ]; then
        say "Installing Python $PYTHON_SERIES with uv"
        # Refused, unresolvable or silent hosts answer within these limits; a slow line still gets its time.
        if UV_HTTP_CONNECT_TIMEOUT=8 UV_HTTP_TIMEOUT=20 UV_HTTP_RETRIES=1 run_bounded 300 \
            "$uv" python install --no-bin "$PYTHON_SERIES" >/dev/null 2>&1; then
            python="$("$uv" python find --system --no-project ">=$PYTHON_LEAST,<3.15" 2>/dev/null)" && python_fits "$python" && return 0
        fi
        say "uv could not install Python $PYTHON_SERIES (no way to its download?)"
    fi
    is_debian && debian_python_make && python_fits "$(debian_python_path)"
}

# python_fits PYTHON: prints its real path when it runs and is new enough; a shim that leads nowhere is no Python.
python_fits() {
    "$1" - "$PYTHON_LEAST" 2>/dev/null <<'PY'
import sys

least = tuple(int(part) for part in sys.argv[1].split("."))
if not least <= sys.version_info[:3] < (3, 15) or sys.implementation.name != "cpython":
    sys.exit(1)
print(sys.executable)
PY
}

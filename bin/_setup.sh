# shellcheck shell=bash
# What bin/start and bin/test share: system packages, Python and the virtual environment.
# Sourced by both, run by neither. Everything here may be called again at no cost.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV="$ROOT/.venv"

# What the PDF is drawn with: Pango, and fonts for what people write in other letters than ours.
# Debian's smallest that between them have those: nearly every living script (42 MB), emoji (11 MB,
# in colour, as no other of Debian's knows today's), Chinese, Japanese and Korean (5 MB; Noto's own
# would be 91).
# shellcheck disable=SC2034
PDF_PACKAGES=(
    libpangoft2-1.0-0 libharfbuzz-subset0
    fonts-noto-core fonts-noto-color-emoji fonts-wqy-microhei
)

say() { printf '%s\n' "$*" >&2; }

# Print the first Python of at least 3.11 that can make a virtual environment.
find_python() {
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null && "$name" -c \
            'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# Print where a Chromium is.
find_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}

# Print the folder of the newest PostgreSQL server's programs: Debian keeps them off the PATH.
find_postgres() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr) \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        [ -x "$folder/initdb" ] && printf '%s\n' "$folder" && return 0
    done
    return 1
}

has_library() {
    if [ "$(uname)" = Darwin ]; then
        ls /opt/homebrew/lib/"$1"* /usr/local/lib/"$1"* >/dev/null 2>&1
    else
        PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q "$1"
    fi
}

# Say whether there is a font for a language, by fontconfig's name for it. macOS has them all.
has_font_for() {
    [ "$(uname)" = Darwin ] || fc-list ":lang=$1" 2>/dev/null | grep -q .
}

# Say whether what a Debian package brings is here already, wherever it came from.
have_package() {
    case $1 in
        python3 | python3-venv) find_python >/dev/null ;;
        libpangoft2-1.0-0) has_library libpangoft2-1.0 ;;
        libharfbuzz-subset0) has_library libharfbuzz-subset ;;
        fonts-noto-core) has_font_for bn ;;
        fonts-noto-color-emoji) has_font_for und-zsye ;;
        fonts-wqy-microhei) has_font_for zh-cn ;;
        chromium) find_chromium >/dev/null ;;
        postgresql) find_postgres >/dev/null ;;
        poppler-utils) command -v pdftoppm >/dev/null ;;
        gettext) command -v msgfmt >/dev/null ;;
        nginx) PATH="$PATH:/usr/sbin" command -v nginx >/dev/null ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# Run a command as root: directly, or through sudo if that needs no password or can ask for one.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

# Homebrew's names for the Debian packages we ask for (unverified).
brew_names() {
    local name
    for name in "$@"; do
        case $name in
            python3) echo python@3.12 ;;
            python3-venv | fonts-*) ;;
            libpangoft2-1.0-0) echo pango ;;
            libharfbuzz-subset0) echo harfbuzz ;;
            poppler-utils) echo poppler ;;
            redis-server) echo redis ;;
            *) echo "$name" ;;
        esac
    done
}

# need_packages NAME...: install what is missing, by Debian's names. Without the right to, print
# the one line that would, and return 1: the caller decides whether to carry on.
need_packages() {
    local name missing=() line
    for name in "$@"; do
        have_package "$name" || missing+=("$name")
    done
    [ ${#missing[@]} = 0 ] && return 0
    if command -v apt-get >/dev/null; then
        line="apt-get install -y --no-install-recommends ${missing[*]}"
        say "Installing (this takes a minute): ${missing[*]}"
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
            as_root env DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null; then
            return 0
        fi
        line="sudo $line"
    elif command -v brew >/dev/null; then
        # shellcheck disable=SC2046
        brew install $(brew_names "${missing[@]}") >&2 && return 0
        line="brew install $(brew_names "${missing[@]}" | tr '\n' ' ')"
    else
        line="(with your system's package manager) ${missing[*]}"
    fi
    say "These are missing and could not be installed: ${missing[*]}"
    say "Run this line, then start again:"
    say "    $line"
    return 1
}

# Find a Python, or install one. Debian 12 and Ubuntu 24.04 have it as python3; 22.04 as python3.11.
need_python() {
    find_python && return 0
    need_packages python3 python3-venv && find_python && return 0
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends python3.11 python3.11-venv >/dev/null &&
        find_python && return 0
    say "Python 3.11 or later is needed, with venv."
    return 1
}

fingerprint_of() {
    "$VENV/bin/python" - "$1" <<'PYTHON'
import hashlib, sys
print(sys.version_info[:2], hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())
PYTHON
}

# make_venv FILE...: make .venv if it is not there or does not run, and install the pinned and
# hashed requirements files whose words have changed since they were last installed. The files are
# complete: nothing is looked for that they don't name.
make_venv() {
    local python file changed=() arguments=()
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        python=$(need_python) || return 1
        say "Making the virtual environment with $python"
        "$python" -m venv --clear "$VENV" || return 1
    fi
    mkdir -p "$VENV/.installed"
    for file in "$@"; do
        if [ "$(cat "$VENV/.installed/$(basename "$file")" 2>/dev/null)" != \
            "$(fingerprint_of "$file")" ]; then
            changed+=("$file")
            arguments+=(-r "$file")
        fi
    done
    [ ${#changed[@]} = 0 ] && return 0
    say "Installing ${changed[*]}"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --require-hashes "${arguments[@]}" >&2 || return 1
    for file in "${changed[@]}"; do
        fingerprint_of "$file" >"$VENV/.installed/$(basename "$file")"
    done
}

# Compile the translations whose source is newer. Needs no gettext: Babel does it.
compile_translations() {
    local source
    for source in "$ROOT"/locale/*/LC_MESSAGES/*.po; do
        if [ -e "$source" ] && [ ! "${source%.po}.mo" -nt "$source" ]; then
            "$VENV/bin/pybabel" --quiet compile --input-file "$source" \
                --output-file "${source%.po}.mo" || return 1
        fi
    done
}

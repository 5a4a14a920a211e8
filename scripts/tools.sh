# Installs what ./play and ./check need. Both source it from the project's folder.
#
# Every function keeps what is already installed, and returns non-zero with a sentence on standard error when it cannot
# help. Tools that are built from source go to the user's cache, so that a second clone does not build them again.

TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.4
# The command must have the version of the crate.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
CACHE=${XDG_CACHE_HOME:-${HOME:?}/.cache}/callchain
RELEASES=${CALLCHAIN_RELEASES:-https://github.com}

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: directly, or by sudo. Asks for a password only if somebody is there to type it.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! have sudo; then
        complain "This needs root, and there is no sudo: $*"
        return 1
    elif [ -t 0 ] && [ -z "${CI:-}" ]; then
        sudo "$@"
    else
        sudo --non-interactive "$@"
    fi
}

# How long to wait for another run of apt-get, for instance the one that updates a fresh machine.
APT_WAIT_SECONDS=${APT_WAIT_SECONDS:-600}

# Runs apt-get. It waits by itself for the lock of dpkg, but gives up at once where its lists or its archive are locked.
apt_get() {
    local output deadline=$((SECONDS + APT_WAIT_SECONDS)) waits=
    while ! output=$(as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
        apt-get -o "DPkg::Lock::Timeout=$APT_WAIT_SECONDS" "$@" 2>&1); do
        if [[ $output != *"Could not get lock"* ]] || [ "$SECONDS" -ge "$deadline" ]; then
            complain "$output"
            return 1
        fi
        [ -n "$waits" ] || say "Waiting for another run of apt-get …"
        waits=yes
        sleep 2
    done
}

# Installs Debian packages, fetching the lists of packages first if the packages are not known yet.
install_packages() {
    if ! have apt-get; then
        complain "Please install $* (there is no apt-get here to do it)."
        return 1
    fi
    say "Installing $* …"
    local install=(install --yes --no-install-recommends "$@")
    apt_get "${install[@]}" 2>/dev/null && return
    { apt_get update && apt_get "${install[@]}"; } || {
        complain "apt-get could not install $*. Please install them by hand, then start again."
        return 1
    }
}

ensure_rust() {
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    if ! have cargo; then
        complain "There is no Rust here. Please install it as https://rustup.rs says, then start again."
        return 1
    fi
    have cc || install_packages gcc libc6-dev || return
    if have rustup; then
        ensure_rust_part target wasm32-unknown-unknown
    elif [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
        complain "Rust cannot build for wasm32-unknown-unknown here, and there is no rustup to change that."
        return 1
    fi
}

# ensure_rust_part target|component NAME
ensure_rust_part() {
    rustup "$1" list --installed | grep --quiet "^$2" || rustup "$1" add "$2"
}

ensure_node() {
    have node && have npm && return
    complain "There is no Node.js here (20 or later, with npm). Please install it, then start again."
    return 1
}

# Installs the packages of package-lock.json, and puts their commands on the PATH.
ensure_node_modules() {
    PATH=$PWD/node_modules/.bin:$PATH
    local done=node_modules/.package-lock.json
    [ -f "$done" ] && [ ! package-lock.json -nt "$done" ] && return
    ensure_node || return
    say "Installing the npm packages of package-lock.json …"
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error || {
        complain "npm could not install the packages of package-lock.json."
        return 1
    }
    touch "$done"
}

# ensure_cargo_tool COMMAND CRATE VERSION FOLDER [FEATURES]: puts COMMAND of exactly this version on the PATH.
ensure_cargo_tool() {
    local command=$1 crate=$2 version=$3 home=$CACHE/$4-$3
    is_version "$(command -v "$command")" "$version" && return
    mkdir -p "$CACHE"
    if [ ! -x "$home/bin/$command" ]; then
        # Of two runs at the same time, one gets the tool and the other waits.
        exec 9>"$CACHE/lock"
        flock --nonblock 9 || { say "Waiting for another run that is getting tools …"; flock 9; }
        [ -x "$home/bin/$command" ] || download_tool "$@" || build_tool "$@" || {
            exec 9>&-
            return 1
        }
        exec 9>&-
    fi
    PATH=$home/bin:$PATH
}

# is_version FILE VERSION: "trunk 0.21.14" is version 0.21.14 of trunk.
is_version() {
    [ -x "$1" ] && [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$2" ]
}

# Prints the address of the archive that the project publishes for this machine, if there is one.
archive_address() {
    [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || return 1
    case $1 in
    trunk) echo "$RELEASES/trunk-rs/trunk/releases/download/v$2/trunk-x86_64-unknown-linux-gnu.tar.gz" ;;
    wasm-bindgen)
        echo "$RELEASES/wasm-bindgen/wasm-bindgen/releases/download/$2/wasm-bindgen-$2-x86_64-unknown-linux-musl.tar.gz"
        ;;
    esac
}

# Downloads a tool from its project, if that is quick, the published checksum matches, and the tool runs here.
download_tool() {
    local command=$1 version=$3 home=$CACHE/$4-$3 address
    address=$(archive_address "$command" "$version") && [ -n "$address" ] && have node || return
    say "Getting $command $version …"
    rm -rf "$home.new" && mkdir -p "$home.new/bin"
    if node scripts/download.mjs "$address" "$home.new/archive.tar.gz" &&
        tar -xzf "$home.new/archive.tar.gz" -C "$home.new" &&
        find "$home.new" -type f -perm -u+x ! -path "$home.new/bin/*" -exec mv {} "$home.new/bin/" \; &&
        is_version "$home.new/bin/$command" "$version"; then
        rm -rf "$home" "$home.new/archive.tar.gz" && mv "$home.new" "$home"
    else
        rm -rf "$home.new"
        return 1
    fi
}

# Builds a tool from source. A tool need not be fast: without optimisation it builds in half the time.
build_tool() {
    local crate=$2 version=$3 home=$CACHE/$4-$3 features=${5:-}
    say "Building $crate $version from source: this takes some minutes, once …"
    rm -rf "$home"
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=$CACHE/build cargo install --locked --debug --root "$home" \
        --features "$features" "$crate@$version" </dev/null || {
        complain "$crate $version could not be built."
        return 1
    }
    rm -rf "$CACHE/build"
}

# Sets the flags of a release: no folder of this machine stays in its messages, so the bytes are the same on every machine.
# With the tools to split it, the release is compiled to be split: then the linker tells what each address means.
set_release_flags() {
    local cargo_home=${CARGO_HOME:-$HOME/.cargo}
    local flags="--remap-path-prefix=$cargo_home=cargo --remap-path-prefix=$PWD=."
    if have wasm-split-cli && [ -x node_modules/.bin/wasm-opt ]; then
        flags+=" --cfg=split -Clink-arg=--emit-relocs"
        export CALLCHAIN_SPLIT=1
    fi
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
}

ensure_trunk() { ensure_cargo_tool trunk trunk "$TRUNK_VERSION" trunk; }
ensure_wasm_bindgen() { ensure_cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" wasm-bindgen; }
ensure_wasm_split() {
    ensure_cargo_tool wasm-split-cli wasm_split_cli_support "$WASM_SPLIT_VERSION" wasm-split build-binary
}

# first_of NAME…: the full path of the first command that exists.
first_of() {
    local name
    for name in "$@"; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 1
}

find_chrome() {
    first_of "${CHROME_PATH:-}" "${CHROME_BIN:-}" chromium chromium-browser google-chrome google-chrome-stable
}
find_chromedriver() {
    first_of "${CHROMEDRIVER:-}" "${CHROMEWEBDRIVER:+$CHROMEWEBDRIVER/chromedriver}" chromedriver \
        /usr/lib/chromium/chromedriver /usr/lib/chromium-browser/chromedriver
}

# Sets CHROME_PATH and CHROMEDRIVER, for Playwright and for the tests in WebAssembly.
ensure_chromium() {
    { find_chrome && find_chromedriver; } >/dev/null || install_packages chromium chromium-driver || {
        complain "The tests in a browser need Chromium and its chromedriver. If you have them elsewhere, say where:" \
            "CHROME_PATH=… CHROMEDRIVER=… ./check"
        return 1
    }
    CHROME_PATH=$(find_chrome) && CHROMEDRIVER=$(find_chromedriver) && export CHROME_PATH CHROMEDRIVER
}

# Sets FIREFOX_PATH, for the tests in a second browser. Debian packages the release with extended support.
ensure_firefox() {
    find_firefox() { first_of "${FIREFOX_PATH:-}" firefox-esr firefox; }
    find_firefox >/dev/null || install_packages firefox-esr || {
        complain "The tests in Firefox need one. If you have it elsewhere, say where: FIREFOX_PATH=… ./check"
        return 1
    }
    FIREFOX_PATH=$(find_firefox) && export FIREFOX_PATH
}

#!/usr/bin/env bash
# Installs what the build and the program need on Debian and Ubuntu, and says what and why before it does.
# On other systems it names what is needed and goes on.
#
# Usage: scripts/setup.sh demo|test
set -euo pipefail
cd "$(dirname "$0")"

purpose=${1:-}
case $purpose in
    demo | test) ;;
    *)
        echo "usage: scripts/setup.sh demo|test" >&2
        exit 2
        ;;
esac

say() { printf 'setup: %s\n' "$*"; }

# Package and why, one per line; what is already there is passed over.
build_packages='
g++|compiler and linker: PROJ (C++) and ring (C) are built from source
cmake|builds PROJ
pkg-config|finds SQLite for PROJ
sqlite3|writes the table of reference systems while PROJ is built
libsqlite3-dev|PROJ reads that table through SQLite
'
runtime_packages='
libvulkan1|the Vulkan loader: how the program finds a graphics driver
libxkbcommon0|keyboard layouts
libxkbcommon-x11-0|keyboard layouts under X11
libx11-6|a window under X11
libx11-xcb1|a window under X11
libxcursor1|the mouse pointer under X11
libxi6|mouse, touch and pen under X11
libwayland-client0|a window under Wayland
ca-certificates|addresses that begin with https, of sources and brokers
'
software_driver='
mesa-vulkan-drivers|Vulkan for AMD and Intel graphics and, without any, on the processor (llvmpipe)
'
test_packages='
xvfb|a display without a screen, for what opens a window
xauth|lets xvfb-run use that display
'

# Whether a Vulkan driver whose manifest has a name like $1 is registered where the loader looks for it.
has_vulkan_driver() {
    local folder
    for folder in /usr/share/vulkan/icd.d /usr/local/share/vulkan/icd.d /etc/vulkan/icd.d \
        "${XDG_DATA_HOME:-$HOME/.local/share}/vulkan/icd.d"; do
        if compgen -G "$folder/$1" >/dev/null; then
            return 0
        fi
    done
    return 1
}

# Whether the user told the Vulkan loader which driver to use.
names_vulkan_driver() {
    [[ -n ${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}${VK_ADD_DRIVER_FILES:-} ]]
}

# The packages for this purpose, before asking which are there.
wanted_packages() {
    printf '%s' "$build_packages" "$runtime_packages"
    if [[ $purpose == test ]]; then
        printf '%s' "$test_packages"
        # The tests draw on the processor, so that the picture is the same on every machine.
        has_vulkan_driver 'lvp_icd*.json' || printf '%s' "$software_driver"
    else
        has_vulkan_driver '*.json' || names_vulkan_driver || printf '%s' "$software_driver"
    fi
}

is_installed() {
    local state
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) && [[ $state == installed ]]
}

# As root, or through sudo.
as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_with_apt() {
    local packages=() reasons=() package reason
    while IFS='|' read -r package reason; do
        if [[ -n $package ]] && ! is_installed "$package"; then
            packages+=("$package")
            reasons+=("$reason")
        fi
    done < <(wanted_packages)
    if [[ ${#packages[@]} -eq 0 ]]; then
        say "every package for '$purpose' is installed"
        return
    fi

    say "these packages are missing and will be installed with apt-get:"
    local index
    for index in "${!packages[@]}"; do
        printf '  %-20s %s\n' "${packages[index]}" "${reasons[index]}"
    done
    local install=(apt-get install --yes --no-install-recommends "${packages[@]}")
    if [[ $(id -u) -ne 0 ]]; then
        if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo --non-interactive true 2>/dev/null; }; then
            say "this needs root, and sudo is not usable here. Run as root, then again what you ran:" >&2
            printf '  apt-get update && %s\n' "${install[*]}" >&2
            exit 1
        fi
        say "this needs root: sudo is used for apt-get only, and may ask for your password"
    fi
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get update --quiet=2; then
        say "the package lists could not be refreshed; trying with those that are here" >&2
    fi
    if ! as_root env DEBIAN_FRONTEND=noninteractive "${install[@]}"; then
        say "apt-get failed, see above. Mend it, or install the packages yourself, then run again" >&2
        exit 1
    fi
}

name_prerequisites() {
    say "this is not Debian or Ubuntu, so nothing is installed here. Needed are:"
    case $(uname -s) in
        Darwin)
            echo "  the Xcode command line tools (xcode-select --install) and cmake (brew install cmake);"
            echo "  SQLite and Metal come with macOS"
            ;;
        Linux)
            echo "  a C++ compiler, cmake, pkg-config, the sqlite3 program and SQLite's headers for the build;"
            echo "  the Vulkan loader and a driver, libxkbcommon, libX11, libXcursor and libXi or libwayland-client to run"
            if [[ $purpose == test ]]; then
                echo "  Xvfb and Mesa's llvmpipe Vulkan driver for the tests"
            fi
            echo "  on Fedora: sudo dnf install gcc-c++ cmake pkgconf-pkg-config sqlite sqlite-devel vulkan-loader \\"
            echo "    mesa-vulkan-drivers libxkbcommon libxkbcommon-x11 libX11 libX11-xcb libXcursor libXi libwayland-client"
            ;;
        *)
            echo "  a C++ compiler, cmake, the sqlite3 program and SQLite's headers; see README.md"
            ;;
    esac
    say "going on as if they were there"
}

check_rust() {
    if ! command -v cargo >/dev/null; then
        say "cargo was not found. Install Rust from https://rustup.rs, then run again" >&2
        exit 1
    fi
    local needed found
    needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' ../Cargo.toml | head -n 1)
    found=$(rustc --version | cut -d ' ' -f 2)
    if [[ $(printf '%s\n' "$needed" "${found%%-*}" | sort --version-sort | head -n 1) != "$needed" ]]; then
        say "Rust $needed or newer is needed, this is $found. 'rustup update' brings it" >&2
        exit 1
    fi
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_with_apt
else
    name_prerequisites
fi
check_rust

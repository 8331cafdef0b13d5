#!/usr/bin/env bash
# Opens the demo city in a window; without a display, writes its viewpoints as pictures instead.
#
# Usage: scripts/demo.sh [FOLDER_FOR_PICTURES]
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=${1:-demo-pictures}

# Cargo knows where the program is, whatever the target directory; it was built before.
veduta() { cargo run --release --quiet --bin veduta -- "$@"; }

has_wayland() {
    [[ -n ${WAYLAND_DISPLAY:-} ]] || return 1
    case $WAYLAND_DISPLAY in
        /*) [[ -S $WAYLAND_DISPLAY ]] ;;
        *) [[ -S ${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY ]] ;;
    esac
}

# Whether an X server answers at $DISPLAY: by a local socket, or by TCP as ssh forwards it.
has_x11() {
    [[ ${DISPLAY:-} =~ ^([^:]*):([0-9]+)(\.[0-9]+)?$ ]] || return 1
    local host=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]}
    if [[ -z $host || $host == unix ]]; then
        # A socket file may outlive its server; the kernel's list, where there is one, does not.
        if [[ -r /proc/net/unix ]] && grep -q "/tmp/.X11-unix/X$number\$" /proc/net/unix; then
            return 0
        fi
        # In a container the list is empty, though the socket of the machine is there.
        [[ -S /tmp/.X11-unix/X$number ]] && ! grep -q '/tmp/.X11-unix/' /proc/net/unix 2>/dev/null
    else
        # shellcheck disable=SC2016  # expanded by the inner shell, from its arguments
        timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2"' connect "$host" "$((6000 + number))" 2>/dev/null
    fi
}

has_display() {
    [[ $(uname -s) == Darwin ]] || has_wayland || has_x11
}

if has_display; then
    echo "demo: opening the synthetic demo city; close the window to end"
    veduta demo
else
    echo "demo: there is no display here (neither WAYLAND_DISPLAY nor DISPLAY leads to one)."
    echo "demo: writing the viewpoints of the synthetic demo city as pictures into $pictures/ instead"
    veduta demo --pictures "$pictures"
fi

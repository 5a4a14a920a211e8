#!/bin/sh
# What is done to a build before Trunk puts it in place (a Trunk hook, see Trunk.toml).
#
# Release: splits the WebAssembly into parts (scripts/split.sh) if the code was compiled for that (set_release_flags in
# scripts/tools.sh). Otherwise only makes it smaller, if wasm-opt is at hand.
# Development: takes the content security policy out of the page, because the script with which Trunk reloads the
# page after a change is inline. The release keeps the policy, and the end-to-end tests run on the release.
set -eu

staging=${TRUNK_STAGING_DIR:?"this is run by Trunk"}

# Names the wasm-opt to use: the one of package-lock.json, else one on the PATH. Fails if there is none.
find_wasm_opt() {
    if [ -x node_modules/.bin/wasm-opt ] && command -v node >/dev/null 2>&1; then
        echo node_modules/.bin/wasm-opt
    else
        command -v wasm-opt
    fi
}

optimise() {
    if ! tool=$(find_wasm_opt); then
        echo "after-build: no wasm-opt here, the WebAssembly stays as it is (npm ci gets one)"
        return 0
    fi
    for file in "$staging"/*.wasm; do
        # All that rustc 1.95 may use, so that wasm-opt accepts it.
        "$tool" -Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-call-indirect-overlong \
            --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int \
            --enable-reference-types --enable-sign-ext --output "$file.small" "$file"
        mv "$file.small" "$file"
    done
}

# The charts' library, as npm gives it, with its licence. Without it the page says that there are no charts.
add_charts() {
    if [ ! -f node_modules/uplot/dist/uPlot.iife.min.js ]; then
        echo "after-build: no charts, for uPlot is missing (npm ci gets it)"
        return 0
    fi
    mkdir -p "$staging/charts"
    cp node_modules/uplot/dist/uPlot.iife.min.js node_modules/uplot/dist/uPlot.min.css "$staging/charts/"
    cp node_modules/uplot/LICENSE "$staging/charts/uPlot.LICENSE.txt"
}

# Trunk minifies all but what it only copies.
drop_comments() {
    sed -e '/^ *\/\//d' -e '/^ *\/\*\*.*\*\/$/d' "$staging/boot.js" >"$staging/boot.js.new"
    mv "$staging/boot.js.new" "$staging/boot.js"
}

drop_policy() {
    page=$staging/index.html
    sed -e '/<meta[^>]*Content-Security-Policy/{:more' -e '/>/!{N' -e 'b more' -e '}' -e 's/<meta[^>]*>//' -e '}' \
        "$page" >"$page.new"
    mv "$page.new" "$page"
}

add_charts
case ${TRUNK_PROFILE:-debug} in
release)
    drop_comments
    if [ -n "${CALLCHAIN_SPLIT:-}" ]; then
        sh scripts/split.sh "$staging" "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/wasm-release/callchain.wasm"
    else
        optimise
    fi
    ;;
*) drop_policy ;;
esac

#!/bin/sh
# scripts/split.sh FOLDER LINKED: puts a release into FOLDER in parts, in place of the one module that is there.
#
# LINKED is the module as it left the linker. It is split where the functions of parts are (src/ui/part.rs): what is
# reached from other code stays in the main module, what only functions of one part reach goes into `split_PART.wasm`,
# and what several parts share into a `chunk_N.wasm`. `__wasm_split.js` loads them on demand.
#
# Needs wasm-split-cli and wasm-bindgen on the PATH, and the npm packages (scripts/tools.sh gets them).
set -eu

folder=$1
linked=$2

# All that rustc 1.95 may use, so that wasm-opt accepts it. Not --all-features: then it writes what browsers refuse.
optimise() {
    node_modules/.bin/wasm-opt -Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-call-indirect-overlong \
        --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int \
        --enable-reference-types --enable-sign-ext --strip-debug --strip-producers --output "$2" "$1"
}

# only_file PATTERN: the name of the one file in FOLDER that fits.
only_file() {
    (cd "$folder" && ls | grep -E "$1") | {
        read -r name && ! read -r _ && echo "$name"
    } || { echo "split: one file like $1 is expected in $folder" >&2; exit 1; }
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wasm-split-cli --out-name callchain "$linked" "$work/split"
wasm-bindgen --target web --no-typescript --keep-lld-exports --out-name callchain --out-dir "$work/bound" \
    "$work/split/callchain.wasm"
mkdir "$work/parts"
cp "$work/bound/callchain.js" "$work/split/__wasm_split.js" "$work/parts/"
optimise "$work/bound/callchain_bg.wasm" "$work/parts/callchain_bg.wasm"
for part in "$work"/split/split_*.wasm "$work"/split/chunk_*.wasm; do
    [ ! -f "$part" ] || optimise "$part" "$work/parts/$(basename "$part")"
done

# The folder is named after the code and the texts, so that no cache pairs files of two builds.
name=callchain-$(cat "$work"/parts/* "$folder"/texts/*/* | sha256sum | cut -c1-16)
js=$(only_file '^callchain-[0-9a-f]*\.js$')
wasm=$(only_file '^callchain-[0-9a-f]*_bg\.wasm$')
rm "$folder/$js" "$folder/$wasm"
mv "$work/parts" "$folder/$name"
chmod -R a+rX "$folder/$name"
sed -e "s|$js|$name/callchain.js|g" -e "s|$wasm|$name/callchain_bg.wasm|g" "$folder/index.html" >"$folder/index.html.new"
mv "$folder/index.html.new" "$folder/index.html"

// node scripts/weigh.mjs FILE.wasm [DEPTH]: what the bytes of the code are spent on, by module.
//
// For a file that still has its names, e.g. target/wasm-bindgen/release/callchain_bg.wasm after ./check release. Sums
// up the sizes of functions by the first DEPTH parts of their paths; generic functions count for who defines them.

import { readFileSync } from "node:fs";

const [file, depth = "2"] = process.argv.slice(2);
const bytes = readFileSync(file);
let at = 8;

function number() {
  for (let value = 0, scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
}

function text() {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
}

/** The number of imported functions, which come first in the numbering. */
function importedFunctions() {
  let functions = 0;
  const limits = () => (number() & 1 ? number() + number() : number());
  for (let left = number(); left > 0; left--) {
    text();
    text();
    const kind = bytes[at++];
    if (kind === 0) functions += 1;
    if (kind === 0) number();
    else if (kind === 1) at++ && limits();
    else if (kind === 2) limits();
    else at += 2;
  }
  return functions;
}

function functionSizes() {
  return Array.from({ length: number() }, () => {
    const size = number();
    at += size;
    return size;
  });
}

function functionNames(end) {
  const names = new Map();
  while (at < end) {
    const [kind, size] = [bytes[at++], number()];
    const next = at + size;
    for (let left = kind === 1 ? number() : 0; left > 0; left--) names.set(number(), text());
    at = next;
  }
  return names;
}

let [imported, sizes, names] = [0, [], new Map()];
while (at < bytes.length) {
  const [id, size] = [bytes[at++], number()];
  const end = at + size;
  if (id === 2) imported = importedFunctions();
  if (id === 10) sizes = functionSizes();
  if (id === 0 && text() === "name") names = functionNames(end);
  at = end;
}

const sums = new Map();
sizes.forEach((size, i) => {
  const name = names.get(imported + i) ?? "(no name)";
  const path = name.replace(/^[<&*(]+(mut |dyn |const )?/, "").replace(/\[[0-9a-f]+\]/g, "").split(/::|<| as /);
  const key = path.slice(0, Number(depth)).join("::");
  sums.set(key, (sums.get(key) ?? 0) + size);
});
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`${String(total).padStart(9)} all ${sizes.length} functions`);
for (const [key, size] of [...sums].sort((a, b) => b[1] - a[1]).slice(0, 40)) {
  console.log(`${String(size).padStart(9)} ${key}`);
}

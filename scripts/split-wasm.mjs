// node scripts/split-wasm.mjs FOLDER [LINKED]: splits the WebAssembly of a release build into what the first picture needs,
// and the rest, which the page fetches when somebody begins to use it. LINKED is the module as it left the linker: if it
// tells what which address means (-Clink-arg=--emit-relocs), the constant data is split, too (split/data.mjs).
//
// Why: everything that travels for a first visit has to stay below 240,000 bytes (scripts/size.mjs), and the inspector,
// the editor and the files are more code than that allows, while nobody needs them to watch the first seconds.
//
// How: the idea is that of Binaryen's wasm-split and of Emscripten's SPLIT_MODULE, which build on it; the npm package
// of Binaryen has no wasm-split, so its work is done here, on the text form. The page is opened with a module that
// reports what runs (split/profile.mjs); what did not run goes into a second module, which shares memory and tables
// with the first (split/parts.mjs). static/boot.js loads it: ahead of need when it can, else at the first call.
// A choice by profile is never wrong, only slower: whatever is missing is loaded by the first call of it.
//
// SPLIT_REPORT=FILE lists what travels first, by length.
//
// Needs the npm packages, and CHROME_PATH to name a Chromium: scripts/after-build.sh does without it if they are missing.

import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { divideData } from "./split/data.mjs";
import { outline } from "./split/outline.mjs";
import { split } from "./split/parts.mjs";
import { passedPlaces } from "./split/profile.mjs";
import { read } from "./split/text.mjs";
import * as tools from "./split/tools.mjs";

// Kept whole if they ran at all: which way numbers go through them is a matter of chance, and would be met sooner or
// later by watching only.
const WHOLE = /\bnum(\[|::)|flt2dec|f64|libm|dlmalloc|compiler_builtins|hdrhistogram|rand/;

const folder = resolve(process.argv[2]);
const linked = process.argv[3];

/**
 * Gives the functions that the module and the generated script have from each other short names: those of wasm-bindgen
 * are long and contain digests, which do not compress.
 */
function shorten(text, script) {
  const long = [...new Set(script.match(/\b(__wbg_\w+_[0-9a-f]{16}|wasm_bindgen__convert__\w+__h[0-9a-f]{16})\b/g))];
  const short = new Map(long.map((name, i) => [name, `_${i.toString(36)}`]));
  const link = /^( \((?:import "[^"]*"|export) ")([^"]*)/gm;
  return {
    text: text.replace(link, (_, head, name) => head + (short.get(name) ?? name)),
    script: script.replace(/\b\w+\b/g, (word) => short.get(word) ?? word),
  };
}

/** Moves what did not run out of the functions that did, and gives the names of those that are needed at first. */
function divide(module, passed) {
  const hot = new Set();
  for (const fn of [...module.functions.values()]) {
    const places = passed.get(fn.name);
    // What does nothing has no place to come by, and stays.
    if (places.length && !places.some(Boolean)) continue;
    hot.add(fn.name);
    if (!WHOLE.test(fn.name)) for (const part of outline(fn, places)) module.functions.set(part.name, part);
  }
  return hot;
}

/** The functions that travel first, the longest first, with the length of their text: for who looks for what to save. */
function report(module, hot) {
  const all = [...hot].map((name) => [module.functions.get(name)?.lines.join("\n").length ?? 0, name]);
  return all.sort((a, b) => b[0] - a[0]).map(([length, name]) => `${length} ${name}\n`).join("");
}

async function onlyFile(pattern) {
  const found = (await readdir(folder)).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`One file like ${pattern} is expected in ${folder}, and there are ${found.length}.`);
  return found[0];
}

/** Replaces the one module in `folder` by two, and the name of it in the page. */
async function splitFolder(work) {
  const wasm = await onlyFile(/_bg\.wasm$/);
  const js = await onlyFile(/^(?!boot).*\.js$/);
  const at = (name) => join(work, name);

  tools.optimiseNamed(join(folder, wasm), at("whole.wasm"));
  tools.disassemble(at("whole.wasm"), at("whole.wat"));
  const { text, script } = shorten(await readFile(at("whole.wat"), "utf8"), await readFile(join(folder, js), "utf8"));
  await writeFile(join(folder, js), script);
  const module = read(text);
  const hot = divide(module, await passedPlaces(module, folder, wasm));
  if (process.env.SPLIT_REPORT) await writeFile(process.env.SPLIT_REPORT, report(module, hot));
  const laterData = linked ? divideData(module, hot, await readFile(linked)) : [];
  const parts = split(module, (name) => hot.has(name), laterData);
  for (const part of ["first", "later"]) {
    await writeFile(at(`${part}.wat`), parts[part]);
    tools.assemble(at(`${part}.wat`), at(`${part}-large.wasm`));
    tools.optimise(at(`${part}-large.wasm`), at(`${part}.wasm`));
  }

  // The names carry what the split came to, so that no cache pairs parts of two builds.
  const [first, later] = await Promise.all(["first", "later"].map((part) => readFile(at(`${part}.wasm`))));
  const digest = createHash("sha256").update(script).update(first).update(later).digest("hex").slice(0, 12);
  const page = join(folder, "index.html");
  let html = await readFile(page, "utf8");
  const replace = async (name, end, content) => {
    if (!html.includes(name)) throw new Error(`The page does not name ${name}.`);
    const next = name.slice(0, -end.length) + `-${digest}${end}`;
    html = html.replaceAll(name, next);
    await rm(join(folder, name));
    await writeFile(join(folder, next), content);
    return next;
  };
  await replace(js, ".js", script);
  const named = await replace(wasm, "_bg.wasm", first);
  await writeFile(join(folder, named.replace(/_bg\.wasm$/, "_later.wasm")), later);
  await writeFile(page, html);
  console.log(
    `split-wasm: ${parts.hot} functions at first (${first.length} bytes), ${parts.cold} when needed ` +
      `(${later.length} bytes), ${parts.stubs} ways from the one to the other`,
  );
}

const work = await mkdtemp(join(tmpdir(), "callchain-split-"));
try {
  await splitFolder(work);
} finally {
  await rm(work, { recursive: true, force: true });
}

// node scripts/split-wasm.mjs FOLDER: splits the WebAssembly of a release build into what the first picture needs, and
// the rest, which the page fetches when somebody begins to use it.
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
// Needs the npm packages, and CHROME_PATH to name a Chromium: scripts/after-build.sh does without it if they are missing.

import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { split } from "./split/parts.mjs";
import { functionsThatRun } from "./split/profile.mjs";
import { read } from "./split/text.mjs";
import * as tools from "./split/tools.mjs";

// Hot even if it did not run: what a click on "cut the link" sets off in the simulation must not wait for a server.
const ALWAYS_HOT = /^\$"?<?callchain::(sim|policy|scene)::/;

const folder = resolve(process.argv[2]);

/** Replaces the one module in `folder` by two, and the name of it in the page. */
async function splitFolder(work) {
  const wasm = (await readdir(folder)).filter((name) => name.endsWith("_bg.wasm"));
  if (wasm.length !== 1) throw new Error(`One WebAssembly module is expected in ${folder}, and there are ${wasm.length}.`);
  const at = (name) => join(work, name);

  tools.optimiseNamed(join(folder, wasm[0]), at("whole.wasm"));
  tools.disassemble(at("whole.wasm"), at("whole.wat"));
  const module = read(await readFile(at("whole.wat"), "utf8"));
  const ran = await functionsThatRun(module, folder, wasm[0]);
  const parts = split(module, (name) => ran.has(name) || ALWAYS_HOT.test(name));
  for (const part of ["first", "later"]) {
    await writeFile(at(`${part}.wat`), parts[part]);
    tools.assemble(at(`${part}.wat`), at(`${part}-large.wasm`));
    tools.optimise(at(`${part}-large.wasm`), at(`${part}.wasm`));
  }

  // Both names carry what the split came to, so that no cache pairs parts of two builds.
  const first = await readFile(at("first.wasm"));
  const later = await readFile(at("later.wasm"));
  const digest = createHash("sha256").update(first).update(later).digest("hex").slice(0, 12);
  const firstName = wasm[0].replace(/_bg\.wasm$/, `-${digest}_bg.wasm`);
  await writeFile(join(folder, firstName.replace(/_bg\.wasm$/, "_later.wasm")), later);
  await writeFile(join(folder, wasm[0]), first);
  await rename(join(folder, wasm[0]), join(folder, firstName));
  const page = join(folder, "index.html");
  const html = await readFile(page, "utf8");
  if (!html.includes(wasm[0])) throw new Error(`The page does not name ${wasm[0]}.`);
  await writeFile(page, html.replaceAll(wasm[0], firstName));
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

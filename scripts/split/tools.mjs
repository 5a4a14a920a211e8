// Binaryen's commands, with the WebAssembly features that rustc may use.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// Also in scripts/after-build.sh, which optimises without Node.js.
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-call-indirect-overlong",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

const command = (name) => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
const run = (name, ...args) => execFileSync(command(name), [...FEATURES, ...args], { stdio: ["ignore", "inherit", "inherit"] });

export const disassemble = (wasm, text) => run("wasm-dis", wasm, "--output", text);
export const assemble = (text, wasm) => run("wasm-as", text, "--output", wasm);
export const optimise = (from, to) => run("wasm-opt", "-Oz", from, "--output", to);
/** Keeps the names of functions, which tell what belongs to the first picture. */
export const optimiseNamed = (from, to) => run("wasm-opt", "-Oz", "--debuginfo", from, "--output", to);

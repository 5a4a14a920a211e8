// node scripts/licences.mjs: whether every dependency may be used under a licence that fits MIT OR Apache-2.0.
//
// Reads `cargo metadata` for the crates, on whatever platform they are used, and package-lock.json for the packages of
// Node.js. Of those only uPlot is shipped; the others are tools, which may also be under the Mozilla Public License.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ALLOWED = [
  "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unicode-3.0", "Zlib",
];
const ALLOWED_FOR_TOOLS = [...ALLOWED, "MPL-2.0"];
const SHIPPED = ["uplot"];
// Crates that run only while we build, each with its licence. base16 belongs to the macro of wasm_split_helpers.
const BUILD_ONLY = { base16: "CC0-1.0" };

/** Whether an SPDX expression can be met by allowed licences alone. Old crates write "/" for OR. */
export function isMet(expression, allowed = ALLOWED) {
  const tokens = (expression ?? "").replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (tokens[at] === "(") {
      at += 1;
      const inner = either();
      if (tokens[at++] !== ")") throw new Error(`"${expression}" is no licence expression`);
      return inner;
    }
    let licence = tokens[at++];
    if (licence === undefined || ["AND", "OR", "WITH", ")"].includes(licence)) {
      throw new Error(`"${expression}" is no licence expression`);
    }
    if (tokens[at] === "WITH") {
      licence += ` WITH ${tokens[at + 1]}`;
      at += 2;
    }
    return allowed.includes(licence);
  };
  const both = () => {
    let met = one();
    while (tokens[at] === "AND") {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const either = () => {
    let met = both();
    while (tokens[at] === "OR") {
      at += 1;
      met = both() || met;
    }
    return met;
  };
  const met = either();
  if (at !== tokens.length) throw new Error(`"${expression}" is no licence expression`);
  return met;
}

function crates() {
  const options = { encoding: "utf8", maxBuffer: 1 << 28 };
  const { packages } = JSON.parse(execFileSync("cargo", ["metadata", "--locked", "--format-version", "1"], options));
  return packages
    .filter(({ source }) => source !== null)
    .map(({ name, version, license }) => ({ name: `${name} ${version}`, license, allowed: [...ALLOWED, BUILD_ONLY[name]] }));
}

function nodePackages() {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version, license }]) => {
      const name = path.replace(/^.*node_modules\//, "");
      return { name: `${name} ${version}`, license, allowed: SHIPPED.includes(name) ? ALLOWED : ALLOWED_FOR_TOOLS };
    });
}

function main() {
  const dependencies = [...crates(), ...nodePackages()];
  const refused = dependencies.filter(({ license, allowed }) => !license || !isMet(license, allowed));
  for (const { name, license } of refused) console.log(`${name}: ${license ?? "no licence is stated"}`);
  console.log(`${dependencies.length} dependencies, ${refused.length} under a licence that does not fit`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();

// Makes two modules of one: the first has what is hot, the later one the rest.
//
// The two share the memory, the tables and the global variables, which the first exports and the later one imports.
// What the first needs of the later one goes through slots that are appended to the table of functions: a stub makes
// sure that the later module is there (it asks the page for it if not) and calls through the slot. What the later one
// needs of the first, and of the page, it imports from the first.
//
// Between the two: "app" is the first module, as the later one sees it; "later" "load" is the page's function that
// returns when the later module is there; "later_ready" tells that it is.

import { called, global, globalsOf, memory, named, table, write } from "./text.mjs";

const READY = "$later-ready";
const LOAD = "$later-load";
const SLOT = "$later-slot";
/** The table of functions, as the later module imports it. */
const TABLE_EXPORT = "later_table";

/** The texts of the two modules; `isHot` tells by name what the first one keeps, `data` are the later one's segments. */
export function split(module, isHot, data) {
  const functions = [...module.functions.values()];
  const hot = functions.filter(({ name }) => isHot(name));
  const cold = functions.filter(({ name }) => !isHot(name));
  const stubs = stubbed(module, hot, cold);
  const shared = sharedBy(module, cold, isHot);
  return {
    hot: hot.length,
    cold: cold.length,
    stubs: stubs.length,
    first: firstPart(module, hot, stubs, shared),
    later: laterPart(module, cold, stubs, shared, data),
  };
}

const of = (module, kind) => module.items.filter((item) => item.kind === kind);
const functionTable = (module) => of(module, "table").map(({ line }) => table(line)).find(({ type }) => type === "funcref");

/** The cold functions that something outside the later module refers to: these need a stub and a slot. */
function stubbed(module, hot, cold) {
  const needed = new Set(hot.flatMap((fn) => [...called(fn)]));
  for (const item of module.items) {
    if (["elem", "export", "start"].includes(item.kind)) for (const name of named(item)) needed.add(name);
  }
  return cold.filter(({ name }) => needed.has(name));
}

/** What the later module imports: functions and global variables, each with a short name of its own. */
function sharedBy(module, cold, isHot) {
  const own = new Set(cold.map(({ name }) => name));
  const functionNames = new Set(cold.flatMap((fn) => [...called(fn)]).filter((name) => !own.has(name)));
  const globals = new Set(cold.flatMap((fn) => [...globalsOf(fn)]));
  const functions = [...functionNames].map((name, i) => {
    const signature = module.functions.get(name)?.signature ?? module.imports.get(name);
    if (signature === undefined) throw new Error(`${name} is called and is not there.`);
    return { name, signature, as: `f${i.toString(36)}` };
  });
  return { functions, globals: [...globals].map((name, i) => ({ name, as: `g${i.toString(36)}` })) };
}

function stub({ lines, params, signature }, slot) {
  const header = lines[0];
  const values = params.map(({ param }) => `(local.get ${param})`).join(" ");
  return `${header}\n  (call_indirect $TABLE${signature} ${values} (call ${SLOT} (i32.const ${slot})))\n )`;
}

function firstPart(module, hot, stubs, shared) {
  const { name, size, most } = functionTable(module);
  const lines = [];
  const lastImport = module.items.findLastIndex(({ kind }) => kind === "import");
  module.items.forEach((item, i) => {
    const grown = `${size + stubs.length}${most === undefined ? "" : ` ${most + stubs.length}`}`;
    const isTable = item.kind === "table" && table(item.line).name === name;
    lines.push(isTable ? ` (table ${name} ${grown} funcref)` : item.line);
    if (i === lastImport) lines.push(` (import "later" "load" (func ${LOAD}))`);
  });
  lines.push(
    ` (global ${READY} (mut i32) (i32.const 0))`,
    ` (export "later_ready" (global ${READY}))`,
    ` (export "${TABLE_EXPORT}" (table ${name}))`,
    ...shared.functions.map(({ name, as }) => ` (export "${as}" (func ${name}))`),
    ...shared.globals.map(({ name, as }) => ` (export "${as}" (global ${name}))`),
    ` (func ${SLOT} (param $slot i32) (result i32)`,
    `  (if (i32.eqz (global.get ${READY})) (then (call ${LOAD})))`,
    "  (local.get $slot)",
    " )",
    hot.map((fn) => fn.lines),
    stubs.map((fn, i) => stub(fn, size + i).replace("$TABLE", name)),
  );
  return write(lines);
}

function laterPart(module, cold, stubs, shared, data) {
  const functions = functionTable(module);
  const tables = of(module, "table").map(({ line }) => table(line));
  const exported = new Map(of(module, "export").map((item) => [named(item)[0], item.line.match(/"([^"]*)"/)[1]]));
  const globals = new Map(of(module, "global").map(({ line }) => [global(line).name, global(line).type]));
  const store = memory(of(module, "memory")[0].line);
  const lines = [
    ...module.items.filter(({ kind }) => kind === "type" || kind === "rec").map(({ line }) => line),
    ` (import "app" "${exported.get(store.name)}" (memory ${store.name} ${store.limits}))`,
  ];
  for (const { name, size, type } of tables) {
    const as = name === functions.name ? TABLE_EXPORT : exported.get(name);
    if (as === undefined) throw new Error(`The table ${name} is not exported.`);
    const slots = name === functions.name ? size + stubs.length : size;
    lines.push(` (import "app" "${as}" (table ${name} ${slots} ${type}))`);
  }
  lines.push(
    ` (import "app" "later_ready" (global ${READY} (mut i32)))`,
    ...shared.globals.map(({ name, as }) => ` (import "app" "${as}" (global ${name} ${globals.get(name)}))`),
    ...shared.functions.map(({ name, signature, as }) => ` (import "app" "${as}" (func ${name}${signature}))`),
    ` (elem (table ${functions.name}) (i32.const ${functions.size}) func ${stubs.map(({ name }) => name).join(" ")})`,
    data,
    " (start $later-start)",
    ` (func $later-start\n  (global.set ${READY} (i32.const 1))\n )`,
    cold.map((fn) => fn.lines),
  );
  return write(lines);
}

// Reads WebAssembly text as Binaryen's wasm-dis writes it, as far as splitting a module needs it.
//
// Not a parser of the language: it relies on the regular layout of that tool (one space before what belongs to the
// module, " )" where a function ends) and stops with an error when the text looks different.

/** An identifier, plain or in quotes. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const FUNCTION = new RegExp(String.raw`^ \(func (${NAME})(.*)$`);
const IMPORT = new RegExp(String.raw`^ \(import ("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*") \(func (${NAME})(.*)\)\)$`);
const ITEM = /^ \((type|rec|import|global|memory|data|table|elem|export|start|tag)\b/;
const MENTION = new RegExp(String.raw`\((call|return_call|ref\.func) (${NAME})`, "g");
const GLOBAL = new RegExp(String.raw`^ \(global (${NAME}) (\(mut \w+\)|\w+) `);
const GLOBAL_USE = new RegExp(String.raw`\(global\.[gs]et (${NAME})`, "g");
const TABLE = new RegExp(String.raw`^ \(table (${NAME}) (\d+)( \d+)? (\w+)\)$`);
const MEMORY = new RegExp(String.raw`^ \(memory (${NAME}) ([^()]*)\)$`);

export const nameOf = (text) => text.match(new RegExp(NAME))[0];

/** What a module consists of. Everything but the functions is kept as lines of text, by kind. */
export function read(text) {
  const lines = text.trimEnd().split("\n");
  const module = { items: [], functions: new Map(), imports: new Map() };
  for (let i = 1; i < lines.length - 1; i++) {
    const line = lines[i];
    if (FUNCTION.test(line)) {
      const end = lines.indexOf(" )", i);
      if (end < 0) throw new Error(`This function has no end: ${line.slice(0, 200)}`);
      addFunction(module, lines.slice(i, end + 1));
      i = end;
    } else if (ITEM.test(line)) {
      const kind = line.match(ITEM)[1];
      module.items.push({ kind, line });
      const found = line.match(IMPORT);
      if (found) module.imports.set(found[3], found[4]);
      else if (kind === "import") throw new Error(`Only functions are expected as imports: ${line.slice(0, 200)}`);
    } else if (!line.startsWith(" ;;")) {
      throw new Error(`Line ${i + 1} of the WebAssembly text is not understood: ${line.slice(0, 200)}`);
    }
  }
  return module;
}

function addFunction(module, lines) {
  const [, name, rest] = lines[0].match(FUNCTION);
  let body = 1;
  while (lines[body].startsWith("  (local ")) body += 1;
  const params = [...rest.matchAll(/\(param (\$\S+) (\w+)\)/g)].map(([, param, type]) => ({ param, type }));
  const results = rest.match(/\(result ([^)]*)\)/)?.[1];
  const signature = (params.length ? ` (param ${params.map(({ type }) => type).join(" ")})` : "") +
    (results ? ` (result ${results})` : "");
  module.functions.set(name, { name, lines, body, params, signature });
}

/** The functions that a function calls by name. */
export function called(fn) {
  const names = new Set();
  for (const line of fn.lines) {
    for (const [, how, name] of line.matchAll(MENTION)) {
      if (how === "ref.func") throw new Error(`ref.func is not expected: ${fn.name}`);
      names.add(name);
    }
  }
  return names;
}

/** The global variables that a function uses. */
export function globalsOf(fn) {
  return new Set(fn.lines.flatMap((line) => [...line.matchAll(GLOBAL_USE)].map(([, name]) => name)));
}

/** The functions that an element segment or an export names. */
export function named(item) {
  const list = item.kind === "elem" ? item.line.slice(item.line.indexOf(" func ")) : item.line;
  return [...list.matchAll(new RegExp(NAME, "g"))].map(([name]) => name);
}

/** The name and the type of a global variable. */
export function global(line) {
  const [, name, type] = line.match(GLOBAL);
  return { name, type };
}

/** The name, size and type of a table. */
export function table(line) {
  const [, name, size, most, type] = line.match(TABLE);
  return { name, size: Number(size), most: most && Number(most), type };
}

/** The name and the limits of a memory. */
export function memory(line) {
  const [, name, limits] = line.match(MEMORY);
  return { name, limits };
}

/** The text of a module that consists of `lines`, which may be nested. */
export const write = (lines) => ["(module", lines.flat(2), ")", ""].flat().join("\n");

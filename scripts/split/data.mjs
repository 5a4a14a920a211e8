// Finds out which constant data the first part can do without.
//
// The linker tells (--emit-relocs) of each address in the code and in the data which object it was made from, and where
// each object lies. So what a function can read is known: the objects whose addresses it names, and those that these
// name. What only the later part can come by travels with it; whoever has an address of it got it from there.
//
// Data that can be changed stays in the first part. Formats: WebAssembly's tool conventions, Linking.md.

const LINKING = { SEGMENTS: 5, SYMBOLS: 8 };
const KIND = { DATA: 1, SECTION: 3 };
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;
const ADDRESS = { LEB: 3, SLEB: 4, I32: 5 };
/** Relocations that have an addend; the others do not occur in code for 32 bits without threads. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 21, 23]);

/**
 * How far from an object an address may lie that the optimiser made of one of the linker's: that of an element before
 * the first, say, to which an index that begins at a later one is added.
 */
const REACH = 256;

/** Shorter runs of bytes between two that travel later are not worth a segment of their own. */
const GAP = 12;

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  signed() {
    let value = 0;
    for (let shift = 0; ; ) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      shift += 7;
      if (byte < 128) return byte & 64 ? value - 2 ** shift : value;
    }
  }
  text() {
    const length = this.unsigned();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at).toString();
  }
  list(item) {
    return Array.from({ length: this.unsigned() }, () => item());
  }
}

function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const found = new Map();
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.unsigned();
    const [start, end] = [reader.at, reader.at + size];
    found.set(id === 0 ? reader.text() : id, { start, from: reader.at, end });
    reader.at = end;
  }
  return found;
}

/** The active segments of the data: where in memory, and where in the section. */
function segments(bytes, { start, from }) {
  const reader = new Reader(bytes, from);
  return reader.list(() => {
    if (reader.unsigned() !== 0 || reader.byte() !== 0x41) throw new Error("Only segments at fixed addresses are expected.");
    const address = reader.signed();
    reader.byte();
    const length = reader.unsigned();
    const offset = reader.at - start;
    reader.at += length;
    return { address, length, offset };
  });
}

function symbol(reader) {
  const [kind, flags] = [reader.byte(), reader.unsigned()];
  if (kind === KIND.SECTION) return { kind, section: reader.unsigned() };
  if (kind !== KIND.DATA) {
    reader.unsigned();
    if (!(flags & UNDEFINED) || flags & EXPLICIT_NAME) reader.text();
    return { kind };
  }
  const name = reader.text();
  if (flags & UNDEFINED) return { kind, name };
  return { kind, name, segment: reader.unsigned(), offset: reader.unsigned(), size: reader.unsigned() };
}

function linking(bytes, { from, end }) {
  const reader = new Reader(bytes, from);
  reader.unsigned();
  const found = { names: [], symbols: [] };
  while (reader.at < end) {
    const kind = reader.byte();
    const next = reader.unsigned() + reader.at;
    if (kind === LINKING.SYMBOLS) found.symbols = reader.list(() => symbol(reader));
    if (kind === LINKING.SEGMENTS) {
      found.names = reader.list(() => {
        const name = reader.text();
        reader.unsigned();
        reader.unsigned();
        return name;
      });
    }
    reader.at = next;
  }
  return found;
}

function relocations(bytes, { from }) {
  const reader = new Reader(bytes, from);
  reader.unsigned();
  return reader.list(() => {
    const [type, offset, index] = [reader.byte(), reader.unsigned(), reader.unsigned()];
    return { type, offset, index, addend: WITH_ADDEND.has(type) ? reader.signed() : 0 };
  });
}

const isAddress = ({ type }) => Object.values(ADDRESS).includes(type);

/** What the linker tells of the constant data in `bytes`, a module as it left the linker; nothing if it does not tell. */
function linked(bytes) {
  const found = sections(bytes);
  if (!found.has("linking") || !found.has("reloc.CODE") || !found.has("reloc.DATA")) return undefined;
  const { names, symbols } = linking(bytes, found.get("linking"));
  const parts = segments(bytes, found.get(11)).map((part, i) => ({ ...part, name: names[i] }));
  const objects = symbols.map(({ segment, offset, size }) => {
    const part = parts[segment];
    return part && { start: part.address + offset, end: part.address + offset + size, constant: part.name === ".rodata" };
  });
  const [code, data] = ["reloc.CODE", "reloc.DATA"].map((name) => relocations(bytes, found.get(name)).filter(isAddress));
  return { parts, objects, code, data };
}

/** For each address that the linker put into the code: the objects that were meant. */
function meant({ objects, code }) {
  const found = new Map();
  for (const { index, addend } of code) {
    const object = objects[index];
    if (!object) continue;
    const address = object.start + addend;
    found.set(address, (found.get(address) ?? new Set()).add(object));
  }
  return found;
}

/** For each object: those whose addresses it holds. */
function held({ parts, objects, data }) {
  const all = objects.filter(Boolean).sort((a, b) => a.start - b.start);
  const found = new Map();
  for (const { offset, index } of data) {
    const part = parts.find((part) => offset >= part.offset && offset < part.offset + part.length);
    const at = part.address + offset - part.offset;
    for (const object of all) {
      if (object.start > at) break;
      if (object.end > at && objects[index]) found.set(object, (found.get(object) ?? new Set()).add(objects[index]));
    }
  }
  return found;
}

/** The numbers in a line of text that may be addresses; the optimiser makes one number of two that are stored together. */
function addressesIn(line) {
  const narrow = [...line.matchAll(/(?:i32\.const |offset=)(-?\d+)/g)].map(([, digits]) => Number(digits));
  const wide = [...line.matchAll(/i64\.const (-?\d+)/g)].map(([, digits]) => BigInt.asUintN(64, BigInt(digits)));
  return narrow.concat(wide.flatMap((pair) => [Number(pair & 0xffffffffn), Number(pair >> 32n)]));
}

/** The objects that code of this text can come by, and all that these hold. */
function reached(link, lines) {
  const constants = link.objects.filter((object) => object?.constant);
  const [addresses, holds] = [meant(link), held(link)];
  // What can be changed may hold any address: it is taken to be reached.
  const found = new Set(link.objects.filter((object) => object && !object.constant));
  const [from, to] = [Math.min(...constants.map((o) => o.start)) - REACH, Math.max(...constants.map((o) => o.end)) + REACH];
  for (const line of lines) {
    for (const value of addressesIn(line)) {
      if (value < from || value >= to) continue;
      const near = () => constants.filter(({ start, end }) => start - REACH <= value && value < end + REACH);
      for (const object of addresses.get(value) ?? near()) found.add(object);
    }
  }
  for (const object of found) for (const other of holds.get(object) ?? []) found.add(other);
  return found;
}

const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
const DATA = /^ \(data (?:\$\S+ )?\(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)$/;

/** The address and the bytes of a data segment, given as text. */
function parse(line) {
  const [, address, text] = line.match(DATA) ?? [];
  if (text === undefined) throw new Error(`This data segment is not understood: ${line.slice(0, 200)}`);
  const bytes = text.split(/(\\[0-9a-fA-F]{2}|\\.)/).flatMap((piece, i) => {
    if (i % 2 === 0) return [...Buffer.from(piece)];
    return [ESCAPES[piece[1]] ?? Number.parseInt(piece.slice(1), 16)];
  });
  return { address: Number(address), bytes };
}

function written({ address, bytes }) {
  const text = bytes.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  return ` (data (i32.const ${address}) "${text}")`;
}

/** Runs of equal `kept` in a segment, each with its bytes; short runs of what is kept between others count as those. */
function laterRuns({ address, bytes }, kept) {
  const runs = [];
  for (let i = 0; i < bytes.length; i++) {
    if (kept[i]) continue;
    const last = runs.at(-1);
    if (last && i - last.end < GAP) last.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  return runs.map(({ start, end }) => ({ address: address + start, bytes: bytes.slice(start, end) }));
}

/**
 * Empties the data segments of `module` of what its functions `hot` cannot come by, and gives it as segments, as text.
 * `bytes` is the module as it left the linker.
 */
export function divideData(module, hot, bytes) {
  const link = linked(bytes);
  if (!link) return [];
  const globals = module.items.filter(({ kind }) => kind === "global").map(({ line }) => line);
  const lines = [...hot].flatMap((name) => module.functions.get(name).lines).concat(globals);
  const found = reached(link, lines);
  const cold = link.objects.filter((object) => object?.constant && !found.has(object));
  const later = [];
  for (const item of module.items.filter(({ kind }) => kind === "data")) {
    const segment = parse(item.line);
    const kept = new Uint8Array(segment.bytes.length).fill(1);
    const mark = (objects, value) => {
      for (const { start, end } of objects) {
        if (end > segment.address) kept.fill(value, Math.max(start - segment.address, 0), Math.max(end - segment.address, 0));
      }
    };
    mark(cold, 0);
    mark(found, 1);
    later.push(...laterRuns(segment, kept).map(written));
    item.line = written({ ...segment, bytes: segment.bytes.map((byte, i) => (kept[i] ? byte : 0)) });
  }
  return later;
}

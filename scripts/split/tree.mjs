// The body of a function as a tree, read from the lines that wasm-dis writes, and what is known of each instruction:
// which local variables are still needed after it, whether it is ever completed, and where control can go from it.

const HEAD = /^ *\(([\w.]+)/;
const LABEL = /\$[^\s()]+/g;
const LISTS = new Set(["block", "loop", "then", "else"]);

/** Instructions whose successor may not run although they ran. */
const LEAVES = new Set(["br", "br_if", "br_table", "return", "unreachable"]);
const NEVER_GOES_ON = new Set(["br", "br_table", "return", "unreachable"]);

const indent = (line) => line.length - line.trimStart().length;

/** The instructions of `lines`, each with the lines it came from. A list of statements has `list` set. */
export function parse(lines) {
  const root = { op: "body", children: [], list: true, line: "" };
  const open = [root];
  lines.forEach((line, i) => {
    if (line.trim() === ")") {
      open.pop().end = i + 1;
      return;
    }
    const op = line.match(HEAD)?.[1];
    if (!op) throw new Error(`This instruction is not understood: ${line}`);
    const node = { op, line, start: i, end: i + 1, children: [], list: LISTS.has(op) };
    open.at(-1).children.push(node);
    if (i + 1 < lines.length && indent(lines[i + 1]) > indent(line)) open.push(node);
  });
  if (open.length !== 1) throw new Error("The lines of a function do not end where its instructions do.");
  return root;
}

export const labels = (node) => node.line.match(LABEL) ?? [];
const isLocal = ({ op }) => op === "local.get" || op === "local.set" || op === "local.tee";

/** Calls `visit` for a node and all below it. */
export function walk(node, visit) {
  visit(node);
  for (const child of node.children) walk(child, visit);
}

/** The local variables that instructions mention, and those they write. */
export function localsOf(nodes) {
  const [mentioned, written] = [new Set(), new Set()];
  for (const top of nodes) {
    walk(top, (node) => {
      if (!isLocal(node)) return;
      mentioned.add(labels(node)[0]);
      if (node.op !== "local.get") written.add(labels(node)[0]);
    });
  }
  return { mentioned, written };
}

export function count(node) {
  node.count ??= 1 + node.children.reduce((sum, child) => sum + count(child), 0);
  return node.count;
}

/** Whether what follows an instruction may be skipped although the instruction was begun. */
export function mayLeave(node) {
  node.mayLeave ??= LEAVES.has(node.op) || node.children.some(mayLeave);
  return node.mayLeave;
}

/** Whether control leaves the instruction for anything but its successor: a label outside, or the caller. */
export function staysInside(top) {
  const inside = new Set();
  let stays = true;
  walk(top, (node) => {
    if (node.op === "block" || node.op === "loop") for (const label of labels(node)) inside.add(label);
    if (node.op === "return" || node.op.startsWith("return_call")) stays = false;
    if (node.op.startsWith("br") && labels(node).some((label) => !inside.has(label))) stays = false;
  });
  return stays;
}

/** Whether the instruction surely does not go on to its successor. */
export function neverGoesOn(node) {
  if (NEVER_GOES_ON.has(node.op)) return true;
  if (node.op === "if") {
    const [condition, ...arms] = node.children;
    return neverGoesOn(condition) || (arms.length === 2 && arms.every(neverGoesOn));
  }
  if (node.op === "block" && labels(node).length) {
    let isTarget = false;
    for (const child of node.children) {
      walk(child, (it) => (isTarget ||= it.op.startsWith("br") && labels(it).includes(labels(node)[0])));
    }
    if (isTarget) return false;
  }
  return node.children.some(neverGoesOn);
}

/**
 * Notes in each statement which local variables are needed after it (`after`), and before it (`before`), as bits.
 * The usual backward analysis; as it follows the structure, only loops have to be repeated until nothing changes.
 */
export function needs(root, bitOf) {
  const at = new Map();
  const list = (nodes, out) => nodes.reduceRight((live, node) => one(node, live), out);
  const targets = (node) => labels(node).reduce((live, label) => live | at.get(label), 0n);

  function flow(node, out) {
    const { op, children } = node;
    switch (op) {
      case "local.get":
        return out | bitOf(labels(node)[0]);
      case "local.set":
      case "local.tee":
        return list(children, out & ~bitOf(labels(node)[0]));
      case "block":
        for (const label of labels(node)) at.set(label, out);
        return list(children, out);
      case "loop":
        return loop(node, out);
      case "if": {
        const [condition, then, other] = children;
        return one(condition, one(then, out) | (other ? one(other, out) : out));
      }
      case "br":
      case "br_table":
        return list(children, targets(node));
      case "br_if":
        return list(children, out | targets(node));
      case "return":
      case "unreachable":
        return list(children, 0n);
      default:
        return list(children, out);
    }
  }

  function loop(node, out) {
    for (let before = 0n; ; ) {
      for (const label of labels(node)) at.set(label, before);
      const next = list(node.children, out) | before;
      if (next === before) return next;
      before = next;
    }
  }

  function one(node, out) {
    node.after = (node.after ?? 0n) | out;
    const before = flow(node, out);
    node.before = (node.before ?? 0n) | before;
    return before;
  }

  list(root.children, 0n);
}

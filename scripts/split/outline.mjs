// Makes functions of their own of what did not run within functions that did: the arms for errors, for what is not in
// the first scenario, for what is not selected. Large functions, into which the compiler has put many others, would
// else be needed at first as a whole.

import { count, localsOf, mayLeave, neverGoesOn, needs, parse, staysInside, walk } from "./tree.mjs";

/** Below so many instructions the call would be about as long as what it stands for. */
const LEAST = 8;
const PER_VALUE = 2;
/** More values than this are not given back. */
const MOST = 6;

/** Where to note that control came by: at the start of each list of statements, and after what may leave it. */
export function probes(root) {
  const places = [];
  walk(root, (node) => {
    if (!node.list) return;
    let fresh = true;
    for (const child of node.children) {
      if (fresh) places.push(child);
      fresh = mayLeave(child);
    }
  });
  return places;
}

/** Marks the statements that ran, given for each of `probes` whether it was passed. */
function markRan(root, places, passed) {
  const seen = new Map(places.map((node, i) => [node, passed[i]]));
  walk(root, (node) => {
    if (!node.list) return;
    let ran = false;
    for (const child of node.children) child.ran = ran = seen.get(child) ?? ran;
  });
}

/** The types of the parameters and local variables of a function, or nothing if it has others than plain ones. */
function typesOf(fn) {
  const types = new Map(fn.params.map(({ param, type }) => [param, type]));
  for (const line of fn.lines.slice(1, fn.body)) {
    const found = line.match(/^ {2}\(local (\S+) (\w+)\)$/);
    if (!found) return undefined;
    types.set(found[1], found[2]);
  }
  return types;
}

/** Runs of statements, nowhere passed, that can be moved out of the function. */
function candidates(root, hasResult) {
  const runs = [];
  const visit = (node, isValue) => {
    let run = [];
    const close = () => {
      if (run.length) runs.push(run);
      run = [];
    };
    node.children.forEach((child, i) => {
      // The last statement gives the value of the list, if it has one.
      const isLast = isValue && i === node.children.length - 1;
      if (node.list && !child.ran && !isLast && child.op !== "unreachable" && staysInside(child)) {
        run.push(child);
      } else {
        close();
        const typed = child.op === "then" || child.op === "else" ? node : child;
        visit(child, typed.line.includes("(result"));
      }
    });
    close();
  };
  visit(root, hasResult);
  return runs;
}

/** The function without what did not run, and the functions that were made of that. */
export function outline(fn, passed) {
  const root = parse(fn.lines.slice(fn.body, -1));
  markRan(root, probes(root), passed);
  const types = typesOf(fn);
  if (!types) return [fn];
  const names = [...types.keys()];
  const bits = new Map(names.map((name, i) => [name, 1n << BigInt(i)]));
  needs(root, (name) => bits.get(name));
  const body = fn.lines.slice(fn.body, -1);
  const made = [];
  for (const run of candidates(root, fn.signature.includes("(result"))) {
    const part = partOf(fn, run, body, types, bits, made.length);
    if (!part) continue;
    made.push(part.made);
    body.fill(undefined, run[0].start, run.at(-1).end);
    body[run[0].start] = part.call;
  }
  const lines = [...fn.lines.slice(0, fn.body), ...body.filter((line) => line !== undefined), " )"];
  return [{ ...fn, lines }, ...made];
}

/** A function made of `run`, and the call of it; nothing if that is not worth it. */
function partOf(fn, run, body, types, bits, number) {
  const { mentioned, written } = localsOf(run);
  const takes = [...mentioned].filter((name) => run[0].before & bits.get(name));
  const gives = [...written].filter((name) => run.at(-1).after & bits.get(name));
  const size = run.reduce((sum, node) => sum + count(node), 0);
  if (gives.length > MOST || size < LEAST + PER_VALUE * (takes.length + gives.length)) return undefined;
  const name = fn.name.endsWith('"') ? `${fn.name.slice(0, -1)} part ${number}"` : `${fn.name}-part-${number}`;
  const params = takes.map((param) => ({ param, type: types.get(param) }));
  const result = gives.length ? ` (result ${gives.map((local) => types.get(local)).join(" ")})` : "";
  const signature = (takes.length ? ` (param ${params.map(({ type }) => type).join(" ")})` : "") + result;
  const others = [...mentioned, ...gives].filter((it, i, all) => !takes.includes(it) && all.indexOf(it) === i);
  const lines = [
    ` (func ${name}${params.map(({ param, type }) => ` (param ${param} ${type})`).join("")}${result}`,
    ...others.map((local) => `  (local ${local} ${types.get(local)})`),
    ...body.slice(run[0].start, run.at(-1).end),
    ...gives.map((local) => `  (local.get ${local})`),
    " )",
  ];
  const call = `(call ${name} ${takes.map((local) => `(local.get ${local})`).join(" ")})`;
  // More than one value is taken from the stack, the last one first.
  const whole =
    gives.length === 1
      ? `(local.set ${gives[0]} ${call})`
      : [call, ...gives.toReversed().map((local) => `(local.set ${local})`)].join(" ");
  return {
    made: { name, lines, body: 1 + others.length, params, signature },
    call: run.some(neverGoesOn) ? `${whole} (unreachable)` : whole,
  };
}

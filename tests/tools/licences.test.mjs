import assert from "node:assert/strict";
import { test } from "node:test";
import { isMet } from "../../scripts/licences.mjs";

test("one of several licences is enough", () => {
  assert.ok(isMet("MIT OR GPL-3.0-only"));
  assert.ok(isMet("GPL-3.0-only/Apache-2.0"));
  assert.ok(!isMet("GPL-3.0-only OR AGPL-3.0-only"));
});

test("licences that apply together must all fit", () => {
  assert.ok(isMet("(MIT OR Apache-2.0) AND Unicode-3.0"));
  assert.ok(!isMet("MIT AND GPL-3.0-only"));
  assert.ok(isMet("MIT OR Apache-2.0 AND GPL-3.0-only"), "AND binds tighter than OR");
});

test("an exception is part of the licence", () => {
  assert.ok(isMet("Apache-2.0 WITH LLVM-exception"));
  assert.ok(!isMet("GPL-2.0-only WITH Classpath-exception-2.0"));
});

test("tools may be under the Mozilla Public License, crates may not", () => {
  assert.ok(!isMet("MPL-2.0"));
  assert.ok(isMet("MPL-2.0", ["MIT", "MPL-2.0"]));
});

test("a text that is no licence expression is an error", () => {
  for (const text of ["", "MIT OR", "(MIT", "MIT Apache-2.0", "OR"]) assert.throws(() => isMet(text), text);
});

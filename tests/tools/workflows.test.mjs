import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => [name, readFileSync(`${FOLDER}/${name}`, "utf8")]);

test("every step of ./check runs in exactly one job of the integration", () => {
  const steps = execFileSync("./check", ["--list"], { encoding: "utf8" }).trim().split("\n");
  const check = readFileSync(`${FOLDER}/check.yml`, "utf8");
  const inJobs = [...check.matchAll(/^ +(?:- run: \.ci\/run |steps: )([a-z][a-z0-9 -]*)$/gm)].flatMap(([, names]) => names.split(" "));
  assert.deepEqual(inJobs.sort(), steps.sort());
});

test("actions of others are pinned by digest, with their version beside it", () => {
  const action = readFileSync(".github/actions/set-up/action.yml", "utf8");
  const uses = [...workflows, ["set-up", action]].flatMap(([, text]) => [...text.matchAll(/uses: (.*)$/gm)].map(([, used]) => used));
  const others = uses.filter((used) => !used.startsWith("./"));
  assert.ok(others.length > 5);
  for (const used of others) assert.match(used, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

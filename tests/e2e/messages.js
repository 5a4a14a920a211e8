// The message files, as the tests of the page need them: which texts are English and not German.

import { readdir, readFile } from "node:fs/promises";

const folder = new URL("../../static/texts/", import.meta.url);

/** The values of all messages of a language by their ids, as Fluent writes them. */
export async function messages(language) {
  const all = new Map();
  for (const file of await readdir(new URL(`${language}/`, folder))) {
    let id;
    for (const line of (await readFile(new URL(`${language}/${file}`, folder), "utf8")).split("\n")) {
      const begin = line.match(/^([a-z][\w-]*) =(.*)$/);
      if (begin) [, id] = begin;
      if (begin) all.set(id, begin[2]);
      else if (/^[ }]/.test(line) && id) all.set(id, `${all.get(id)}\n${line}`);
      else id = undefined;
    }
  }
  return all;
}

/** The texts that a message can become: one, or one for each of its variants. */
function variants(value) {
  const of = [...value.matchAll(/^ *\*?\[[^\]]*\] ?(.*)$/gm)].map(([, text]) => text);
  return (of.length ? of : [value]).map((text) => text.replace(/\s+/g, " ").trim());
}

/** A pattern of a text on the page for any values; `undefined` if too little of it is text. */
function pattern(text) {
  const literals = text.split(/\{[^}]*\}/);
  if (!literals.some((literal) => /\p{L}{4}/u.test(literal))) return undefined;
  return new RegExp(`^${literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+")}$`, "u");
}

/** Patterns of the English texts that are not German ones. */
export async function onlyEnglish() {
  const [english, german] = [await messages("en"), await messages("de")];
  const known = new Set([...german.values()].flatMap(variants));
  const texts = [...english].filter(([id]) => !id.startsWith("cli-")).flatMap(([, value]) => variants(value));
  return texts.filter((text) => !known.has(text)).map(pattern).filter(Boolean);
}

/** Words that stand in English sentences only. */
const ENGLISH_WORDS = /(^|[^\p{L}-])(the|of|and|with|is|are|not|from|your|this|that|which|when|for|nobody|its|it|to|by|per|waits?|fails?|down)(?![\p{L}-])/iu;

/** The texts and names on a page that are English. */
export async function englishOn(page, patterns) {
  const texts = await page.evaluate(textsOfPage);
  const isEnglish = (text) => patterns.some((pattern) => pattern.test(text)) || ENGLISH_WORDS.test(text);
  return texts.filter(isEnglish);
}

/** All texts of a page, visible or read aloud. Names of other people's software stay as they are. */
function textsOfPage() {
  const found = new Set();
  const note = (text) => text?.trim() && found.add(text.replace(/\s+/g, " ").trim());
  const isSeen = (element) => element.checkVisibility?.() !== false && !element.closest("code, kbd, pre, textarea, noscript, [lang=en], a[target=_blank]");
  for (const element of document.querySelectorAll("html, body, body *")) {
    if (!isSeen(element) || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "aria-description"]) note(element.getAttribute(name));
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) note(node.data);
  }
  note(document.title);
  return [...found];
}

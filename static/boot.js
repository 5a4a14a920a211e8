// Starts the app: loads the module and the WebAssembly that the script element names, and says so if that fails.
// A file of its own, because the page's content security policy allows no inline script.

const script = document.querySelector("script[data-module][data-wasm]");

/** The few texts before the app is there, by language; the app has all others (static/texts, src/ui/language.rs). */
const TEXTS = {
  en: {
    loading: "Loading the playground…",
    missing: "Callchain could not be loaded. Reload the page to try again.",
    unsupported: "Callchain needs WebAssembly, which this browser does not have or has switched off.",
  },
  de: {
    loading: "Callchain wird geladen…",
    missing: "Callchain konnte nicht geladen werden. Lade die Seite neu, um es noch einmal zu versuchen.",
    unsupported: "Callchain braucht WebAssembly. Dieser Browser hat es nicht, oder es ist abgeschaltet.",
  },
};

/** The language of the page: `?lang=`, else the stored choice, else the first of the browser that has texts, else English. */
function chosenLanguage() {
  const tags = [new URLSearchParams(location.search).get("lang")];
  try {
    tags.push(localStorage.getItem("callchain.language"));
  } catch {
    // Storage may be forbidden: then there is no stored choice.
  }
  tags.push(...(navigator.languages ?? []));
  const languages = tags.map((tag) => tag?.toLowerCase().split(/[-_]/)[0]);
  return languages.find((language) => Object.hasOwn(TEXTS, language ?? "")) ?? "en";
}

const language = chosenLanguage();
document.documentElement.lang = language;
const texts = TEXTS[language];
document.querySelector(".boot-text")?.replaceChildren(texts.loading);

/** Says in the place of the app why it is not there. */
function sayWhyNot(text) {
  const message = document.createElement("p");
  message.className = "boot-problem";
  message.setAttribute("role", "alert");
  message.textContent = text;
  (document.getElementById("app") ?? document.body).replaceChildren(message);
}

/** Whether somebody chose another theme, other colours or less motion (src/ui/theme.rs). */
function hasChosenLooks() {
  try {
    return ["theme", "colours", "motion"].some((name) => localStorage.getItem(`callchain.${name}`));
  } catch {
    // Storage may be forbidden: then nothing was chosen.
    return false;
  }
}

/** Adds the styles that the first picture does without. */
function addLaterStyles() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "later.css" }));
}

async function start() {
  if (typeof WebAssembly !== "object") {
    sayWhyNot(texts.unsupported);
    return;
  }
  const looksFirst = hasChosenLooks();
  if (looksFirst) addLaterStyles();
  try {
    const { default: init } = await import(new URL(script.dataset.module, document.baseURI));
    await init({ module_or_path: new URL(script.dataset.wasm, document.baseURI) });
  } catch (problem) {
    sayWhyNot(texts.missing);
    throw problem;
  }
  if (!looksFirst) addLaterStyles();
}

await start();

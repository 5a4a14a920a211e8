// Starts the app: loads the module and the WebAssembly that the script element names, and says so if that fails.
// A file of its own, because the page's content security policy allows no inline script.
//
// A release has its WebAssembly in two parts (scripts/split-wasm.mjs): the first shows the playground and runs it, the
// later one has what somebody who begins to use it needs. It is fetched at the first sign of that. Should it be needed
// before it is there, then the call that needs it waits: WebAssembly cannot wait for a promise, so that the request
// has to be a synchronous one. A visit that opens a link, or comes back to what this tab had, has it before it begins.

const script = document.querySelector("script[data-module][data-wasm]");

/** The few texts before the app is there, by language; the app has all others (static/texts, src/ui/language.rs). */
const TEXTS = {
  en: {
    loading: "Loading the playground…",
    rest: "The rest of Callchain could not be loaded. Check your connection, then reload the page.",
    missing: "Callchain could not be loaded. Reload the page to try again.",
    unsupported: "Callchain needs WebAssembly, which this browser does not have or has switched off.",
  },
  de: {
    loading: "Callchain wird geladen…",
    rest: "Der Rest von Callchain konnte nicht geladen werden. Prüfe die Verbindung und lade die Seite neu.",
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
const SIGNS_OF_INTEREST = [
  "pointermove", "pointerdown", "touchstart", "wheel", "keydown", "focusin", "dragenter", "scroll", "selectionchange",
  "hashchange",
];

/** Calls back once, at the first sign of interest. */
function atFirstInterest(callback) {
  const begin = () => {
    for (const sign of SIGNS_OF_INTEREST) removeEventListener(sign, begin, true);
    callback();
  };
  for (const sign of SIGNS_OF_INTEREST) addEventListener(sign, begin, { capture: true, passive: true });
}

/** Whether there is a link to open, or something that this tab had before (src/ui/opening.rs). */
function opensSomething() {
  try {
    return /[#&]s=/.test(location.hash) || Boolean(sessionStorage.getItem("callchain.tab"));
  } catch {
    // Storage may be forbidden: then nothing was kept.
    return false;
  }
}

/** Says in the place of the app why it is not there. */
function sayWhyNot(text) {
  const message = document.createElement("p");
  message.className = "boot-problem";
  message.setAttribute("role", "alert");
  message.textContent = text;
  (document.getElementById("app") ?? document.body).replaceChildren(message);
}

/** The later part of the WebAssembly at `url`. `attach` is to be called with what the first part exports. */
function laterPart(url) {
  let first;
  // Instantiating puts its functions into the table of the first part, and sets the mark.
  const instantiate = (module) => first.later_ready.value || new WebAssembly.Instance(module, { app: first });

  /** Somebody begins to use the page, and what that needs is there. */
  function announce() {
    if (dispatchEvent(new Event("callchain:used", { cancelable: true }))) document.documentElement.dataset.used = "";
  }

  async function fetchAhead() {
    try {
      const response = await fetch(url);
      if (response.ok) instantiate(await WebAssembly.compile(await response.arrayBuffer()));
      if (first.later_ready.value) announce();
    } catch {
      // Not there yet: whoever needs it tries again, and says so if that fails.
    }
  }

  /** Returns when the later part is there. */
  function load() {
    try {
      const request = new XMLHttpRequest();
      // An address of its own, so that it does not wait in the browser's cache behind a request that is under way.
      request.open("GET", `${url}?now`, false);
      // A synchronous request gives only text. In this character set the low byte of each character is the byte sent.
      request.overrideMimeType("text/plain; charset=x-user-defined");
      request.send();
      if (request.status !== 200) throw new Error(`${url}: ${request.status} ${request.statusText}`);
      instantiate(new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255)));
      // Not now: the call that needs it is under way.
      setTimeout(announce);
    } catch (problem) {
      sayWhyNot(texts.rest);
      throw problem;
    }
  }

  async function attach(exports) {
    first = exports;
    if ("opens" in document.documentElement.dataset) return exports.later_ready ? fetchAhead() : announce();
    // A build that was not split has no such mark, and lacks nothing.
    atFirstInterest(exports.later_ready ? fetchAhead : announce);
  }

  return { attach, load };
}

/** Makes the two parts known to each other before the first one begins: the generated module has no place for that. */
function offer({ attach, load }) {
  for (const name of ["instantiateStreaming", "instantiate"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (source, imports) => {
      const result = await original.call(WebAssembly, source, { ...imports, later: { load } });
      await attach((result.instance ?? result).exports);
      return result;
    };
  }
}

/** Has the styles that nobody sees before they touch the page, or have chosen other looks (src/ui/theme.rs). */
function laterStyles() {
  const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "later.css" });
  const fetchThem = () => styles.isConnected || document.head.append(styles);
  atFirstInterest(fetchThem);
  try {
    if ("opens" in document.documentElement.dataset) fetchThem();
    else if (["theme", "colours", "motion"].some((name) => localStorage.getItem(`callchain.${name}`))) fetchThem();
  } catch {
    // Storage may be forbidden: then nothing else was chosen.
  }
}

async function start() {
  if (opensSomething()) document.documentElement.dataset.opens = "";
  laterStyles();
  if (typeof WebAssembly !== "object") {
    sayWhyNot(texts.unsupported);
    return;
  }
  try {
    const url = new URL(script.dataset.wasm, document.baseURI);
    offer(laterPart(url.href.replace(/_bg\.wasm$/, "_later.wasm")));
    const { default: init } = await import(new URL(script.dataset.module, document.baseURI));
    await init({ module_or_path: url });
  } catch (problem) {
    sayWhyNot(texts.missing);
    throw problem;
  }
}

await start();

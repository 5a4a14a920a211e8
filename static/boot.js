// Starts the app: loads the module and the WebAssembly that the script element names, and says so if that fails.
// A file of its own, because the page's content security policy allows no inline script.

const script = document.querySelector("script[data-module][data-wasm]");

/** Says in the place of the app why it is not there. */
function sayWhyNot(text) {
  const message = document.createElement("p");
  message.className = "boot-problem";
  message.setAttribute("role", "alert");
  message.textContent = text;
  (document.getElementById("app") ?? document.body).replaceChildren(message);
}

async function start() {
  if (typeof WebAssembly !== "object") {
    sayWhyNot("Callchain needs WebAssembly, and this browser has none, or has it switched off.");
    return;
  }
  try {
    const { default: init } = await import(new URL(script.dataset.module, document.baseURI));
    await init({ module_or_path: new URL(script.dataset.wasm, document.baseURI) });
  } catch (problem) {
    sayWhyNot("Callchain could not be loaded. Reload the page to try again.");
    throw problem;
  }
}

await start();

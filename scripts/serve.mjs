// A static web server for the checks: one folder, on 127.0.0.1, under a path of its own. It refuses everything else,
// and remembers what was asked for.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** The file that an address means, or nothing if it is none of the folder's. */
function fileOf(url, folder, base) {
  const { pathname } = new URL(url, "http://127.0.0.1");
  if (!pathname.startsWith(base)) return undefined;
  const path = normalize(decodeURIComponent(pathname.slice(base.length)) || "index.html");
  return path.startsWith("..") ? undefined : join(folder, path.endsWith("/") ? `${path}index.html` : path);
}

/**
 * Serves `folder` under each of `bases` ("/" or "/some/name/") until `close` is called.
 * `asked` lists the files that were sent, in order. With `compress` they are sent as the usual web server sends them.
 */
export async function serve(folder, bases = ["/"], { compress = false } = {}) {
  const asked = [];
  // The longest base that fits, so that "/" does not take what belongs to the others.
  const longestFirst = [...bases].sort((a, b) => b.length - a.length);
  const server = createServer(async (request, response) => {
    try {
      const base = longestFirst.find((it) => request.url.startsWith(it));
      const file = base && fileOf(request.url, folder, base);
      const body = await readFile(file);
      asked.push(file);
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      // As GitHub Pages has it: without that, a frame without an origin of its own would get no script.
      const headers = { "content-type": type, "access-control-allow-origin": "*" };
      if (compress) headers["content-encoding"] = "gzip";
      response.writeHead(200, headers).end(compress ? gzipSync(body) : body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, asked, close };
}

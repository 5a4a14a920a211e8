// Serves the release build for all tests, at the root and under a path as on a static host, and stops afterwards.

import { fileURLToPath } from "node:url";
import { serve } from "../../scripts/serve.mjs";

export const SUB_PATH = "/some/name/";

export default async function start() {
  const folder = fileURLToPath(new URL("../../dist", import.meta.url));
  const server = await serve(folder, ["/", SUB_PATH]);
  process.env.CALLCHAIN_ADDRESS = server.address;
  return server.close;
}

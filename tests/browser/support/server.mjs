// A small web server: the package under /assets/, whatever a test adds, and a strict policy on every answer.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The policy that the widget must live with. */
export const POLICY = "default-src 'self'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves `folders` (prefix to folder on disk) and `files` (path to text, bytes or { body, headers, status }).
 * Gives the origin, the list of requested paths, and how to close.
 */
export async function serve({ folders = {}, files = {}, policy = POLICY, types = {} } = {}) {
  const requests = [];
  const answer = async (path) => {
    if (path === "/favicon.ico") return { status: 204, body: "" };
    if (path in files) return typeof files[path] === "object" && "body" in files[path] ? files[path] : { body: files[path] };
    for (const [prefix, folder] of Object.entries(folders)) {
      if (!path.startsWith(prefix)) continue;
      const inside = normalize(path.slice(prefix.length)).replace(/^(\.\.[/\\])+/, "");
      try {
        return { body: await readFile(join(folder, inside)) };
      } catch {
        return { status: 404, body: "not found" };
      }
    }
    return { status: 404, body: "not found" };
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    const { body, headers = {}, status = 200 } = await answer(path);
    const type = { ...TYPES, ...types }[extname(path)] ?? "text/html; charset=utf-8";
    response.writeHead(status, { "content-type": type, "content-security-policy": policy, ...headers });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections?.()),
  };
}

/** The package and the tests' own files: what most tests serve. */
export const assets = { "/assets/": join(root, "wasm/pkg") };

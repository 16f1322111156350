import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The host stays as the browser sent it, so that the server finds the origin of a form to be its own.
const backend = { target: process.env.CUESET_BACKEND ?? "http://127.0.0.1:8000", changeOrigin: false };

/** Writes every text file compressed beside itself, which the server then sends as it lies. */
function precompressed(): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      const files = readdirSync(dir, { recursive: true, encoding: "utf8" });
      for (const name of files.filter((file) => /\.(js|css|svg)$/.test(file))) {
        const text = readFileSync(join(dir, name));
        if (text.length < 1024) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }));
        writeFileSync(
          join(dir, `${name}.br`),
          brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        );
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompressed()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": backend, "/media": backend } },
  build: { target: "es2022", chunkSizeWarningLimit: 600 },
  test: { environment: "jsdom", globals: true, setupFiles: ["src/shared/testing/setup.ts"] },
});

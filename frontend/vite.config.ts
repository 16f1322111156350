import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The host stays as the browser sent it, so that the server finds the origin of a form to be its own.
const backend = { target: process.env.CUESET_BACKEND ?? "http://127.0.0.1:8000", changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": backend, "/media": backend } },
  build: { target: "es2022", chunkSizeWarningLimit: 600 },
  test: { environment: "jsdom", globals: true, setupFiles: ["src/shared/testing/setup.ts"] },
});

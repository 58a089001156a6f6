// How the console is built: static files whose names carry a hash, each with a Brotli twin, and a list of its addresses for the server.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { firstSegments } from "./src/console/pages/registry.ts";

/** Where the build goes: the caller's folder when it builds aside to swap folders afterwards. */
const outDir = process.env["PRILAVOK_CONSOLE_OUT"] ?? join(import.meta.dirname, "dist", "console");

/** Files that are worth a Brotli twin. */
const TEXT = /\.(js|css|svg|json)$/;

/** Compresses what was written, and writes the first segments of the console's addresses. */
function serverSide(): Plugin {
  return {
    name: "prilavok-server-side",
    apply: "build",
    closeBundle() {
      const folder = join(outDir, "assets");
      for (const name of readdirSync(folder).filter((one) => TEXT.test(one))) {
        const text = readFileSync(join(folder, name));
        const options = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text, { params: options }));
      }
      writeFileSync(join(outDir, "addresses.json"), `${JSON.stringify(firstSegments())}\n`);
    },
  };
}

export default defineConfig({
  root: join(import.meta.dirname, "src", "console"),
  cacheDir: join(import.meta.dirname, ".tsbuild", "vite"),
  plugins: [react(), serverSide()],
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2022",
    // Styles and pictures stay files: the policy of content allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What most pages share travels as one file: forty small ones cost more in headers than they save.
        codeSplitting: { groups: [{ name: "shared", test: /./, minShareCount: 16 }] },
      },
      treeshake: { moduleSideEffects: (id) => !/\/src\/(contract|core)\//.test(id) },
    },
  },
});

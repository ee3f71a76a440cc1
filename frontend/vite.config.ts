import { defineConfig } from "vitest/config";

/** Builds hashed files that the integration serves from any folder; `script/build_frontend` says which one. */
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    manifest: "build.json",
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/panel.ts",
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});

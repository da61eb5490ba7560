import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The API that `npm run dev`-style work talks to; the built app is served by the API itself. */
const apiOrigin = process.env.COVERLINE_API ?? 'http://127.0.0.1:4400';

/**
 * write-excel-file packs larger sheets in a worker made from text, which the content security policy forbids. Ours is
 * in a worker already, so its other way of packing does.
 */
const packWorkbooksHere: Plugin = {
  name: 'pack-workbooks-here',
  load(id) {
    if (!/write-excel-file[\\/]modules[\\/]zip[\\/]zipToArrayBuffer\.js$/.test(id)) return null;
    return `import pack from './zipToArrayBufferSync.js';\nexport default async files => pack(files);\n`;
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  worker: { format: 'es', plugins: () => [packWorkbooksHere] },
  build: {
    outDir: here('../build/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would need `data:` in more of the content security policy than images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': apiOrigin } },
});

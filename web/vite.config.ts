import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The API that `npm run dev`-style work talks to; the built app is served by the API itself. */
const apiOrigin = process.env.COVERLINE_API ?? 'http://127.0.0.1:4400';

export default defineConfig({
  root: here('.'),
  plugins: [react()],
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

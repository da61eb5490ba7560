import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The schedule canvas on its own, with made-up people: for `npm run bench -- editor` and for looking at it. */
export default defineConfig({
  root: here('.'),
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: here('../../../build/story'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: { fs: { allow: [here('../../..')] } },
});

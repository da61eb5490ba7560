import { defineConfig } from 'vitest/config';

const node = (name: string, include: string[], timeoutMs = 30_000) => ({
  test: {
    name,
    include,
    environment: 'node',
    // Files of one worker share loaded modules: no test changes one, and loading is a third of the time.
    isolate: false,
    setupFiles: ['test/seed.ts'],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
  },
});

/** Files in a real browser. Each has its own server, port and data folder, so several can run at once. */
const browser = (name: string, test: object) => ({
  test: { name, environment: 'node', testTimeout: 240_000, hookTimeout: 240_000, ...test },
});

const FIRST_RUN = 'test/e2e/firstRun.test.ts';

/** One project per kind of test; `npm test` runs all but `e2e*`, which need the built app and a browser. */
export default defineConfig({
  test: {
    // By default one core is left idle, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      node(
        'unit',
        [
          'test/architecture/**/*.test.ts',
          'test/forecasting/**/*.test.ts',
          'test/docs/**/*.test.ts',
          'test/bench/**/*.test.ts',
        ],
        60_000,
      ),
      node('store', ['test/data/**/*.test.ts'], 60_000),
      node('http', ['test/api/**/*.test.ts'], 60_000),
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/seed.ts'],
          testTimeout: 30_000,
        },
      },
      // Counts its minutes: nothing of ours runs beside it.
      browser('e2e-first-run', { include: [FIRST_RUN], maxWorkers: 1, sequence: { groupOrder: 1 } }),
      browser('e2e', {
        include: ['test/e2e/**/*.test.ts'],
        exclude: [FIRST_RUN],
        maxWorkers: 2,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
});

// `npm start`: installs and builds what is stale, then serves the product until it is told to stop.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();
const { main } = await import(pathToFileURL(join(root, 'build', 'api', 'cli', 'main.js')).href);
process.exitCode = await main(['serve', ...process.argv.slice(2)]);

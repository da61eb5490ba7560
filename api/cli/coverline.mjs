#!/usr/bin/env node
import { join } from 'node:path';
// The `coverline` command: makes sure that the compiled program is there and current, then hands over to it.
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare({ web: false });
const { main } = await import(pathToFileURL(join(root, 'build', 'api', 'cli', 'main.js')).href);
process.exitCode = await main(process.argv.slice(2));

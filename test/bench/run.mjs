// `npm run bench -- NAME [options]`: compiles, then runs one benchmark by name. Without a name it lists them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from '../../api/cli/prepare.mjs';

const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'test', 'bench');
const names = readdirSync(folder)
  .filter(
    file =>
      file.endsWith('.ts') && /^export async function run\(/m.test(readFileSync(join(folder, file), 'utf8')),
  )
  .map(file => file.slice(0, -3));
if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [options]\nbenchmarks: ${names.join(', ')}\n`);
  process.exit(2);
}
prepare({ web: name === 'editor' });
const compiled = join(root, 'build', 'test', 'bench', `${name}.js`);
if (!existsSync(compiled)) {
  process.stderr.write(`benchmark "${name}" was not compiled; run "npm run build" and try again\n`);
  process.exit(2);
}
const { run } = await import(pathToFileURL(compiled).href);
process.exitCode = await run(args);

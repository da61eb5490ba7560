import { startServer } from '../../../api/server.ts';

// The service as a process of its own, to be killed. Arguments: JSON options; prints its address and the processor
// milliseconds that it took to get there.
const options: unknown = JSON.parse(process.argv[2] ?? '{}');
const server = await startServer({ logLevel: process.env.TEST_LOG ?? 'silent', ...Object(options) });
process.once('SIGTERM', () => {
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
const { user, system } = process.cpuUsage();
process.stdout.write(`${server.url === '' ? 'worker' : server.url} ${Math.round((user + system) / 1000)}\n`);

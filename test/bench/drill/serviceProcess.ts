import { startServer } from '../../../api/server.ts';

// The service as a process of its own, to be killed. Arguments: JSON options; prints its address as a line.
const options: unknown = JSON.parse(process.argv[2] ?? '{}');
const server = await startServer({ logLevel: process.env.TEST_LOG ?? 'silent', ...Object(options) });
process.stdout.write(`${server.url === '' ? 'worker' : server.url}\n`);
process.once('SIGTERM', () => {
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});

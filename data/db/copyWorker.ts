import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { copyDatabaseBlocking } from './copy.ts';

const { fromPath, toPath } = z.object({ fromPath: z.string(), toPath: z.string() }).parse(workerData);
copyDatabaseBlocking(fromPath, toPath);

import { getPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { yieldToAnswers } from '../../../data/db/thread.ts';

yieldToAnswers();
parentPort?.postMessage(getPriority());

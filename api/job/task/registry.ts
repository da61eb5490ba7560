import type { Task } from '../task.ts';

/** Every kind of long work. */
export const TASKS: ReadonlyMap<string, Task> = new Map<string, Task>([]);

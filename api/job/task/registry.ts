import type { Task } from '../task.ts';
import { backupTask } from './backup.ts';
import { forecastTask } from './forecast.ts';
import { importCheckTask, importCommitTask } from './import.ts';
import { requirementTask } from './requirement.ts';
import { sampleTask } from './sample.ts';
import { scheduleTask } from './schedule.ts';
import { simulationTask } from './simulation.ts';

/** Every kind of long work. */
export const TASKS: ReadonlyMap<string, Task> = new Map<string, Task>(
  [
    importCheckTask,
    importCommitTask,
    forecastTask,
    requirementTask,
    scheduleTask,
    simulationTask,
    sampleTask,
    backupTask,
  ].map(task => [task.kind, task]),
);

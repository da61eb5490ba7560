import type { operationRoutes } from '../../contract/operation.ts';
import { readBackups, startBackup } from '../../service/backups.ts';
import {
  auditTable,
  forecastTable,
  historyTable,
  requirementTable,
  scheduleTable,
} from '../../service/exportTables.ts';
import { readSettings, updateSettings } from '../../service/settings.ts';
import type { Handlers } from '../reply.ts';
import { tableReply } from '../tableReply.ts';

export const operationHandlers: Handlers<typeof operationRoutes> = {
  getSettings: ({ context }) => readSettings(context.environment.store.db),
  updateSettings: ({ context, body }) => updateSettings(context, body),
  listBackups: async ({ context }) => ({ items: await readBackups(context) }),
  startBackup: ({ context }) => startBackup(context),
  downloadHistory: async ({ context, query }) => tableReply(await historyTable(context, query), query.format),
  downloadForecast: async ({ context, query }) =>
    tableReply(await forecastTable(context, query.forecastId), query.format),
  downloadRequirement: async ({ context, query }) =>
    tableReply(await requirementTable(context, query.staffingPlanId), query.format),
  downloadSchedule: async ({ context, query }) =>
    tableReply(await scheduleTable(context, query.scheduleId), query.format),
  downloadAudit: async ({ context, query }) => tableReply(await auditTable(context, query), 'csv'),
};

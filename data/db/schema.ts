import type {
  AgentActualTable,
  DriverTable,
  DriverValueTable,
  FeltMeasureTable,
  HistoryFindingTable,
  ImportBatchTable,
  ImportReplacedTable,
  ImportTemplateTable,
  ImportUploadPieceTable,
  ImportUploadTable,
  IntervalHistoryTable,
} from './table/history.ts';
import type {
  ApiTokenTable,
  AuditEventTable,
  JobTable,
  LoginAttemptTable,
  RecoveryCodeTable,
  RoleAssignmentTable,
  SessionTable,
  UserAccountTable,
} from './table/identity.ts';
import type {
  CounterTable,
  QueueTable,
  SettingTable,
  SiteTable,
  SpecialDayTable,
} from './table/organisation.ts';
import type {
  AgentTable,
  IcalLinkTable,
  ShiftTemplateTable,
  SkillTable,
  TeamTable,
  TimeOffTable,
  WorkRuleSetTable,
} from './table/people.ts';
import type { ForecastLayerTable, ForecastTable, ScenarioTable, StaffingPlanTable } from './table/plan.ts';
import type {
  PublicationTable,
  ScheduleAgentWeekTable,
  ScheduleOperationTable,
  ScheduleTable,
} from './table/schedule.ts';

/**
 * Every table, in camel case (the columns are snake case). Portable types only: ids are text (UUID version 7),
 * instants are whole epoch seconds, civil dates are ISO text, flags are 0 or 1, JSON is text.
 */
export interface Database {
  counter: CounterTable;
  site: SiteTable;
  queue: QueueTable;
  specialDay: SpecialDayTable;
  setting: SettingTable;
  intervalHistory: IntervalHistoryTable;
  importBatch: ImportBatchTable;
  importReplaced: ImportReplacedTable;
  importTemplate: ImportTemplateTable;
  importUpload: ImportUploadTable;
  importUploadPiece: ImportUploadPieceTable;
  historyFinding: HistoryFindingTable;
  driver: DriverTable;
  driverValue: DriverValueTable;
  feltMeasure: FeltMeasureTable;
  agentActual: AgentActualTable;
  forecast: ForecastTable;
  forecastLayer: ForecastLayerTable;
  staffingPlan: StaffingPlanTable;
  scenario: ScenarioTable;
  team: TeamTable;
  skill: SkillTable;
  agent: AgentTable;
  shiftTemplate: ShiftTemplateTable;
  workRuleSet: WorkRuleSetTable;
  timeOff: TimeOffTable;
  icalLink: IcalLinkTable;
  schedule: ScheduleTable;
  scheduleAgentWeek: ScheduleAgentWeekTable;
  scheduleOperation: ScheduleOperationTable;
  publication: PublicationTable;
  userAccount: UserAccountTable;
  recoveryCode: RecoveryCodeTable;
  roleAssignment: RoleAssignmentTable;
  session: SessionTable;
  apiToken: ApiTokenTable;
  loginAttempt: LoginAttemptTable;
  auditEvent: AuditEventTable;
  job: JobTable;
}

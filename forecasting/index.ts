// The public surface of the pure domain, in the order in which the data travels.

// Calendar
export * from './calendar/grid.ts';
export * from './calendar/opening.ts';
export * from './calendar/time.ts';

// Random
export * from './calendar/random.ts';
export * from './calendar/variates.ts';

// History
export { type CleanOptions, type CleanResult, cleanHistory } from './history/cleanHistory.ts';
export { detectOpeningHours } from './history/detectOpeningHours.ts';
export { type DetectedStep, detectStep } from './history/detectStep.ts';
export type { HistoryAction, HistoryFinding, HistoryFindingKind } from './history/finding.ts';
export { type CallOptions, type CallOutcome, type CallRecord, seriesFromCalls } from './history/fromCalls.ts';
export { type HistoryRow, type RowOptions, type SeriesResult, seriesFromRows } from './history/fromRows.ts';
export { reaggregate } from './history/reaggregate.ts';
export * from './history/series.ts';

// Demand
export { type Accuracy, AccuracyTally, type Coverage, SCORED_QUANTILES } from './demand/accuracy.ts';
export {
  type BacktestOptions,
  type BacktestResult,
  backtest,
  type HorizonResult,
  type MethodAccuracy,
} from './demand/backtest.ts';
export {
  type CertificateHorizon,
  certificate,
  type ForecastCertificate,
  type Verdict,
} from './demand/certificate.ts';
export type { Driver } from './demand/drivers.ts';
export {
  applyLayers,
  type LayerChange,
  type LayerValue,
  layerValue,
  type OverrideLayer,
} from './demand/layers.ts';
export { mixedAht } from './demand/mix.ts';
export { noiseFloorWape } from './demand/noiseFloor.ts';
export { dayCorrelation, type ForecastNode, reconcile } from './demand/reconcile.ts';
export { type PathOptions, sampleJointPaths, samplePaths } from './demand/samplePaths.ts';
export { forecastQueue } from './demand/forecastQueue.ts';
export type {
  AhtBand,
  Band,
  BandValue,
  DayForecast,
  DriverFactor,
  Explanation,
  ForecastOptions,
  MethodChoice,
  QueueForecast,
  TotalForecast,
  WeekForecast,
} from './demand/types.ts';

// Staffing
export { erlangB } from './staffing/erlangB.ts';
export {
  type Calibration,
  type CalibrationOptions,
  calibrateStaffing,
  type PastInterval,
  type PredictionError,
} from './staffing/calibration.ts';
export * from './staffing/deferredDeadline.ts';
export * from './staffing/deferredLevel.ts';
export { promiseOf, USUAL_FILL } from './staffing/deferredQueue.ts';
export {
  type DeferredItem,
  type DeferredPlan,
  type DeferredStep,
  type ItemAtRisk,
  limitOpenItems,
  planDeferred,
  spareSeconds,
} from './staffing/deferredWork.ts';
export { StaffingError, UnreachableGoalError } from './staffing/errors.ts';
export { evaluateQueue } from './staffing/evaluateQueue.ts';
export * from './staffing/evaluateSeries.ts';
export * from './staffing/load.ts';
export type {
  DeterministicPatience,
  EmpiricalPatience,
  ExponentialPatience,
  HyperexponentialPatience,
  LognormalPatience,
  Patience,
  WeibullPatience,
} from './staffing/patience.ts';
export * from './staffing/offeredLoad.ts';
export * from './staffing/patienceCurve.ts';
export {
  checkPatience,
  fitPatience,
  fitPatienceFromTotals,
  type PatienceEstimate,
  type PatienceWarning,
  type PooledPatience,
  poolPatience,
  type WaitLog,
  type WaitTotals,
} from './staffing/patienceFit.ts';
export * from './staffing/periodRisk.ts';
export * from './staffing/queueRequirement.ts';
export * from './staffing/rateRisk.ts';
export * from './staffing/volumeRisk.ts';
export { type Requirement, requiredAgents, requiredAgentsReal } from './staffing/requiredAgents.ts';
export * from './staffing/requiredSeries.ts';
export * from './staffing/shrinkage.ts';
export { waitQuantile } from './staffing/waitQuantile.ts';

// Simulation
export * from './simulation/callLog.ts';
export * from './simulation/centreModel.ts';
export * from './simulation/crossTraining.ts';
export type { Estimate } from './simulation/estimate.ts';
export type { ServiceLaw } from './simulation/law.ts';
export type { QueuePerformance } from './simulation/performance.ts';
export * from './simulation/planModel.ts';
export * from './simulation/quickPath.ts';
export type { ReplicationOptions, ReplicationOutcome } from './simulation/replicate.ts';
export * from './simulation/requiredSkillMix.ts';
export {
  type CentreQueuePerformance,
  type CentreSimulationOptions,
  type SimulatedCentre,
  simulateCentre,
} from './simulation/simulateCentre.ts';
export * from './simulation/simulatePlan.ts';
export * from './simulation/simulateQueue.ts';
export {
  type SkillGroup,
  type SkillMixOptions,
  type SkillMixPerformance,
  type SkillQueue,
  type SkillQueueResult,
  simulateSkillMix,
} from './simulation/skillMix.ts';
export type { TallyCounts } from './simulation/tally.ts';

// Scheduling
export * from './scheduling/conflicts.ts';
export {
  type ScheduleCoverage,
  coverage,
  type LicenceGap,
  type QueueCoverage,
} from './scheduling/coverage.ts';
export {
  type Affected,
  applyEdit,
  type EditOp,
  type EditResult,
} from './scheduling/edit.ts';
export {
  type CrewAnswer,
  type CrewBrief,
  type CrewOrder,
  CrewSearch,
  type SearchCrew,
} from './scheduling/crew.ts';
export * from './scheduling/editSession.ts';
export * from './scheduling/evaluate.ts';
export {
  type Alternative,
  explainAgentConflict,
  explainShift,
  type RulePrice,
  rulePrices,
  type ShiftExplanation,
} from './scheduling/explain.ts';
export * from './scheduling/generate.ts';
export type { GenerateOptions, ScheduleProgress } from './scheduling/generateOptions.ts';
export * from './scheduling/intervalCost.ts';
export { ledgerOf } from './scheduling/ledger.ts';
export * from './scheduling/highsSolver.ts';
export * from './scheduling/linearSolver.ts';
export * from './scheduling/offers.ts';
export * from './scheduling/problem.ts';
export * from './scheduling/reoptimise.ts';
export * from './scheduling/ruleSet.ts';
export { findRule, RULES } from './scheduling/rules/registry.ts';
export type { ParameterSpec, ParameterValue, WorkRule } from './scheduling/rules/rule.ts';
export * from './scheduling/schedule.ts';
export * from './scheduling/selfService.ts';
export * from './scheduling/serviceCost.ts';
export {
  type DesignedShift,
  type DesignOptions,
  designShifts,
  type ShiftDesign,
} from './scheduling/shiftDesign.ts';
export * from './scheduling/starterSet.ts';
export * from './scheduling/uncovered.ts';
export * from './scheduling/validateProblem.ts';

// Rostering
export {
  DAY_OFF,
  type RosterAgent,
  type RosterAssignment,
  type RosterCarryOver,
  type RosterCover,
  type RosterProblem,
  type RosterRequest,
  type RosterShiftType,
  validateRosterProblem,
} from './scheduling/roster/problem.ts';
export {
  type RosterProgress,
  type RosterSolution,
  type SolveRosterOptions,
  solveRoster,
} from './scheduling/roster/solveRoster.ts';

// Capacity
export { type BandDraws, drawBand } from './capacity/bandDraws.ts';
export {
  type CallsToPlay,
  type Confirmation,
  type ConfirmedScenario,
  confirmScenario,
} from './capacity/confirmScenario.ts';
export type { ForecastScatter } from './capacity/dayFactor.ts';
export * from './capacity/demandOfMonths.ts';
export * from './capacity/headcount.ts';
export * from './capacity/levers.ts';
export {
  type AgentColumn,
  computeScenario,
  planAgents,
  type QueueOutcome,
  type ScenarioOutcome,
  type ScenarioTotals,
} from './capacity/scenario.ts';
export {
  type Range,
  type ScenarioBand,
  scenarioBand,
} from './capacity/scenarioBand.ts';
export {
  type CampaignEffect,
  campaignEffect,
  leveredDemand,
  type ScenarioDemand,
} from './capacity/scenarioDemand.ts';
export * from './capacity/sensitivity.ts';

// Intraday
export { DayBoard, type DayQueue, type Outlook, type RunningDay } from './intraday/dayBoard.ts';
export { type DayMove, type DayMoveKind, dayMoves } from './intraday/dayMoves.ts';
export { type DayReforecast, reforecastDay } from './intraday/reforecastDay.ts';
export { learnUpdateRule, type UpdateRule, type UpdateRuleOptions } from './intraday/updateRule.ts';

// Review
export * from './review/actuals.ts';
export * from './review/adherence.ts';
export * from './review/attainment.ts';
export * from './review/definitions.ts';
export * from './review/fairness.ts';
export * from './review/money.ts';
export * from './review/overrideEffect.ts';
export * from './review/planActual.ts';
export * from './review/relation.ts';
export * from './review/shapley.ts';
export * from './review/standards.ts';
export * from './review/whyMissed.ts';

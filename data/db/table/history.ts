import type { Flag } from '../codec.ts';

export interface IntervalHistoryTable {
  queueNumber: number;
  start: number;
  offered: number | null;
  handled: number | null;
  abandoned: number | null;
  shortAbandoned: number | null;
  answeredWithin: number | null;
  talkSeconds: number | null;
  holdSeconds: number | null;
  wrapSeconds: number | null;
  handleSeconds: number | null;
  answerWaitSeconds: number | null;
  abandonWaitSeconds: number | null;
  batchNumber: number;
}

export interface ImportReplacedTable {
  batchNumber: number;
  queueNumber: number;
  start: number;
  offered: number | null;
  handled: number | null;
  abandoned: number | null;
  shortAbandoned: number | null;
  answeredWithin: number | null;
  talkSeconds: number | null;
  holdSeconds: number | null;
  wrapSeconds: number | null;
  handleSeconds: number | null;
  answerWaitSeconds: number | null;
  abandonWaitSeconds: number | null;
  previousBatchNumber: number;
}

export interface ImportBatchTable {
  id: string;
  number: number;
  siteId: string;
  source: string;
  fileName: string | null;
  format: string;
  contentHash: string;
  mapping: string;
  report: string;
  rangesJson: string;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsRejected: number;
  status: string;
  createdBy: string | null;
  createdAt: number;
  undoneBy: string | null;
  undoneAt: number | null;
}

export interface ImportTemplateTable {
  id: string;
  siteId: string;
  name: string;
  headerFingerprint: string;
  mapping: string;
  createdBy: string | null;
  createdAt: number;
}

export interface ImportUploadTable {
  id: string;
  siteId: string;
  fileName: string;
  bytes: number | null;
  mapping: string | null;
  report: string | null;
  createdBy: string;
  createdAt: number;
}

export interface ImportUploadPieceTable {
  uploadId: string;
  ordinal: number;
  content: Uint8Array;
}

export interface HistoryFindingTable {
  id: string;
  siteId: string;
  queueId: string;
  kind: string;
  fromEpochSeconds: number;
  toEpochSeconds: number;
  decision: string;
  replacement: string | null;
  note: string | null;
  decidedBy: string | null;
  decidedAt: number;
}

export interface DriverTable {
  id: string;
  siteId: string;
  queueId: string | null;
  name: string;
  unit: string;
  createdAt: number;
}

export interface DriverValueTable {
  driverId: string;
  date: string;
  value: number;
  known: Flag;
}

export interface FeltMeasureTable {
  siteId: string;
  queueId: string;
  measure: string;
  date: string;
  toDate: string;
  value: number;
  answers: number | null;
  batchId: string | null;
}

export interface AgentActualTable {
  agentNumber: number;
  start: number;
  scheduledSeconds: number;
  loggedInSeconds: number;
  handlingSeconds: number;
  adherentSeconds: number;
}

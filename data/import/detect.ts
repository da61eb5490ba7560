import {
  acceptance,
  detectAggregate,
  detectDateOrder,
  detectDurationUnit,
  detectSerial,
  looksLikeTimeOfDay,
  numbersOf,
} from './content.ts';
import { FIELDS, type Field, fieldInfo } from './field.ts';
import { type GuardReason, guardHeader, guardValues } from './guard.ts';
import { detectLayout, type Layout, layoutOf } from './layout.ts';
import type { ColumnMapping, ImportMapping } from './mapping.ts';
import { matchPreset } from './matchPreset.ts';
import type { ImportPreset, PresetColumn } from './preset.ts';
import { fits, Sample } from './sample.ts';
import { detectFileKind, StrictDecoder, type TextEncoding } from './text/encoding.ts';
import { isTotal } from './total.ts';
import { readDateTime } from './value/dateTime.ts';

/** How sure a suggestion is: `sure` by a preset, `likely` by name and content, `guess` by one of them. */
export type Confidence = 'sure' | 'likely' | 'guess';

/** One column of the file and what is suggested for it. */
export interface DetectedColumn {
  readonly index: number;
  readonly name: string;
  /** undefined = nothing fits; the column will be ignored. */
  readonly suggestion?: ColumnMapping & { readonly confidence: Confidence };
  /** Set when the column looks like patient data: it is dropped, and its values are not shown. */
  readonly guarded?: GuardReason;
}

/** What a file seems to be, before anything of it is stored. */
export interface DetectedImport {
  readonly preset: string;
  readonly presetTitle: string;
  readonly columns: readonly DetectedColumn[];
  readonly mapping: ImportMapping;
  /** False when dates such as 03/04/2026 could be read both ways. */
  readonly dateOrderCertain: boolean;
  /** The first rows, for a preview; cells of guarded columns are null. */
  readonly preview: readonly (readonly (string | null)[])[];
  /** Names found in the queue column of the sample. */
  readonly queueNames: readonly string[];
}

/** A detected import, or why the file cannot be read. */
export type Detection =
  | { readonly kind: 'table'; readonly detected: DetectedImport }
  | { readonly kind: 'unreadable'; readonly reason: string };

const SAMPLE_ROWS = 1000;

/** Detects a text file from its first bytes (up to 1 MB); `isWhole` when that is all of it. */
export function detectText(head: Uint8Array, isWhole: boolean): Detection {
  const kind = detectFileKind(head);
  if (kind.kind === 'unreadable') return kind;
  if (kind.kind === 'xlsx')
    return { kind: 'unreadable', reason: 'this is an Excel workbook; read it as one' };
  const decoder = new StrictDecoder(kind.encoding);
  const text = decoder.write(head) + (isWhole ? decoder.end() : '');
  const layout = detectLayout(text, isWhole);
  if (!layout)
    return {
      kind: 'unreadable',
      reason: 'no table was found: no comma, semicolon, tab or bar separates at least two columns',
    };
  return detectTable(layout, kind.encoding);
}

/** Detects a spreadsheet from its first rows. */
export function detectRows(records: readonly (readonly string[])[]): Detection {
  return detectTable(layoutOf(records, ','), 'xlsx');
}

function detectTable(layout: Layout, encoding: TextEncoding | 'xlsx'): Detection {
  const rows = layout.rows.slice(0, SAMPLE_ROWS).filter(row => !row.some(isTotal));
  if (rows.length === 0) return { kind: 'unreadable', reason: 'the file has a header but no rows' };
  const sample = new Sample(layout, rows);
  const match = matchPreset(sample.keys);
  const suggestions = match ? fromPreset(sample, match.preset) : new Map();
  addByName(sample, suggestions);
  completeByContent(sample, suggestions);
  const columns = layout.headers.map((name, index): DetectedColumn => {
    const suggestion = suggestions.get(index);
    const isTime =
      suggestion !== undefined && ['dateTime', 'date', 'time'].includes(fieldInfo(suggestion.field).kind);
    const guarded = isTime
      ? guardHeader(name)
      : (guardHeader(name) ?? guardValues(sample.column(index), { isTime }));
    if (guarded !== undefined) return { index, name, guarded };
    return suggestion ? { index, name, suggestion } : { index, name };
  });
  return { kind: 'table', detected: assemble(sample, columns, match?.preset, encoding) };
}

type Suggestions = Map<number, ColumnMapping & { readonly confidence: Confidence }>;

function fromPreset(sample: Sample, preset: ImportPreset): Suggestions {
  const suggestions: Suggestions = new Map();
  const taken = new Set<Field>();
  sample.keys.forEach((key, index) => {
    const column: PresetColumn | undefined = Object.hasOwn(preset.columns, key)
      ? preset.columns[key]
      : undefined;
    if (!column || taken.has(column.field)) return;
    taken.add(column.field);
    suggestions.set(index, { index, ...column, confidence: 'sure' });
  });
  return suggestions;
}

/** What names tell of the columns that are still free: every one of them, or those that a preset does not know. */
function addByName(sample: Sample, suggestions: Suggestions): void {
  const taken = new Set([...suggestions.values()].map(({ field }) => field));
  const timed = taken.has('intervalStart') || taken.has('arrival') || taken.has('date');
  const calls = timed ? taken.has('arrival') : looksLikeCalls(sample.keys);
  for (const info of FIELDS) {
    if (info.of !== 'both' && info.of !== (calls ? 'calls' : 'intervals')) continue;
    if (taken.has(info.field) || (timed && ['dateTime', 'date', 'time'].includes(info.kind))) continue;
    const index = info.synonyms
      .map(synonym => sample.keys.indexOf(synonym))
      .find(found => found >= 0 && !suggestions.has(found) && fits(info.field, sample.column(found), sample));
    if (index === undefined) continue;
    suggestions.set(index, { index, field: info.field, confidence: 'likely' });
  }
  if (!timed) settleTime(sample, suggestions);
}

/** Rows of single calls have an arrival, or an outcome, and no column of interval counts. */
function looksLikeCalls(keys: readonly string[]): boolean {
  const names = (field: Field) => fieldInfo(field).synonyms;
  const has = (field: Field) => keys.some(key => names(field).includes(key));
  return has('arrival') && !has('offered') ? true : has('outcome') && !has('offered') && !has('handled');
}

/** An interval start that is only a date needs the time beside it; one that holds both makes a separate date needless. */
function settleTime(sample: Sample, suggestions: Suggestions): void {
  const at = (field: Field) => [...suggestions.values()].find(suggestion => suggestion.field === field);
  const start = at('intervalStart');
  const date = at('date');
  const time = at('time');
  if (!start) return;
  const startHasDate =
    acceptance(
      sample.column(start.index),
      cell => readDateTime(cell, 'dayFirst', 'text') ?? readDateTime(cell, 'monthFirst', 'text'),
    ) > 0.7 || detectSerial(sample.column(start.index)) !== 'text';
  const onlyTime = looksLikeTimeOfDay(sample.column(start.index)) && !startHasDate;
  if (onlyTime && date) {
    suggestions.set(start.index, { ...start, field: 'time' });
    if (time) suggestions.delete(time.index);
    return;
  }
  const onlyDate =
    startHasDate &&
    !sample.column(start.index).some(cell => cell.includes(':')) &&
    detectSerial(sample.column(start.index)) === 'text';
  if (onlyDate && time) {
    suggestions.set(start.index, { ...start, field: 'date' });
    if (date) suggestions.delete(date.index);
    return;
  }
  if (date) suggestions.delete(date.index);
  if (time) suggestions.delete(time.index);
}

/** What names leave open, values settle: the time column, the units, sums or means. */
function completeByContent(sample: Sample, suggestions: Suggestions): void {
  const has = (field: Field) => [...suggestions.values()].find(suggestion => suggestion.field === field);
  if (!has('intervalStart') && !has('arrival') && !(has('date') && has('time')))
    guessTime(sample, suggestions);
  if (!has('arrival') && !has('offered') && !has('handled')) guessOffered(sample, suggestions);
  const handled = sample.counts((has('handled') ?? has('offered'))?.index);
  for (const [index, suggestion] of suggestions) {
    const { kind } = fieldInfo(suggestion.field);
    const cells = sample.column(index);
    const header = sample.layout.headers[index] ?? '';
    if (kind === 'duration') {
      const single = has('arrival') !== undefined;
      const aggregate =
        suggestion.aggregate ?? (single ? 'total' : detectAggregate(header, cells, handled, sample.decimal));
      const counts = single ? cells.map(() => 1) : handled;
      const unit =
        suggestion.unit === 'seconds' && !/ms/i.test(header)
          ? detectIfHuge(header, cells, counts, sample, aggregate)
          : (suggestion.unit ??
            detectDurationUnit(header, cells, counts, { decimal: sample.decimal, aggregate }));
      suggestions.set(index, { ...suggestion, unit, aggregate });
    } else if (kind === 'share' && suggestion.share === undefined) {
      const share = numbersOf(cells, sample.decimal).some(value => value > 1.5) ? 'percent' : 'fraction';
      suggestions.set(index, { ...suggestion, share });
    }
  }
}

/** A preset says seconds; the same report set to milliseconds has values that cannot be seconds. */
function detectIfHuge(
  header: string,
  cells: readonly string[],
  counts: readonly (number | undefined)[],
  sample: Sample,
  aggregate: 'total' | 'mean',
) {
  const unit = detectDurationUnit(header, cells, counts, { decimal: sample.decimal, aggregate });
  return unit === 'milliseconds' ? unit : 'seconds';
}

function guessTime(sample: Sample, suggestions: Suggestions): void {
  for (let index = 0; index < sample.layout.headers.length; index++) {
    if (suggestions.has(index) || guardHeader(sample.layout.headers[index] ?? '')) continue;
    const cells = sample.column(index);
    const written = acceptance(cells, cell =>
      /\d/.test(cell) && /:/.test(cell)
        ? (readDateTime(cell, 'dayFirst', 'text') ?? readDateTime(cell, 'monthFirst', 'text'))
        : undefined,
    );
    if (written > 0.9) {
      suggestions.set(index, { index, field: 'intervalStart', confidence: 'guess' });
      return;
    }
  }
}

/** Without any header the first column of whole numbers after the time is taken for the volume. */
function guessOffered(sample: Sample, suggestions: Suggestions): void {
  for (let index = 0; index < sample.layout.headers.length; index++) {
    if (suggestions.has(index) || guardHeader(sample.layout.headers[index] ?? '')) continue;
    const cells = sample.column(index);
    const numbers = numbersOf(cells, sample.decimal);
    const counts =
      numbers.length > cells.length * 0.9 && numbers.every(value => Number.isInteger(value) && value >= 0);
    if (counts && new Set(numbers).size > 2) {
      suggestions.set(index, { index, field: 'offered', confidence: 'guess' });
      return;
    }
  }
}

function assemble(
  sample: Sample,
  columns: readonly DetectedColumn[],
  preset: ImportPreset | undefined,
  encoding: TextEncoding | 'xlsx',
): DetectedImport {
  const kept = columns.flatMap(column => (column.suggestion ? [column.suggestion] : []));
  const at = (field: Field) => kept.find(column => column.field === field)?.index;
  const timeColumn = at('intervalStart') ?? at('arrival') ?? at('date');
  const times = timeColumn === undefined ? [] : sample.column(timeColumn);
  const order = detectDateOrder(times);
  const queueColumn = at('queue');
  const calls = preset ? preset.rows === 'calls' : at('arrival') !== undefined;
  const mapping: ImportMapping = {
    preset: preset?.name ?? 'generic',
    rows: calls ? 'calls' : 'intervals',
    encoding,
    delimiter: sample.layout.delimiter,
    skipRows: sample.layout.skipRows,
    headerRows: sample.layout.headerRows,
    decimal: sample.decimal,
    dateOrder: order.order,
    serial: detectSerial(times),
    timeZone:
      preset?.utc === true ||
      (timeColumn !== undefined && /utc|gmt/i.test(sample.layout.headers[timeColumn] ?? ''))
        ? 'UTC'
        : null,
    stamp: 'start',
    stepSeconds: null,
    columns: kept.map(({ confidence: _, ...column }) => column),
    queueId: null,
    queueNames: {},
    allowedGuarded: [],
  };
  return {
    preset: mapping.preset,
    presetTitle: preset?.title ?? 'Columns matched by name and content',
    columns,
    mapping,
    dateOrderCertain: order.certain,
    preview: sample.preview(
      new Set(columns.filter(column => column.guarded !== undefined).map(column => column.index)),
    ),
    queueNames:
      queueColumn === undefined
        ? []
        : [
            ...new Set(
              sample
                .column(queueColumn)
                .map(cell => cell.trim())
                .filter(Boolean),
            ),
          ].slice(0, 200),
  };
}

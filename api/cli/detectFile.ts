import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { type DetectedImport, type Detection, detectRows, detectText } from '../../data/import/detect.ts';
import { PRESETS } from '../../data/import/preset.ts';
import type { Problem } from '../../data/import/problem.ts';
import { XlsxError, xlsxRecords } from '../../data/import/xlsx.ts';
import { CommandError } from './args.ts';
import { cannotRead } from './fileError.ts';

const HEAD_BYTES = 1 << 20;

/**
 * What a report of a telephone system or a table of any other origin seems to be.
 *
 * @throws CommandError when it cannot be read or holds no table.
 */
export async function detectFile(file: string): Promise<DetectedImport> {
  const detection = await detect(file);
  if (detection.kind === 'table') return detection.detected;
  throw new CommandError(`${file}: ${detection.reason}`);
}

async function detect(file: string): Promise<Detection> {
  if (isWorkbook(file)) return detectWorkbook(file);
  const { head, isWhole } = await readHead(file);
  const detection = detectText(head, isWhole);
  if (detection.kind === 'table' || !detection.reason.startsWith('no table')) return detection;
  const known = PRESETS.map(preset => preset.title).join('; ');
  return {
    ...detection,
    reason: `${detection.reason}. Known formats: ${known}; or any table with a time and a count`,
  };
}

async function detectWorkbook(file: string): Promise<Detection> {
  try {
    return detectRows(await xlsxRecords(createReadStream(file)));
  } catch (error) {
    if (error instanceof XlsxError) return { kind: 'unreadable', reason: error.message };
    throw cannotRead(file, error);
  }
}

/**
 * The first megabyte of a file, and whether that is all of it.
 *
 * @throws CommandError when it cannot be read.
 */
export async function readHead(
  file: string,
): Promise<{ readonly head: Uint8Array; readonly isWhole: boolean }> {
  const handle = await open(file).catch(error => {
    throw cannotRead(file, error);
  });
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    await handle.read(head, 0, head.length, 0);
    return { head, isWhole: size <= HEAD_BYTES };
  } catch (error) {
    throw cannotRead(file, error);
  } finally {
    await handle.close();
  }
}

/** Whether a file's name says that it is an Excel workbook. */
export function isWorkbook(file: string): boolean {
  return extname(file).toLowerCase() === '.xlsx';
}

/** A line per kind of problem: how many rows, what was expected, how to mend it, and where. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.map(problem => {
    const column = problem.column === null ? '' : `, column ${problem.column}`;
    const examples = problem.examples.slice(0, 3).map(({ line, found }) => `line ${line}: ${found}`);
    return `${problem.severity === 'error' ? 'Error' : 'Note'}: ${problem.rows} row(s)${column}: expected ${problem.expected}; ${problem.repair}. For example ${examples.join('; ')}`;
  });
}

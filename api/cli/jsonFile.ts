import { extname } from 'node:path';
import type { z } from 'zod';
import { CommandError } from './args.ts';
import { readText } from './csvFile.ts';

const MOST_ISSUES = 20;

export function isJsonFile(file: string): boolean {
  return extname(file).toLowerCase() === '.json';
}

/** @throws CommandError when the file cannot be read or is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${file} is not JSON: ${error.message}`);
    throw error;
  }
}

/**
 * Data of a file against a schema.
 *
 * @throws CommandError naming the file and every field that is wrong
 */
export function checked<Output>(file: string, schema: z.ZodType<Output>, data: unknown): Output {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const { issues } = result.error;
  const lines = issues
    .slice(0, MOST_ISSUES)
    .map(issue => `  ${issue.path.join('.') || 'file'}: ${issue.message}`);
  const more = issues.length - lines.length;
  throw new CommandError(`${file}:\n${lines.join('\n')}${more > 0 ? `\n  and ${more} more faults` : ''}`);
}

import { isTimeZone, type LocalDate, localDay, resolveWallClock } from '../../forecasting/index.ts';
import { CommandError, type CommandInput } from './args.ts';

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Whether a text is a time as Coverline writes them: year first, with or without an offset. */
export function isLocalTime(text: string): boolean {
  return LOCAL_TIME.test(text.trim());
}

/**
 * The zone of `--time-zone`.
 *
 * @throws CommandError when it is no IANA zone.
 */
export function readTimeZone(input: CommandInput): string {
  const timeZone = input.required('time-zone');
  if (isTimeZone(timeZone)) return timeZone;
  throw new CommandError(`--time-zone must be an IANA zone such as America/Chicago; found "${timeZone}"`, 2);
}

/** Turns local times into instants; the second time that a doubled hour's text comes it means the later run. */
export class LocalClock {
  readonly #timeZone: string;
  readonly #doubledSeen = new Set<string>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  instant(text: string, where: string): number {
    const match = LOCAL_TIME.exec(text.trim());
    if (!match) {
      throw new CommandError(
        `${where}: found "${text.slice(0, 40)}"; expected a time such as 2026-03-14 09:15`,
      );
    }
    const [, date = '', hour = '', minute = '', second = '0', offset] = match;
    if (offset !== undefined) return Math.floor(Date.parse(text.trim().replace(' ', 'T')) / 1000);
    const wallSeconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    return this.#resolve(date, wallSeconds, text.trim(), where);
  }

  #resolve(date: LocalDate, wallSeconds: number, text: string, where: string): number {
    let day: ReturnType<typeof localDay>;
    try {
      day = localDay(date, this.#timeZone);
    } catch {
      throw new CommandError(`${where}: "${date}" is not a date of the calendar`);
    }
    if (day.shifts.length === 0) return day.startEpochSeconds + wallSeconds;
    const resolved = resolveWallClock(day, wallSeconds);
    if (resolved.kind === 'unique') return resolved.epochSeconds;
    if (resolved.kind === 'missing') return resolved.nextEpochSeconds;
    const repeated = this.#doubledSeen.has(text);
    this.#doubledSeen.add(text);
    return repeated ? resolved.laterEpochSeconds : resolved.earlierEpochSeconds;
  }
}

/**
 * Reads an instant given as local time without offset, or with one.
 *
 * @throws CommandError naming the option.
 */
export function parseInstant(text: string, timeZone: string, option: string): number {
  const padded = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? `${text.trim()}T00:00` : text;
  return new LocalClock(timeZone).instant(padded, option);
}

import { type DestinationStream, type Logger, pino } from 'pino';

/** Fields that must never reach a log line, wherever they stand. */
const WITHHELD = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'secret',
  'code',
  'email',
  'name',
  'cookie',
  'authorization',
  'req.headers',
  'res.headers',
  'error.parameters',
  'error.detail',
];

/** The log of the program: JSON lines without personal data. `level` `silent` turns it off. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: errorFields },
    redact: { paths: WITHHELD, censor: '[withheld]' },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination(2));
}

/** An error's kind and place. Its message can quote data, so only the first line's kind and the stack frames stay. */
function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return {
    kind: error.name,
    code,
    message: withoutValues(error.message),
    stack: frames.slice(0, 12).join('\n'),
  };
}

/** Quoted parts of a message may be cell values or names. */
function withoutValues(message: string): string {
  return message.replace(/(["'`«“]).*?["'`»”]/g, '$1…$1').slice(0, 500);
}

import { isTimeZone } from '../../forecasting/calendar/time.ts';
import { Refusal } from './refusal.ts';

/** @throws Refusal unless the name is an IANA time zone that this machine knows. */
export function assertTimeZone(timeZone: string): void {
  if (!isTimeZone(timeZone)) {
    throw new Refusal('invalid', 'the time zone is not known; write it like America/Chicago');
  }
}

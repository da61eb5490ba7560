/**
 * One agent's shifts in order of start, as columns: what rules see, in the optimiser as in the evaluation.
 * Minutes count from the horizon's start and are negative in the past; days count local days from the
 * horizon's first = 0. Shifts `0 … firstIndex − 1` lie before the horizon and cannot be changed.
 */
export class AgentTimeline {
  count = 0;
  firstIndex = 0;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Local day on which the shift starts. */
  readonly day: Int32Array;
  /** Wall-clock minute at which the shift starts. */
  readonly startMinuteOfDay: Int32Array;
  readonly paid: Int32Array;
  /** Index into `SiteFacts.typeNames`; −1 for shifts without a template. */
  readonly type: Int32Array;
  /** Index into `SiteFacts.templateIds`; −1 for shifts without a template. */
  readonly template: Int32Array;

  constructor(capacity: number) {
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.day = new Int32Array(capacity);
    this.startMinuteOfDay = new Int32Array(capacity);
    this.paid = new Int32Array(capacity);
    this.type = new Int32Array(capacity);
    this.template = new Int32Array(capacity);
  }

  get capacity(): number {
    return this.start.length;
  }

  at(i: number): ShiftFacts {
    return {
      start: this.start[i]!,
      end: this.end[i]!,
      day: this.day[i]!,
      startMinuteOfDay: this.startMinuteOfDay[i]!,
      paid: this.paid[i]!,
      type: this.type[i]!,
      template: this.template[i]!,
    };
  }

  push(shift: ShiftFacts): void {
    const i = this.count;
    if (i >= this.capacity) throw new RangeError(`timeline holds at most ${this.capacity} shifts`);
    this.start[i] = shift.start;
    this.end[i] = shift.end;
    this.day[i] = shift.day;
    this.startMinuteOfDay[i] = shift.startMinuteOfDay;
    this.paid[i] = shift.paid;
    this.type[i] = shift.type;
    this.template[i] = shift.template;
    this.count = i + 1;
  }
}

/** One shift as a rule sees it; see `AgentTimeline` for the units. */
export interface ShiftFacts {
  readonly start: number;
  readonly end: number;
  readonly day: number;
  readonly startMinuteOfDay: number;
  readonly paid: number;
  readonly type: number;
  readonly template: number;
}

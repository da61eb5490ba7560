/** How an activity looks; its label says what it is. */
export type ActivityTone = 'work' | 'break' | 'lunch' | 'meeting' | 'off';

/** A stretch inside a shift that is not its main work. Instants are UTC epoch seconds. */
export interface GanttActivity {
  readonly tone: ActivityTone;
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export interface GanttShift {
  readonly id: string;
  readonly rowId: string;
  readonly start: number;
  readonly end: number;
  /** The main work, such as the queue or skill. */
  readonly label: string;
  readonly tone: ActivityTone;
  readonly activities: readonly GanttActivity[];
  /** The worst finding on the shift. */
  readonly finding?: 'hard' | 'soft';
  readonly locked?: boolean;
}

export interface GanttRow {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly paidHours: number;
  readonly contractHours: number | null;
  readonly findings: readonly { readonly hard: boolean; readonly text: string }[];
  /** When the agent is away, such as on holiday. */
  readonly away: readonly GanttAway[];
}

/** A stretch in which an agent cannot work. Instants are UTC epoch seconds. */
export interface GanttAway {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export type ShiftsByRow = ReadonlyMap<string, readonly GanttShift[]>;

/** What a hand or a key does to shifts; the editor above turns it into invertible operations. */
export type ShiftGesture =
  | {
      readonly kind: 'move';
      readonly ids: readonly string[];
      readonly deltaSeconds: number;
      /** Set when a single shift goes to another agent. */
      readonly toRowId: string | null;
      /** Breaks travel with the shift unless Alt holds them in place. */
      readonly carriesActivities: boolean;
    }
  | {
      readonly kind: 'resize';
      readonly id: string;
      readonly edge: 'start' | 'end';
      readonly at: number;
    }
  | { readonly kind: 'create'; readonly rowId: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'paint';
      readonly rowId: string;
      readonly start: number;
      readonly end: number;
      readonly brush: Brush;
    };

/** An activity that dragging puts into shifts instead of moving them. */
export interface Brush {
  readonly id: string;
  readonly tone: ActivityTone;
  readonly label: string;
}

/** What a command needs to know of the shift that it is about. */
export type PlacedShift = Pick<GanttShift, 'id' | 'rowId' | 'start' | 'end' | 'locked'>;

/** A place on the canvas where a menu opens; x and y count from the window's corner. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly rowId: string;
  readonly instant: number;
  readonly shift: PlacedShift | null;
}

/** Required and scheduled agents per interval, drawn over the rows. */
export interface StripCoverage {
  readonly start: number;
  readonly stepSeconds: number;
  readonly required: ArrayLike<number>;
  readonly scheduled: ArrayLike<number>;
}

/** Where the keyboard stands. */
export interface GridCursor {
  readonly row: number;
  readonly slot: number;
}

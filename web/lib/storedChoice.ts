const STORAGE_KEY = 'coverline.workplace';

/** What a browser remembers of its planner's work. */
export interface Choice {
  readonly siteId?: string;
  readonly queueId?: string;
  /** The week in hand of each site: one plans 2027 while the sample stands still. */
  readonly weeks: Readonly<Record<string, string>>;
}

export function storedChoice(): Choice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return { weeks: {} };
    const text = (holder: object, name: string): string | undefined => {
      const value: unknown = Reflect.get(holder, name);
      return typeof value === 'string' ? value : undefined;
    };
    const weeks: unknown = Reflect.get(stored, 'weeks');
    const [siteId, queueId] = [text(stored, 'siteId'), text(stored, 'queueId')];
    return {
      ...(siteId && { siteId }),
      ...(queueId && { queueId }),
      weeks:
        typeof weeks === 'object' && weeks !== null
          ? Object.fromEntries(
              Object.keys(weeks).flatMap(site => {
                const week = text(weeks, site);
                return week ? [[site, week]] : [];
              }),
            )
          : {},
    };
  } catch {
    return { weeks: {} };
  }
}

export function storeChoice(choice: Choice): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(choice));
}

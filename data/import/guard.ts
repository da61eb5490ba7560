/** Why a column looks like patient data. */
export type GuardReason =
  | 'person name'
  | 'phone number'
  | 'e-mail address'
  | 'record number'
  | 'birth date'
  | 'social security number'
  | 'postal address'
  | 'diagnosis'
  | 'free text';

const HEADERS: readonly (readonly [pattern: RegExp, reason: GuardReason])[] = [
  [
    /\b(mrn|medical record|record number|record no|patient (id|no|number|num)|chart (no|number)|member (id|no|number)|subscriber id|account (no|number)|encounter|visit (id|no|number)|csn|empi|nhs (no|number)|insurance (id|no|number)|policy (no|number))\b/,
    'record number',
  ],
  [/\b(dob|d o b|birth|birthdate|birthday|date of birth|geburtsdatum)\b/, 'birth date'],
  [/\b(ssn|social security|social sec)\b/, 'social security number'],
  [
    /\b(phone|telephone|tel|mobile|cell (no|number|phone)|ani|cli|caller id|callerid|caller number|calling number|calling party|from number|dialed from|originator|msisdn|callback number|customer endpoint|remote number|telefon)\b/,
    'phone number',
  ],
  [/\b(e ?mail|email address)\b/, 'e-mail address'],
  [
    /\b(patient|caller|customer|member|subscriber|guarantor|contact|guardian)( full| first| last)? ?name\b|\b(first|last|given|family|middle|maiden|full) ?name\b|\bsurname\b|\bpatient\b|\bnachname\b|\bvorname\b/,
    'person name',
  ],
  [/\b(street|address|addr|zip|zipcode|postcode|postal code|city of residence)\b/, 'postal address'],
  [
    /\b(diagnosis|diagnos|icd ?(9|10)?|cpt|condition|symptom|reason for (call|visit)|chief complaint|medication|prescription|allerg\w*)\b/,
    'diagnosis',
  ],
  [
    /\b(note|notes|comment|comments|remark|remarks|free text|transcript|description|memo|summary text|verbatim)\b/,
    'free text',
  ],
];

/** Whether a header names patient data. */
export function guardHeader(header: string): GuardReason | undefined {
  const words = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return HEADERS.find(([pattern]) => pattern.test(words))?.[1];
}

const SSN = /^\d{3}-\d{2}-\d{4}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;
const FORMATTED_PHONE =
  /^(\+?\d{1,3}[\s.-]?)?(\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}(\s*(x|ext)\.?\s*\d+)?$|^\+\d{10,15}$|^(tel|sip):\+?\d{7,15}/i;
const BARE_PHONE = /^1?[2-9]\d{2}[2-9]\d{6}$/;
const ICD10 = /^[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}$/;
const NAME =
  /^(\p{Lu}[\p{L}'’-]+,\s?\p{Lu}[\p{L}'’-]+(\s\p{Lu}\.?)?|\p{Lu}[\p{L}'’-]+\s(\p{Lu}\.?\s)?\p{Lu}[\p{L}'’-]+)$/u;
const OLD_DATE = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/;

/** A share of this size of telling values makes a column suspect. */
const TELLING_SHARE = 0.01;

/**
 * Whether the values of a column look like patient data, whatever its header says.
 * `isTime` and `isCount` columns are known to hold times and counts, whose digits would look like numbers of other kinds.
 */
export function guardValues(
  values: readonly string[],
  known: { readonly isTime: boolean },
): GuardReason | undefined {
  const filled = values.map(value => value.trim()).filter(value => value !== '');
  if (filled.length === 0) return undefined;
  const share = (pattern: RegExp) => filled.filter(value => pattern.test(value)).length / filled.length;
  if (share(SSN) >= TELLING_SHARE) return 'social security number';
  if (share(EMAIL) >= TELLING_SHARE) return 'e-mail address';
  if (share(FORMATTED_PHONE) >= TELLING_SHARE) return 'phone number';
  // Ten bare digits may also be epoch seconds; only a column full of them that is no time is taken for numbers of people.
  if (!known.isTime && share(BARE_PHONE) >= 0.5 && !looksLikeEpoch(filled)) return 'phone number';
  if (share(ICD10) >= TELLING_SHARE) return 'diagnosis';
  if (!known.isTime && looksLikeBirthDates(filled)) return 'birth date';
  return looksLikeNames(filled) ? 'person name' : undefined;
}

function looksLikeEpoch(values: readonly string[]): boolean {
  const numbers = values.filter(value => /^\d{10}$/.test(value)).map(Number);
  if (numbers.length < values.length * 0.9) return false;
  // Starts of intervals lie on whole minutes; telephone numbers do not.
  return numbers.every(value => value >= 631_152_000 && value < 2_524_608_000 && value % 60 === 0);
}

function looksLikeBirthDates(values: readonly string[]): boolean {
  const years = values.filter(value => OLD_DATE.test(value)).map(value => Number(/\d{4}/.exec(value)?.[0]));
  if (years.length < values.length * 0.5 || years.length < 5) return false;
  const spread = Math.max(...years) - Math.min(...years);
  return spread >= 20 && years.filter(year => year < 2000).length >= years.length * 0.2;
}

/** Names of people are many and differ; names of queues are few. */
function looksLikeNames(values: readonly string[]): boolean {
  const names = values.filter(value => NAME.test(value));
  if (names.length < values.length * 0.6) return false;
  const distinct = new Set(names).size;
  return distinct >= 10 && distinct > names.length * 0.3;
}

/**
 * A value as an error may quote it: only digits and the punctuation of times and numbers pass, and nothing that
 * could be a telephone or social security number; anything else is described by its length.
 */
export function describeValue(value: string): string {
  const cell = value.trim();
  if (cell === '') return 'an empty cell';
  const plain = /^[\d\s.,:/+%T-]{1,32}$/.test(cell) || /^[\d\s.:/-]{1,24}\s?[ap]m$/i.test(cell);
  const digits = cell.replace(/\D/g, '').length;
  const personal =
    SSN.test(cell) ||
    FORMATTED_PHONE.test(cell) ||
    BARE_PHONE.test(cell) ||
    (digits >= 9 && /^\d+$/.test(cell));
  if (plain && !personal) return `"${cell}"`;
  return `a text of ${cell.length} character${cell.length === 1 ? '' : 's'}`;
}

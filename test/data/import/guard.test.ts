import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../../data/import/field.ts';
import { describeValue, guardHeader, guardValues } from '../../../data/import/guard.ts';
import { PRESETS } from '../../../data/import/preset.ts';

/** Headers as hospital systems write them; made up for this test. */
const PATIENT_HEADERS = [
  'MRN',
  'Medical Record Number',
  'Patient ID',
  'PatientNumber',
  'patient_no',
  'Member ID',
  'Subscriber ID',
  'Account Number',
  'Encounter',
  'Visit Number',
  'CSN',
  'Chart No',
  'Policy Number',
  'DOB',
  'Date of Birth',
  'BirthDate',
  'birth_date',
  'SSN',
  'Social Security',
  'Phone',
  'Phone Number',
  'Telephone',
  'Mobile',
  'ANI',
  'CLI',
  'Caller ID',
  'CallerId',
  'Calling Number',
  'calling_party',
  'From Number',
  'Callback Number',
  'Customer Endpoint',
  'E-mail',
  'Email Address',
  'Patient Name',
  'PatientName',
  'Caller Name',
  'First Name',
  'LastName',
  'last_name',
  'Surname',
  'Full Name',
  'Guarantor Name',
  'Street',
  'Address',
  'ZIP',
  'Postcode',
  'Diagnosis',
  'ICD10',
  'ICD-10',
  'Reason for Call',
  'Reason for Visit',
  'Symptom',
  'Medication',
  'Notes',
  'Comments',
  'Free Text',
  'Transcript',
];

/** Headers of ACD reports that have nothing to do with patients. */
const REPORT_HEADERS = [
  'Interval Start',
  'Queue Name',
  'Contacts queued',
  'Contacts handled',
  'Customer hold time',
  'Average customer hold time',
  'Calls Offered',
  'Calls Presented',
  'Service Level',
  'Service Level (sec)',
  'Skill',
  'Skill Name',
  'Call Skills',
  'CSQ Name',
  'CSQ ID',
  'row_date',
  'starttime',
  'acdcalls',
  'i_stafftime',
  'Media Type',
  'Agents Scheduled',
  'AVG_WAIT',
  'Transferred',
  'Callback contacts handled',
  'Group Name',
  'Campaign',
  'VDN',
  'Split',
  'Site',
  'Channel',
  'Agent interaction time',
  'Priority',
];

describe('guardHeader', () => {
  it.each(PATIENT_HEADERS)('knows %s', header => {
    expect(guardHeader(header)).toBeDefined();
  });

  it.each(REPORT_HEADERS)('leaves %s alone', header => {
    expect(guardHeader(header)).toBeUndefined();
  });

  it('leaves every header of every preset and every field’s own label alone', () => {
    const known = [
      ...PRESETS.flatMap(preset => [...preset.signature, ...Object.keys(preset.columns)]),
      ...FIELDS.map(info => info.label),
    ];
    expect(known.filter(header => guardHeader(header) !== undefined)).toEqual([]);
  });
});

describe('guardValues', () => {
  const plain = { isTime: false };

  it('knows patient data by its shape, also when it is rare', () => {
    const among = (value: string) => [...Array.from({ length: 99 }, (_, i) => `row ${i}`), value];
    expect(guardValues(among('123-45-6789'), plain)).toBe('social security number');
    expect(guardValues(among('ana@example.org'), plain)).toBe('e-mail address');
    expect(guardValues(among('(212) 555-0123'), plain)).toBe('phone number');
    expect(guardValues(among('+1 212 555 0123'), plain)).toBe('phone number');
    expect(guardValues(among('J45.901'), plain)).toBe('diagnosis');
    expect(
      guardValues(
        Array.from({ length: 20 }, (_, i) => `21255501${String(i).padStart(2, '0')}`),
        plain,
      ),
    ).toBe('phone number');
    expect(
      guardValues(
        Array.from({ length: 40 }, (_, i) => `03/14/${1930 + 2 * i}`),
        plain,
      ),
    ).toBe('birth date');
  });

  it('takes names of people for what they are, and names of queues too', () => {
    const letters = 'abcdefghijklmnopqrst';
    const people = Array.from({ length: 20 }, (_, i) => `Ma${letters[i]} Sil${letters[19 - i]}`);
    expect(guardValues(people, plain)).toBe('person name');
    const queues = Array.from(
      { length: 200 },
      (_, i) => ['Nurse Triage', 'Pharmacy Refills', 'Central Scheduling'][i % 3] ?? '',
    );
    expect(guardValues(queues, plain)).toBeUndefined();
  });

  it('does not take counts, durations, times and epoch seconds for patient data', () => {
    const column = (value: (i: number) => string) => Array.from({ length: 300 }, (_, i) => value(i));
    expect(
      guardValues(
        column(i => String(i * 37)),
        plain,
      ),
    ).toBeUndefined();
    expect(
      guardValues(
        column(i => `0:0${i % 10}:${10 + (i % 50)}`),
        plain,
      ),
    ).toBeUndefined();
    expect(
      guardValues(
        column(i => String(1_772_632_800 + 900 * i)),
        plain,
      ),
    ).toBeUndefined();
    expect(
      guardValues(
        column(i => `2026-03-${10 + (i % 20)} 09:00`),
        { isTime: true },
      ),
    ).toBeUndefined();
    expect(
      guardValues(
        column(i => `${(i % 100) / 100}`),
        plain,
      ),
    ).toBeUndefined();
  });
});

describe('describeValue', () => {
  it('never lets a letter through but those of a time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), value => {
        const shown = describeValue(value);
        const quoted = /^"(.*)"$/s.exec(shown)?.[1];
        if (quoted !== undefined) expect(quoted).toMatch(/^[\d\s.,:/+%T-]*(\s?[ap]m)?$/i);
      }),
      { numRuns: 2000 },
    );
  });

  it('never quotes numbers that can belong to a person', () => {
    for (const value of ['123-45-6789', '212-555-0123', '2125550123', '+12125550123', '123456789']) {
      expect(describeValue(value)).toMatch(/^a text of \d+ characters$/);
    }
    expect(describeValue('14/03/26 09:15')).toBe('"14/03/26 09:15"');
    expect(describeValue('-5')).toBe('"-5"');
    expect(describeValue(' ')).toBe('an empty cell');
  });
});

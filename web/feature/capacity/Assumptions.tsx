import { NumberInput } from '@mantine/core';
import { Card, Columns } from '../../component/Card.tsx';
import { t } from '../../locale/i18n.ts';
import type { CapacityDraft } from './model.ts';

interface AssumptionsProps {
  readonly draft: CapacityDraft;
  readonly currency: string;
  readonly onChange: (draft: CapacityDraft) => void;
}

/** A number of the draft; `percent` shows a share as per cent. */
interface Field {
  readonly key: Exclude<keyof CapacityDraft, 'firstMonth' | 'classes'>;
  readonly words: keyof typeof WORDS;
  readonly percent?: boolean;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

const WORDS = {
  months: 'headcount.field.months',
  growth: 'headcount.field.growth',
  aht: 'headcount.field.aht',
  patience: 'headcount.field.patience',
  shrinkage: 'headcount.field.shrinkage',
  headcount: 'headcount.field.headcount',
  attrition: 'headcount.field.attrition',
  hours: 'headcount.field.hours',
  leave: 'headcount.field.leave',
  cost: 'headcount.field.cost',
  ramp: 'headcount.field.ramp',
} as const;

const FIELDS: readonly Field[] = [
  { key: 'months', words: 'months', min: 1, max: 36, whole: true },
  { key: 'headcount', words: 'headcount', min: 0, max: 100_000 },
  { key: 'attritionPerYear', words: 'attrition', percent: true, min: 0, max: 95 },
  { key: 'growthPerYear', words: 'growth', percent: true, min: -90, max: 500 },
  { key: 'ahtSeconds', words: 'aht', min: 1, max: 36_000 },
  { key: 'patienceSeconds', words: 'patience', min: 1, max: 36_000 },
  { key: 'shrinkage', words: 'shrinkage', percent: true, min: 0, max: 90 },
  { key: 'leaveShare', words: 'leave', percent: true, min: 0, max: 90 },
  { key: 'hoursPerWeek', words: 'hours', min: 1, max: 80 },
  { key: 'rampMonths', words: 'ramp', min: 0, max: 24, whole: true },
  { key: 'costPerMonth', words: 'cost', min: 0, max: 1_000_000 },
];

/** Every assumption as a number that can be changed; the results follow at once. */
export function Assumptions({ draft, currency, onChange }: AssumptionsProps) {
  return (
    <Card
      title={t('headcount.assumptions')}
      note={`${t('headcount.assumptionsNote')} ${t('headcount.field.attritionHelp')}`}
    >
      <Columns min={160}>
        {FIELDS.map(({ key, words, percent, min, max, whole }) => (
          <NumberInput
            key={key}
            size="xs"
            label={t(WORDS[words])}
            min={min}
            max={max}
            allowDecimal={!whole}
            decimalScale={1}
            suffix={key === 'costPerMonth' ? ` ${currency}` : ''}
            value={percent ? Math.round(draft[key] * 1000) / 10 : draft[key]}
            onChange={value => {
              if (typeof value !== 'number' || value < min || value > max) return;
              onChange({ ...draft, [key]: percent ? value / 100 : value });
            }}
          />
        ))}
      </Columns>
    </Card>
  );
}

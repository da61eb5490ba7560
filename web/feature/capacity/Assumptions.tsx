import { Card, Columns } from '../../component/Card.tsx';
import { NumberField } from '../../component/NumberField.tsx';
import { t } from '../../locale/i18n.ts';
import type { CapacityDraft } from './model.ts';

interface AssumptionsProps {
  readonly draft: CapacityDraft;
  readonly currency: string;
  /** Of several queues each keeps its own handle time, patience and shrinkage. */
  readonly isOneQueue: boolean;
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
  readonly money?: boolean;
}

const OWN_OF_A_QUEUE: readonly Field['key'][] = ['ahtSeconds', 'patienceSeconds', 'shrinkage'];

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
  training: 'headcount.field.training',
  ramp: 'headcount.field.ramp',
  rampStart: 'headcount.field.rampStart',
  hiringCost: 'headcount.field.hiringCost',
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
  { key: 'trainingWeeks', words: 'training', min: 0, max: 52 },
  { key: 'rampWeeks', words: 'ramp', min: 0, max: 104 },
  { key: 'rampStart', words: 'rampStart', percent: true, min: 0, max: 100 },
  { key: 'costPerMonth', words: 'cost', min: 0, max: 1_000_000, money: true },
  { key: 'hiringCost', words: 'hiringCost', min: 0, max: 1_000_000, money: true },
];

/** Every assumption as a number that can be changed; the results follow at once. */
export function Assumptions({ draft, currency, isOneQueue, onChange }: AssumptionsProps) {
  const fields = FIELDS.filter(({ key }) => isOneQueue || !OWN_OF_A_QUEUE.includes(key));
  return (
    <Card
      title={t('headcount.assumptions')}
      note={`${t('headcount.assumptionsNote')} ${t('headcount.field.attritionHelp')}${isOneQueue ? '' : ` ${t('headcount.ownOfQueues')}`}`}
    >
      <Columns min={160}>
        {fields.map(({ key, words, money, ...range }) => (
          <NumberField
            key={key}
            label={t(WORDS[words])}
            {...range}
            suffix={money ? ` ${currency}` : ''}
            value={draft[key]}
            onChange={value => onChange({ ...draft, [key]: value })}
          />
        ))}
      </Columns>
    </Card>
  );
}

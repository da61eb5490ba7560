import { Badge, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core';
import type { ImportMapping } from '../../../api/contract/import.ts';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';
import { QueueNames } from './QueueNames.tsx';
import { StepFrame } from './StepFrame.tsx';
import type { ImportPreview, StepProps } from './step.ts';

type ColumnMapping = ImportMapping['columns'][number];

const UNITS = ['seconds', 'milliseconds', 'minutes', 'hours', 'days'] as const;
const AGGREGATES = ['total', 'mean'] as const;
const DURATIONS: readonly string[] = [
  'talk',
  'hold',
  'wrap',
  'handle',
  'answerWait',
  'abandonWait',
  'wait',
  'service',
];

/** What each column means. Suggestions carry a mark; patient data is dropped unless a person says otherwise. */
export function MapStep({
  preview,
  mapping,
  onChange,
  onBack,
  onNext,
  siteId,
}: StepProps & { readonly siteId: string }) {
  const setColumn = (index: number, next: ColumnMapping | null) => {
    const others = mapping.columns.filter(column => column.index !== index);
    onChange({ ...mapping, columns: next ? [...others, next].sort((a, b) => a.index - b.index) : others });
  };
  const ignored = preview.columns.filter(
    column => column.guarded === null && !mapping.columns.some(mapped => mapped.index === column.index),
  );
  return (
    <StepFrame
      n={3}
      name={t('import.stepNames.map')}
      note={t('import.map.note')}
      missing={missingFields(mapping)}
      onBack={onBack}
      onNext={onNext}
    >
      <SegmentedControl
        size="xs"
        aria-label={t('import.map.kind')}
        value={mapping.rows}
        onChange={value => onChange({ ...mapping, rows: value === 'calls' ? 'calls' : 'intervals' })}
        data={[
          { value: 'intervals', label: `${t('import.map.kind')} ${t('import.map.kinds.intervals')}` },
          { value: 'calls', label: `${t('import.map.kind')} ${t('import.map.kinds.calls')}` },
        ]}
      />
      <ScrollRegion label={t('import.stepNames.map')} className={classes.previewScroll}>
        <table className={classes.preview}>
          <thead>
            <tr>
              <th scope="col">{t('import.map.column')}</th>
              <th scope="col">{t('import.map.sample')}</th>
              <th scope="col">{t('import.map.means')}</th>
              <th aria-label={t('import.map.unit')} />
            </tr>
          </thead>
          <tbody>
            {preview.columns.map(column => (
              <ColumnRow
                key={column.index}
                column={column}
                sample={preview.rows[0]?.[column.index] ?? null}
                fields={preview.fields}
                mapped={mapping.columns.find(entry => entry.index === column.index) ?? null}
                allowed={mapping.allowedGuarded.includes(column.index)}
                onAllow={allow =>
                  onChange({
                    ...mapping,
                    allowedGuarded: allow
                      ? [...mapping.allowedGuarded, column.index]
                      : mapping.allowedGuarded.filter(index => index !== column.index),
                  })
                }
                onChange={next => setColumn(column.index, next)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {ignored.length > 0 ? (
        <p className={classes.hint}>
          {t('import.map.ignoredList', { names: ignored.map(column => column.name).join(', ') })}
        </p>
      ) : null}
      <QueueNames preview={preview} mapping={mapping} onChange={onChange} siteId={siteId} />
    </StepFrame>
  );
}

function missingFields(mapping: ImportMapping): readonly string[] {
  const has = (field: ColumnMapping['field']) => mapping.columns.some(column => column.field === field);
  const missing: string[] = [];
  if (mapping.rows === 'intervals') {
    if (!has('intervalStart') && !has('intervalEnd') && !has('date')) missing.push(t('import.map.needStart'));
    if (!has('offered') && !has('handled')) missing.push(t('import.map.needOffered'));
  } else if (!has('arrival')) missing.push(t('import.map.needStart'));
  if (!has('queue') && mapping.queueId === null) missing.push(t('import.map.needQueue'));
  return missing;
}

interface ColumnRowProps {
  readonly column: ImportPreview['columns'][number];
  readonly sample: string | null;
  readonly fields: ImportPreview['fields'];
  readonly mapped: ColumnMapping | null;
  readonly allowed: boolean;
  readonly onAllow: (allow: boolean) => void;
  readonly onChange: (next: ColumnMapping | null) => void;
}

function ColumnRow({ column, sample, fields, mapped, allowed, onAllow, onChange }: ColumnRowProps) {
  const { suggestion } = column;
  const isSuggested = suggestion !== null && mapped?.field === suggestion.field;
  const choose = (value: string) => {
    const field = fields.find(entry => entry.field === value)?.field;
    if (field === undefined) onChange(null);
    else
      onChange(suggestion?.field === field ? withoutConfidence(suggestion) : { index: column.index, field });
  };
  return (
    <tr>
      <td>
        <b>{column.name}</b>{' '}
        {isSuggested ? (
          <Badge
            size="xs"
            tt="none"
            variant="default"
            c={suggestion.confidence === 'guess' ? 'var(--cl-under-text)' : 'var(--cl-accent)'}
          >
            {t(`import.map.confidence.${suggestion.confidence}`)}
          </Badge>
        ) : null}
      </td>
      <td>{sample ?? <i>{t('import.preview.withheld')}</i>}</td>
      <td>
        {column.guarded !== null && !allowed ? (
          <>
            <span className={classes.guarded}>{t('import.map.guarded', { what: column.guarded })}</span>
            <Checkbox
              size="xs"
              label={t('import.map.allow')}
              checked={false}
              onChange={() => onAllow(true)}
            />
          </>
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`${t('import.map.means')}: ${column.name}`}
            value={mapped?.field ?? ''}
            onChange={event => choose(event.currentTarget.value)}
            data={[
              { value: '', label: t('import.map.ignored') },
              ...fields.map(entry => ({ value: entry.field, label: entry.label })),
            ]}
          />
        )}
      </td>
      <td>
        {mapped && DURATIONS.includes(mapped.field) ? (
          <DurationChoice name={column.name} mapped={mapped} onChange={onChange} />
        ) : null}
      </td>
    </tr>
  );
}

interface DurationChoiceProps {
  /** Of the column. */
  readonly name: string;
  readonly mapped: ColumnMapping;
  readonly onChange: (next: ColumnMapping) => void;
}

/** In what a duration is written, and whether it is a sum or a mean. */
function DurationChoice({ name, mapped, onChange }: DurationChoiceProps) {
  return (
    <span className={classes.pair}>
      <NativeSelect
        size="xs"
        aria-label={`${t('import.map.unit')}: ${name}`}
        value={mapped.unit ?? 'seconds'}
        onChange={event => {
          const unit = UNITS.find(entry => entry === event.currentTarget.value);
          if (unit) onChange({ ...mapped, unit });
        }}
        data={UNITS.map(value => ({ value, label: t(`import.map.units.${value}`) }))}
      />
      <NativeSelect
        size="xs"
        aria-label={`${t('import.map.aggregate')}: ${name}`}
        value={mapped.aggregate ?? 'mean'}
        onChange={event => {
          const aggregate = AGGREGATES.find(entry => entry === event.currentTarget.value);
          if (aggregate) onChange({ ...mapped, aggregate });
        }}
        data={AGGREGATES.map(value => ({ value, label: t(`import.map.aggregates.${value}`) }))}
      />
    </span>
  );
}

function withoutConfidence(
  suggestion: NonNullable<ImportPreview['columns'][number]['suggestion']>,
): ColumnMapping {
  const { confidence: _, ...column } = suggestion;
  return column;
}

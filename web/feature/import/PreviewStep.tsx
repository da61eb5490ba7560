import { Alert, Group, NumberInput, SegmentedControl } from '@mantine/core';
import type { ImportMapping } from '../../../api/contract/import.ts';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';
import { StepFrame } from './StepFrame.tsx';
import type { StepProps } from './step.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const DECIMALS = ['.', ','] as const;
const DATE_ORDERS = ['yearFirst', 'dayFirst', 'monthFirst'] as const;
const SHOWN_ROWS = 20;

/** The first rows as read; what was understood can be changed. */
export function PreviewStep({ preview, mapping, onChange, onBack, onNext }: StepProps) {
  return (
    <StepFrame
      n={2}
      name={t('import.stepNames.preview')}
      note={`${t('import.preview.found', { preset: preview.presetTitle })} · ${t('import.preview.encoding')}: ${mapping.encoding}`}
      onBack={onBack}
      onNext={onNext}
    >
      {preview.dateOrderCertain ? null : <Alert color="yellow">{t('import.preview.uncertain')}</Alert>}
      <Group gap="lg" my="sm" align="flex-end">
        {mapping.encoding === 'xlsx' ? null : (
          <Choice
            label={t('import.preview.delimiter')}
            value={mapping.delimiter}
            options={DELIMITERS}
            name={value => t(`import.preview.delimiters.${value}`)}
            onChange={delimiter => onChange({ ...mapping, delimiter })}
          />
        )}
        <Choice
          label={t('import.preview.decimal')}
          value={mapping.decimal}
          options={DECIMALS}
          name={value => (value === '.' ? '0.5' : '0,5')}
          onChange={decimal => onChange({ ...mapping, decimal })}
        />
        <Choice
          label={t('import.preview.dateOrder')}
          value={mapping.dateOrder}
          options={DATE_ORDERS}
          name={value => t(`import.preview.dateOrders.${value}`)}
          onChange={dateOrder => onChange({ ...mapping, dateOrder })}
        />
        <NumberInput
          size="xs"
          w={130}
          label={t('import.preview.skip')}
          min={0}
          max={100}
          value={mapping.skipRows}
          onChange={value => {
            if (typeof value === 'number') onChange({ ...mapping, skipRows: value });
          }}
        />
      </Group>
      {isCutOtherwise(preview.mapping, mapping) ? (
        <Alert color="yellow">{t('import.preview.asFound')}</Alert>
      ) : null}
      <ScrollRegion label={t('import.preview.rows')} className={classes.previewScroll}>
        <table className={classes.preview}>
          <thead>
            <tr>
              {preview.columns.map(column => (
                <th key={column.index} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, SHOWN_ROWS).map((row, r) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are known by their place
              <tr key={r}>
                {preview.columns.map(column => {
                  const cell = row[column.index];
                  return <td key={column.index}>{cell ?? <i>{t('import.preview.withheld')}</i>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </StepFrame>
  );
}

/** The rows are shown as found: another delimiter or header would cut them otherwise. */
function isCutOtherwise(found: ImportMapping, chosen: ImportMapping): boolean {
  return found.delimiter !== chosen.delimiter || found.skipRows !== chosen.skipRows;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly name: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, name, onChange }: ChoiceProps<Value>) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={value}
        onChange={next => {
          const chosen = options.find(option => option === next);
          if (chosen !== undefined) onChange(chosen);
        }}
        data={options.map(option => ({ value: option, label: name(option) }))}
      />
    </div>
  );
}

import { NumberInput, SegmentedControl } from '@mantine/core';
import { ASSUMED_PATIENCE_SECONDS } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './StaffingView.module.css';
import type { EditableTerms, PatienceEstimate } from './terms.ts';

interface PatienceEditorProps {
  readonly terms: EditableTerms;
  readonly estimate: PatienceEstimate | null;
  readonly onChange: (terms: EditableTerms) => void;
}

/** Patience decides between Erlang A and Erlang C; the reason stands beside it. */
export function PatienceEditor({ terms, estimate, onChange }: PatienceEditorProps) {
  const { mode, seconds } = terms.patience;
  const used =
    mode === 'fixed'
      ? seconds
      : estimate?.kind === 'estimated'
        ? estimate.patienceSeconds
        : ASSUMED_PATIENCE_SECONDS;
  return (
    <Card title={<Term id="patience">{t('staffing.patience')}</Term>}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('staffing.patience')}
        value={mode}
        onChange={value => {
          const next = value === 'fixed' || value === 'endless' ? value : 'estimate';
          onChange({ ...terms, patience: { mode: next, seconds: Math.round(used) } });
        }}
        data={[
          { value: 'estimate', label: t('staffing.patienceMode.estimate') },
          { value: 'fixed', label: t('staffing.patienceMode.fixed') },
          { value: 'endless', label: t('staffing.patienceMode.endless') },
        ]}
      />
      {mode === 'fixed' ? (
        <NumberInput
          size="xs"
          mt={8}
          label={t('staffing.patienceFixed')}
          min={1}
          max={7200}
          value={seconds}
          onChange={value => {
            if (typeof value === 'number' && value > 0)
              onChange({ ...terms, patience: { mode, seconds: value } });
          }}
        />
      ) : null}
      {mode === 'estimate' && estimate?.kind === 'estimated' ? (
        <p className={classes.hint}>
          {t('staffing.patienceOwn', {
            value: formatDuration(estimate.patienceSeconds),
            low: formatDuration(estimate.lowerSeconds),
            high: formatDuration(estimate.upperSeconds),
            count: estimate.abandoned,
          })}
        </p>
      ) : null}
      {mode === 'estimate' && estimate?.kind === 'insufficient' ? (
        <p className={classes.hint}>
          {t('staffing.patienceFew', {
            have: formatNumber(estimate.abandoned),
            need: formatNumber(estimate.needed),
            reason: estimate.reason,
          })}
        </p>
      ) : null}
    </Card>
  );
}

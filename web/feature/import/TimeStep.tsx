import { Autocomplete, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { INTERVAL_STEPS_SECONDS, isTimeZone } from '../../../forecasting/index.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';
import { StepFrame } from './StepFrame.tsx';
import type { StepProps } from './step.ts';

/** Zone, interval length, and whether a time marks a start or an end. */
export function TimeStep({ mapping, onChange, onBack, onNext }: StepProps) {
  return (
    <StepFrame
      n={4}
      name={t('import.stepNames.time')}
      note={t('import.time.dst')}
      onBack={onBack}
      onNext={onNext}
    >
      <Group align="flex-end" gap="lg">
        <Autocomplete
          size="xs"
          w={260}
          limit={40}
          label={t('import.time.zone')}
          placeholder={t('import.time.zoneOwn')}
          defaultValue={mapping.timeZone ?? ''}
          onChange={value => onChange({ ...mapping, timeZone: isTimeZone(value) ? value : null })}
          data={Intl.supportedValuesOf('timeZone')}
        />
        <NativeSelect
          size="xs"
          label={t('import.time.step')}
          value={String(mapping.stepSeconds ?? '')}
          onChange={event =>
            onChange({
              ...mapping,
              stepSeconds: event.currentTarget.value === '' ? null : Number(event.currentTarget.value),
            })
          }
          data={[
            { value: '', label: t('import.time.stepOwn') },
            ...INTERVAL_STEPS_SECONDS.map(step => ({
              value: String(step),
              label: t('import.time.stepMinutes', { count: step / 60 }),
            })),
          ]}
        />
        <div>
          <div className={classes.label}>{t('import.time.stamp')}</div>
          <SegmentedControl
            size="xs"
            aria-label={t('import.time.stamp')}
            value={mapping.stamp}
            onChange={value => onChange({ ...mapping, stamp: value === 'end' ? 'end' : 'start' })}
            data={[
              { value: 'start', label: t('import.time.stamps.start') },
              { value: 'end', label: t('import.time.stamps.end') },
            ]}
          />
        </div>
      </Group>
    </StepFrame>
  );
}

import { NativeSelect } from '@mantine/core';
import { GOAL_PRESETS } from '../../../api/contract/centre.ts';
import { t } from '../../locale/i18n.ts';
import type { EditableTerms } from './terms.ts';

interface PresetSelectProps {
  readonly label?: string;
  readonly onChoose: (goal: EditableTerms['goal']) => void;
}

/** Goals that centres are held to, to start from. */
export function PresetSelect({ label, onChoose }: PresetSelectProps) {
  return (
    <NativeSelect
      size="xs"
      label={label ?? t('staffing.preset')}
      value=""
      onChange={event => {
        const preset = GOAL_PRESETS.find(candidate => candidate.id === event.currentTarget.value);
        if (preset) onChoose(preset.goal);
      }}
      data={[
        { value: '', label: t('staffing.presetChoose') },
        ...GOAL_PRESETS.map(preset => ({ value: preset.id, label: preset.name })),
      ]}
    />
  );
}

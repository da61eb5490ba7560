import type { Brush } from '../../component/gantt/types.ts';
import { t } from '../../locale/i18n.ts';
import { ACTIVITY_TONES } from './rows.ts';

const KINDS = ['break', 'lunch', 'meeting', 'training', 'work'] as const;

/** Activities that can be painted into shifts; work wipes a break away. */
export function brushes(): readonly Brush[] {
  return KINDS.map(kind => ({
    id: kind,
    tone: ACTIVITY_TONES[kind],
    label: t(`schedule.activity.${kind}`),
  }));
}

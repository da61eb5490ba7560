import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { SHRINKAGE_KINDS } from '../../../api/contract/centre.ts';
import { Card } from '../../component/Card.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Term } from '../../component/Term.tsx';
import { formatPercent } from '../../lib/format.ts';
import { totalShrinkage } from '../../lib/requirement.ts';
import { t } from '../../locale/i18n.ts';
import classes from './StaffingView.module.css';
import type { EditableTerms } from './terms.ts';

interface ShrinkageEditorProps {
  readonly terms: EditableTerms;
  readonly readOnly: boolean;
  readonly onChange: (terms: EditableTerms) => void;
}

/** Shares of paid time lost, by kind. */
export function ShrinkageEditor({ terms, readOnly, onChange }: ShrinkageEditorProps) {
  const { shrinkage } = terms;
  const set = (index: number, change: Partial<(typeof shrinkage)[number]>) =>
    onChange({
      ...terms,
      shrinkage: shrinkage.map((part, i) => (i === index ? { ...part, ...change } : part)),
    });
  const unused = SHRINKAGE_KINDS.find(kind => !shrinkage.some(part => part.kind === kind)) ?? 'other';
  return (
    <Card
      title={<Term id="shrinkage">{t('staffing.shrinkage')}</Term>}
      note={`${t('staffing.shrinkageTotal')}: ${formatPercent(totalShrinkage(shrinkage), 1)}`}
    >
      {shrinkage.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place, and keep it while edited
        <div key={index} className={classes.kinds}>
          <TextInput
            size="xs"
            aria-label={`${t('staffing.shrinkageName')} ${index + 1}`}
            value={part.name}
            readOnly={readOnly}
            onChange={event => set(index, { name: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            aria-label={part.name}
            suffix=" %"
            min={0}
            max={60}
            decimalScale={1}
            value={Math.round(part.share * 1000) / 10}
            onChange={value => {
              if (typeof value === 'number') set(index, { share: Math.min(0.6, Math.max(0, value / 100)) });
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t('action.remove')}: ${part.name}`}
            onClick={() => onChange({ ...terms, shrinkage: shrinkage.filter((_, i) => i !== index) })}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        mt={8}
        size="compact-xs"
        variant="subtle"
        onClick={() =>
          onChange({
            ...terms,
            shrinkage: [
              ...shrinkage,
              { kind: unused, name: t(`staffing.shrinkageKind.${unused}`), share: 0.05 },
            ],
          })
        }
      >
        {t('staffing.shrinkageAdd')}
      </Button>
    </Card>
  );
}

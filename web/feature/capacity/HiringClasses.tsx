import { Button, Group, Select } from '@mantine/core';
import { addMonths } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { Icon } from '../../component/Icon.tsx';
import { NumberField } from '../../component/NumberField.tsx';
import { formatMonth } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { CapacityDraft } from './model.ts';

interface HiringClassesProps {
  readonly draft: CapacityDraft;
  readonly onChange: (draft: CapacityDraft) => void;
  readonly onPropose: () => void;
}

/** When how many people start. */
export function HiringClasses({ draft, onChange, onPropose }: HiringClassesProps) {
  const months = Array.from({ length: draft.months }, (_, i) => ({
    value: String(i),
    label: formatMonth(addMonths(draft.firstMonth, i)),
  }));
  const change = (index: number, part: { readonly month?: number; readonly size?: number }) =>
    onChange({
      ...draft,
      classes: draft.classes.map((hiring, i) => (i === index ? { ...hiring, ...part } : hiring)),
    });
  const firstFree = months.findIndex((_, i) => !draft.classes.some(hiring => hiring.month === i));
  return (
    <Card
      title={t('headcount.hiring')}
      actions={
        <>
          <Button size="xs" variant="default" onClick={onPropose}>
            {t('headcount.propose')}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              onChange({ ...draft, classes: [...draft.classes, { month: Math.max(0, firstFree), size: 5 }] })
            }
          >
            {t('headcount.addClass')}
          </Button>
        </>
      }
    >
      {draft.classes.length === 0 ? <p>{t('headcount.noClasses')}</p> : null}
      <Group gap="md">
        {draft.classes.map((hiring, i) => {
          const month = formatMonth(addMonths(draft.firstMonth, hiring.month));
          return (
            <Group key={`${hiring.month}-${String(i)}`} gap={4} align="flex-end">
              <Select
                size="xs"
                w={140}
                allowDeselect={false}
                label={t('headcount.month')}
                data={months}
                value={String(hiring.month)}
                onChange={value => value !== null && change(i, { month: Number(value) })}
              />
              <NumberField
                width={80}
                label={t('headcount.hires')}
                min={0}
                max={10_000}
                whole
                value={hiring.size}
                onChange={size => change(i, { size })}
              />
              <Button
                size="xs"
                variant="subtle"
                aria-label={t('headcount.removeClass', { month })}
                onClick={() =>
                  onChange({ ...draft, classes: draft.classes.filter((_, other) => other !== i) })
                }
              >
                <Icon name="close" size={14} />
              </Button>
            </Group>
          );
        })}
      </Group>
    </Card>
  );
}

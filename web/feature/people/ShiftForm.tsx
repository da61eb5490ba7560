import { Button, Checkbox, Drawer, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { Failure } from '../../component/Failure.tsx';
import { NumberField } from '../../component/NumberField.tsx';
import { call } from '../../lib/api.ts';
import { t } from '../../locale/i18n.ts';
import { ShiftBreaks } from './ShiftBreaks.tsx';
import { ShiftStarts } from './ShiftStarts.tsx';
import {
  EVERY_DAY,
  readLengths,
  readShift,
  type ShiftDraft,
  type ShiftFields,
  shiftDraftOf,
} from './shiftDraft.ts';

interface ShiftFormProps {
  /** Null for a new one. */
  readonly template: ShiftTemplateEntry | null;
  readonly siteId: string;
  readonly onClose: () => void;
}

/** One kind of shift: when it may start, how long it is, its days and its breaks. */
export function ShiftForm({ template, siteId, onClose }: ShiftFormProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => shiftDraftOf(template));
  const set = (change: Partial<ShiftDraft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: (fields: ShiftFields) => storeShift(template, siteId, fields),
    onSuccess: onClose,
    // After a refusal as well, so that the form opens anew on what somebody else has saved.
    onSettled: () => client.invalidateQueries({ queryKey: ['shift-templates', siteId] }),
  });
  const read = readShift(draft);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={template ? t('people.shift.edit', { name: template.name }) : t('people.templateAdd')}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          if ('fields' in read) save.mutate({ ...read.fields, active: template?.active ?? true });
        }}
      >
        <Stack gap="md">
          <Basics draft={draft} set={set} />
          <ShiftStarts starts={draft.starts} onChange={starts => set({ starts })} />
          <Weekdays chosen={draft.weekdays} onChange={weekdays => set({ weekdays })} />
          <ShiftBreaks
            breaks={draft.breaks}
            shortest={Math.min(...(readLengths(draft.lengths) ?? [0]))}
            onChange={breaks => set({ breaks })}
          />
          <NumberField
            label={t('people.shift.spacing')}
            min={0}
            max={1440}
            whole
            value={draft.minSpacingMinutes}
            onChange={minSpacingMinutes => set({ minSpacingMinutes })}
          />
          {'fault' in read ? (
            <Text size="sm" role="status">
              {t(`people.shift.wrong.${read.fault}`)}
            </Text>
          ) : null}
          {save.error ? <Failure error={save.error} /> : null}
          <Button type="submit" disabled={'fault' in read} loading={save.isPending}>
            {t('action.save')}
          </Button>
        </Stack>
      </form>
    </Drawer>
  );
}

/** Changes a kind of shift that still is what was read, or adds one where `template` is null. */
export function storeShift(
  template: Pick<ShiftTemplateEntry, 'id' | 'revision'> | null,
  siteId: string,
  fields: ShiftFields,
): Promise<ShiftTemplateEntry> {
  if (!template) return call(ROUTES.createShiftTemplate, { body: { siteId, ...fields } });
  return call(ROUTES.updateShiftTemplate, {
    params: { id: template.id },
    ifMatch: String(template.revision),
    body: fields,
  });
}

interface PartProps {
  readonly draft: ShiftDraft;
  readonly set: (change: Partial<ShiftDraft>) => void;
}

function Basics({ draft, set }: PartProps) {
  return (
    <>
      <TextInput
        size="xs"
        label={t('people.shift.name')}
        required
        data-autofocus
        value={draft.name}
        onChange={event => set({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          size="xs"
          label={t('people.shift.type')}
          description={t('people.shift.typeHelp')}
          required
          value={draft.type}
          onChange={event => set({ type: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={t('people.shift.lengths')}
          description={t('people.shift.lengthsHelp')}
          required
          value={draft.lengths}
          onChange={event => set({ lengths: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}

function Weekdays(props: {
  readonly chosen: ShiftDraft['weekdays'];
  readonly onChange: (weekdays: ShiftDraft['weekdays']) => void;
}) {
  const names = t('queues.weekday', { returnObjects: true });
  return (
    <Checkbox.Group
      size="xs"
      label={t('people.shift.days')}
      value={props.chosen.map(String)}
      onChange={values => props.onChange(EVERY_DAY.filter(day => values.includes(String(day))))}
    >
      <Group gap="sm" mt={4}>
        {EVERY_DAY.map(day => (
          <Checkbox key={day} size="xs" value={String(day)} label={names[day]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

import { ActionIcon, Button, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Agent } from '../../../api/contract/people.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { type Activity, type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import { Icon } from '../../component/Icon.tsx';
import { formatDuration, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { moved, resized, withBreaks } from './changes.ts';
import { clockOn, localDateAfter, sameClockOn } from './clock.ts';
import classes from './Schedule.module.css';
import type { Editor } from './useEditor.ts';

interface ShiftDialogProps {
  readonly editor: Editor;
  readonly shiftId: string;
  readonly agents: readonly Agent[];
  readonly timeZone: string;
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

/** A shift as a form: times, agent, breaks. Everything that dragging does can be done here. */
export function ShiftDialog({ editor, shiftId, agents, timeZone, readOnly, onClose }: ShiftDialogProps) {
  const original = editor.draft.shifts.get(shiftId);
  const [shift, setShift] = useState<Assignment | null>(original ?? null);
  if (!original || !shift) return null;
  const finish = (label: string, after: Assignment | null) => {
    editor.commit(label, [{ before: original, after }]);
    onClose();
  };
  const valid = shift.end > shift.start;
  const fields = { shift, timeZone, readOnly, onChange: setShift };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('schedule.form.title', { name: editor.nameOf(original.agentId) })}
    >
      <Stack gap="sm">
        <ShiftTimes {...fields} />
        <NativeSelect
          label={t('schedule.form.agent')}
          value={shift.agentId}
          disabled={readOnly}
          onChange={event => setShift({ ...shift, agentId: event.currentTarget.value })}
          data={agents.map(agent => ({ value: agent.id, label: agent.name }))}
        />
        <Breaks {...fields} />
        <p className={classes.saved}>
          {t('schedule.form.length', {
            length: formatDuration(shift.end - shift.start),
            paid: formatDuration(paidMinutes(shift) * 60),
          })}
        </p>
        {readOnly ? null : (
          <Group justify="space-between">
            <Button
              variant="subtle"
              color="red"
              onClick={() => finish(t('schedule.label.remove', { count: 1 }), null)}
            >
              {t('schedule.form.remove')}
            </Button>
            <Button
              disabled={!valid}
              onClick={() => finish(t('schedule.label.edit', { name: editor.nameOf(shift.agentId) }), shift)}
            >
              {t('action.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

interface ShiftFieldsProps {
  readonly shift: Assignment;
  readonly timeZone: string;
  readonly readOnly: boolean;
  readonly onChange: (shift: Assignment) => void;
}

/** Seconds after midnight of `08:30`; null while it is being typed. */
function clockSeconds(time: string): number | null {
  const [hours, minutes] = time.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? null
    : hours * 3600 + minutes * 60;
}

function ShiftTimes({ shift, timeZone, readOnly, onChange }: ShiftFieldsProps) {
  const date = localDateOf(shift.start, timeZone);
  const startAt = (start: number) => onChange(moved(shift, start - shift.start, null, true));
  const setStart = (time: string) => {
    const clock = clockSeconds(time);
    if (clock !== null) startAt(clockOn(date, clock, timeZone));
  };
  const setEnd = (time: string) => {
    const clock = clockSeconds(time);
    if (clock === null) return;
    const end = clockOn(date, clock, timeZone);
    // An end before the start is on the next day: a night shift.
    const onNextDay = clockOn(localDateAfter(shift.start, timeZone), clock, timeZone);
    onChange(resized(shift, 'end', end <= shift.start ? onNextDay : end));
  };
  return (
    <Group grow>
      <TextInput
        type="date"
        label={t('schedule.form.day')}
        value={date}
        readOnly={readOnly}
        onChange={event => {
          const day = event.currentTarget.value;
          if (day !== '') startAt(sameClockOn(shift.start, day, timeZone));
        }}
      />
      <TextInput
        type="time"
        label={t('schedule.form.start')}
        value={formatTime(shift.start, timeZone)}
        readOnly={readOnly}
        onChange={event => setStart(event.currentTarget.value)}
      />
      <TextInput
        type="time"
        label={t('schedule.form.end')}
        value={formatTime(shift.end, timeZone)}
        readOnly={readOnly}
        error={shift.end > shift.start ? null : t('schedule.form.wrong')}
        onChange={event => setEnd(event.currentTarget.value)}
      />
    </Group>
  );
}

const QUARTER_SECONDS = 900;

function Breaks({ shift, timeZone, readOnly, onChange }: ShiftFieldsProps) {
  const breaks = shift.activities.filter(activity => activity.kind !== 'work');
  const addBreak = (kind: 'break' | 'lunch') => {
    const length = kind === 'break' ? QUARTER_SECONDS : 2 * QUARTER_SECONDS;
    const middle = (shift.start + shift.end - length) / 2;
    const start = Math.round(middle / QUARTER_SECONDS) * QUARTER_SECONDS;
    onChange(withBreaks(shift, [...breaks, { kind, start, end: start + length, paid: kind === 'break' }]));
  };
  return (
    <div>
      <b>{t('schedule.form.breaks')}</b>
      {breaks.map(pause => (
        <BreakRow
          key={`${pause.start}${pause.kind}`}
          pause={pause}
          shift={shift}
          timeZone={timeZone}
          onChange={next => {
            const changed = breaks.flatMap(entry => (entry === pause ? (next ?? []) : entry));
            onChange(withBreaks(shift, changed));
          }}
        />
      ))}
      <Group gap="xs" mt={8}>
        <Button size="compact-xs" variant="default" disabled={readOnly} onClick={() => addBreak('break')}>
          {t('schedule.form.addBreak')}
        </Button>
        <Button size="compact-xs" variant="default" disabled={readOnly} onClick={() => addBreak('lunch')}>
          {t('schedule.form.addLunch')}
        </Button>
      </Group>
    </div>
  );
}

interface BreakRowProps {
  readonly pause: Activity;
  readonly shift: Assignment;
  readonly timeZone: string;
  /** `null` removes the break. */
  readonly onChange: (next: Activity | null) => void;
}

function BreakRow({ pause, shift, timeZone, onChange }: BreakRowProps) {
  const setStart = (time: string) => {
    const clock = clockSeconds(time);
    if (clock === null) return;
    const start = clockOn(localDateOf(pause.start, timeZone), clock, timeZone);
    const end = start + (pause.end - pause.start);
    if (start >= shift.start && end <= shift.end) onChange({ ...pause, start, end });
  };
  const name = t(`schedule.activity.${pause.kind}`);
  return (
    <div className={classes.breakRow}>
      <span>{name}</span>
      <TextInput
        size="xs"
        type="time"
        aria-label={`${name}: ${t('schedule.form.start')}`}
        defaultValue={formatTime(pause.start, timeZone)}
        onBlur={event => setStart(event.currentTarget.value)}
      />
      <NumberInput
        size="xs"
        aria-label={`${name}: min`}
        suffix=" min"
        min={5}
        max={480}
        step={5}
        value={Math.round((pause.end - pause.start) / 60)}
        onChange={value => {
          if (typeof value === 'number' && value >= 5) onChange({ ...pause, end: pause.start + value * 60 });
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${t('action.remove')}: ${name}`}
        onClick={() => onChange(null)}
      >
        <Icon name="close" size={14} />
      </ActionIcon>
    </div>
  );
}

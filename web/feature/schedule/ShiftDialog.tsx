import { ActionIcon, Button, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Agent } from '../../../api/contract/people.ts';
import { localDateOf, localDay, resolveWallClock, wallClockSeconds } from '../../../forecasting/index.ts';
import { type Activity, type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import { Icon } from '../../component/Icon.tsx';
import { formatDuration, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { moved, resized, withBreaks } from './changes.ts';
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
  const date = localDateOf(shift.start, timeZone);
  const at = (day: string, time: string): number | null => {
    const [hours, minutes] = time.split(':').map(Number);
    if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return null;
    const instant = resolveWallClock(localDay(day, timeZone), hours * 3600 + minutes * 60);
    if (instant.kind === 'unique') return instant.epochSeconds;
    return instant.kind === 'doubled' ? instant.earlierEpochSeconds : instant.nextEpochSeconds;
  };
  const setStart = (time: string) => {
    const start = at(date, time);
    if (start !== null) setShift(moved(shift, start - shift.start, null, true));
  };
  const setDay = (day: string) => {
    if (day === '') return;
    const start = at(day, formatTime(shift.start, timeZone));
    if (start !== null) setShift(moved(shift, start - shift.start, null, true));
  };
  const setEnd = (time: string) => {
    const end = at(date, time);
    // An end before the start is on the next day: a night shift.
    if (end !== null) setShift(resized(shift, 'end', end <= shift.start ? end + 86_400 : end));
  };
  const breaks = shift.activities.filter(activity => activity.kind !== 'work');
  const addBreak = (kind: 'break' | 'lunch') => {
    const length = kind === 'break' ? 900 : 1800;
    const middle = Math.round((shift.start + shift.end - length) / 2 / 900) * 900;
    setShift(
      withBreaks(shift, [...breaks, { kind, start: middle, end: middle + length, paid: kind === 'break' }]),
    );
  };
  const save = () => {
    editor.commit(t('schedule.label.edit', { name: editor.nameOf(shift.agentId) }), [
      { before: original, after: shift },
    ]);
    onClose();
  };
  const valid = shift.end > shift.start;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('schedule.form.title', { name: editor.nameOf(original.agentId) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="sm">
        <Group grow>
          <TextInput
            type="date"
            label={t('schedule.form.day')}
            value={date}
            readOnly={readOnly}
            onChange={event => setDay(event.currentTarget.value)}
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
            error={valid ? null : t('schedule.form.wrong')}
            onChange={event => setEnd(event.currentTarget.value)}
          />
        </Group>
        <NativeSelect
          label={t('schedule.form.agent')}
          value={shift.agentId}
          disabled={readOnly}
          onChange={event => setShift({ ...shift, agentId: event.currentTarget.value })}
          data={agents.map(agent => ({ value: agent.id, label: agent.name }))}
        />
        <div>
          <b>{t('schedule.form.breaks')}</b>
          {breaks.map(pause => (
            <BreakRow
              key={`${pause.start}${pause.kind}`}
              pause={pause}
              shift={shift}
              timeZone={timeZone}
              onChange={next =>
                setShift(
                  withBreaks(
                    shift,
                    breaks.flatMap(entry => (entry === pause ? (next ?? []) : entry)),
                  ),
                )
              }
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
              onClick={() => {
                editor.commit(t('schedule.label.remove', { count: 1 }), [{ before: original, after: null }]);
                onClose();
              }}
            >
              {t('schedule.form.remove')}
            </Button>
            <Button disabled={!valid} onClick={save}>
              {t('action.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
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
  const day = localDay(localDateOf(pause.start, timeZone), timeZone);
  const setStart = (time: string) => {
    const [hours, minutes] = time.split(':').map(Number);
    if (hours === undefined || minutes === undefined) return;
    const delta = hours * 3600 + minutes * 60 - wallClockSeconds(day, pause.start);
    const start = pause.start + delta;
    if (Number.isFinite(start) && start >= shift.start && start + (pause.end - pause.start) <= shift.end) {
      onChange({ ...pause, start, end: pause.end + delta });
    }
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

import { Kbd, Menu } from '@mantine/core';
import { Fragment } from 'react';
import type { Brush, MenuPlace } from '../../component/gantt/types.ts';
import { formatDayTime, formatDuration, formatTime } from '../../lib/format.ts';
import { type CommandId, commandLabel, KEYS, keyCaps } from '../../lib/keys.ts';
import { t } from '../../locale/i18n.ts';
import { AbsentItem } from './AbsentItem.tsx';
import { type CommandContext, runCommand } from './commands.ts';
import { newFromTemplate, newShift, templatesFor } from './newShift.ts';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';

/** Commands on shifts and on empty places, in groups. */
const ON_SHIFT: readonly (readonly CommandId[])[] = [
  ['open', 'moveMode', 'lock'],
  ['nudgeLeft', 'nudgeRight', 'shorten', 'lengthen', 'nudgeUp', 'nudgeDown'],
  ['copy', 'cut', 'paste', 'duplicate', 'selectRow'],
  ['remove'],
];
const ON_EMPTY: readonly (readonly CommandId[])[] = [['paste', 'selectRow', 'selectAll']];
const LENGTHS_HOURS = [4, 6, 8] as const;
const isMac = /mac/i.test(navigator.userAgent);

interface ShiftMenuProps {
  readonly place: MenuPlace;
  readonly context: CommandContext;
  readonly setting: ScheduleSetting;
  readonly brushes: readonly Brush[];
  readonly onClose: () => void;
}

/** What can be done at a place: the same by right click, by the menu key and by the button of the toolbar. */
export function ShiftMenu({ place, context, setting, brushes, onClose }: ShiftMenuProps) {
  const { shift } = place;
  const groups = shift ? ON_SHIFT : ON_EMPTY;
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      shadow="md"
      returnFocus={false}
      // A focusable placeholder is no child that a menu may have.
      withInitialFocusPlaceholder={false}
      // A long menu near the window's edge moves up rather than out.
      middlewares={{ flip: true, shift: { crossAxis: true, padding: 8 } }}
      classNames={{ item: classes.menuItem ?? '' }}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={menuTitle(place, context)}
          className={classes.menuAnchor}
          style={{ left: place.x, top: place.y }}
        />
      </Menu.Target>
      <Menu.Dropdown className={classes.menu} aria-label={menuTitle(place, context)}>
        <Menu.Label>{menuTitle(place, context)}</Menu.Label>
        {shift ? null : <NewShifts place={place} context={context} setting={setting} />}
        {groups.map((group, g) => (
          <Fragment key={group.join()}>
            {g > 0 || !shift ? <Menu.Divider /> : null}
            {group.map(id => (
              <CommandItem key={id} id={id} place={place} context={context} />
            ))}
          </Fragment>
        ))}
        <AbsentItem place={place} context={context} setting={setting} />
        {shift && !context.readOnly && !shift.locked ? (
          <>
            <Menu.Divider />
            {brushes.map(brush => (
              <Menu.Item key={brush.id} onClick={() => paintHere(place, brush, context)}>
                {t('schedule.menu.put', { activity: brush.label })}
              </Menu.Item>
            ))}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function menuTitle({ shift, rowId, instant }: MenuPlace, { editor, timeZone }: CommandContext): string {
  const name = editor.nameOf(rowId);
  if (!shift) return t('schedule.menu.empty', { name, when: formatDayTime(instant, timeZone) });
  const [from, to] = [formatTime(shift.start, timeZone), formatTime(shift.end, timeZone)];
  return t('schedule.menu.shift', { name, from, to });
}

function CommandItem(props: {
  readonly id: CommandId;
  readonly place: MenuPlace;
  readonly context: CommandContext;
}) {
  const { id, place, context } = props;
  const { rowId, instant, shift } = place;
  const isEmptyPaste = id === 'paste' && context.clipboard.current.length === 0;
  return (
    <Menu.Item
      disabled={isEmptyPaste || (context.readOnly && id !== 'open' && id !== 'copy')}
      rightSection={
        <span className={classes.caps}>
          {keyCaps(KEYS[id].keys[0], isMac).map(cap => (
            <Kbd key={cap} size="xs">
              {cap}
            </Kbd>
          ))}
        </span>
      }
      onClick={() => runCommand({ id, rowId, instant, shift }, context)}
    >
      {commandLabel(id)}
    </Menu.Item>
  );
}

function NewShifts(props: {
  readonly place: MenuPlace;
  readonly context: CommandContext;
  readonly setting: ScheduleSetting;
}) {
  const { place, context, setting } = props;
  if (context.readOnly) return null;
  return (
    <>
      {templatesFor(setting, place.rowId).map(template => (
        <Menu.Item key={template.id} onClick={() => newFromTemplate(context.editor, template, place)}>
          {t('schedule.menu.newTemplate', {
            name: template.name,
            length: formatDuration((template.lengthsMinutes[0] ?? 0) * 60),
          })}
        </Menu.Item>
      ))}
      {LENGTHS_HOURS.map(hours => (
        <Menu.Item key={hours} onClick={() => newShift(context.editor, place, hours * 3600)}>
          {t('schedule.menu.newShift', { length: formatDuration(hours * 3600) })}
        </Menu.Item>
      ))}
    </>
  );
}

const PAINTED_SECONDS = { break: 900, lunch: 1800 } as const;

function paintHere({ rowId, instant }: MenuPlace, brush: Brush, { editor }: CommandContext): void {
  const length =
    brush.id === 'break' ? PAINTED_SECONDS.break : brush.id === 'lunch' ? PAINTED_SECONDS.lunch : 3600;
  editor.gesture({ kind: 'paint', rowId, start: instant, end: instant + length, brush });
}

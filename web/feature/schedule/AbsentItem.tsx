import { Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf, localDay } from '../../../forecasting/index.ts';
import type { MenuPlace } from '../../component/gantt/types.ts';
import { call } from '../../lib/api.ts';
import { formatTime } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import type { CommandContext } from './commands.ts';
import type { ScheduleSetting } from './problem.ts';

interface AbsentItemProps {
  readonly place: MenuPlace;
  readonly context: CommandContext;
  readonly setting: ScheduleSetting;
}

/** Somebody called in sick, or has to leave: enters it from here to the end of the day, so that a repair finds cover. */
export function AbsentItem({ place, context, setting }: AbsentItemProps) {
  const may = useMay();
  const client = useQueryClient();
  const { editor, timeZone } = context;
  const { siteId, weekStart } = setting.schedule;
  const { rowId, instant, shift } = place;
  const dayEnd = localDay(localDateOf(instant, timeZone), timeZone).endEpochSeconds;
  const enter = useMutation({
    mutationFn: () =>
      call(ROUTES.createTimeOff, {
        body: {
          agentId: rowId,
          category: 'sickness',
          start: instant,
          end: Math.max(dayEnd, shift?.end ?? dayEnd),
        },
      }),
    onSuccess: () => {
      editor.say(t('schedule.absent.done', { name: editor.nameOf(rowId) }));
      void client.invalidateQueries({ queryKey: ['time-off', siteId, weekStart] });
    },
    onError: error => editor.say(error.message),
  });
  if (context.readOnly || !may('timeOff.decide')) return null;
  return (
    <Menu.Item onClick={() => enter.mutate()}>
      {t('schedule.absent.enter', { from: formatTime(instant, timeZone) })}
    </Menu.Item>
  );
}

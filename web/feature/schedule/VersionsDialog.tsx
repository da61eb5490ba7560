import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Publication } from '../../../api/contract/publication.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { changedDays } from '../../../forecasting/scheduling/shiftChanges.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';
import { ShiftDiff } from './ShiftDiff.tsx';
import { SimulatedLevel } from './SimulatedLevel.tsx';
import { assignmentsOf } from './shiftColumns.ts';
import type { Editor } from './useEditor.ts';

interface VersionsDialogProps {
  readonly head: ScheduleHead;
  readonly editor: Editor;
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

/** Every published version, what differs from it now, and the way back to it. */
export function VersionsDialog({ head, editor, readOnly, onClose }: VersionsDialogProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const versions = useQuery({
    queryKey: ['publications', head.id, head.publishedVersion],
    queryFn: () => call(ROUTES.listPublications, { params: { id: head.id } }),
  });
  return (
    <Modal opened onClose={onClose} size={820} title={t('schedule.versions.title')}>
      <Loaded query={versions} height={200}>
        {({ items }) => {
          const shown = items.find(item => item.id === chosen) ?? items[0];
          return (
            <Stack gap="sm">
              <VersionList versions={items} shown={shown} timeZone={head.timeZone} onChoose={setChosen} />
              {shown ? (
                <VersionDiff
                  key={shown.id}
                  version={shown}
                  timeZone={head.timeZone}
                  editor={editor}
                  readOnly={readOnly}
                  onDone={onClose}
                />
              ) : null}
            </Stack>
          );
        }}
      </Loaded>
    </Modal>
  );
}

function VersionList(props: {
  readonly versions: readonly Publication[];
  readonly shown: Publication | undefined;
  readonly timeZone: string;
  readonly onChoose: (id: string) => void;
}) {
  const { versions, shown, timeZone, onChoose } = props;
  return (
    <ScrollRegion label={t('schedule.versions.title')} className={classes.versionList}>
      <Radio.Group aria-label={t('schedule.versions.choose')} value={shown?.id ?? ''} onChange={onChoose}>
        <table className={classes.versions}>
          <thead>
            <tr>
              {(['version', 'when', 'who', 'note'] as const).map(key => (
                <th key={key} scope="col">
                  {t(`schedule.versions.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map(({ id, version, publishedAt, publishedBy, note }) => (
              <tr key={id}>
                <td>
                  <Radio size="xs" value={id} label={t('schedule.versions.number', { version })} />
                </td>
                <td>{formatDayTime(publishedAt, timeZone)}</td>
                <td>{publishedBy}</td>
                <td>{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Radio.Group>
    </ScrollRegion>
  );
}

interface VersionDiffProps {
  readonly version: Publication;
  readonly timeZone: string;
  readonly editor: Editor;
  readonly readOnly: boolean;
  readonly onDone: () => void;
}

/** What going back to a version would change in the draft as it is here, and the button that does it. */
function VersionDiff({ version, timeZone, editor, readOnly, onDone }: VersionDiffProps) {
  const client = useQueryClient();
  const { draft, nameOf, say } = editor;
  const params = { id: version.id };
  const published = useQuery({
    queryKey: ['publication', version.id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => assignmentsOf((await call(ROUTES.getPublication, { params })).shifts),
  });
  const changes = useMemo(
    () => (published.data ? changedDays(draft.shifts.values(), published.data, timeZone) : []),
    [draft.shifts, published.data, timeZone],
  );
  const back = useMutation({
    mutationFn: () => draft.takeOver(() => call(ROUTES.restorePublication, { params })),
    onSuccess: () => {
      say(t('schedule.versions.done', { version: version.version }));
      void client.invalidateQueries({ queryKey: ['schedules'] });
      onDone();
    },
  });
  return (
    <Loaded query={published} height={120}>
      {() => (
        <Stack gap="sm">
          {version.simulation ? (
            <p className={classes.saved}>
              <SimulatedLevel simulation={version.simulation} isPrecise />
            </p>
          ) : null}
          <p>
            {changes.length === 0
              ? t('schedule.versions.same', { version: version.version })
              : t('schedule.versions.differs', { version: version.version, count: changes.length })}
          </p>
          <ShiftDiff
            label={t('schedule.versions.diff', { version: version.version })}
            changes={changes}
            nameOf={nameOf}
            timeZone={timeZone}
            fileName={`version-${version.version}-${version.weekStart}`}
          />
          {back.error ? <Failure error={back.error} /> : null}
          {readOnly || changes.length === 0 ? null : (
            <Group justify="flex-end">
              <span className={classes.saved}>{t('schedule.versions.undoable')}</span>
              <Button disabled={draft.unsaved > 0} loading={back.isPending} onClick={() => back.mutate()}>
                {t('schedule.versions.back', { version: version.version })}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

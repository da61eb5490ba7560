import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';

interface PublishButtonProps {
  readonly head: ScheduleHead;
  readonly unsaved: number;
  readonly nameOf: (agentId: string) => string;
}

const SHOWN_CHANGES = 8;

/** Publishing is explicit: it shows the diff, who is affected, and asks a reason for broken rules. */
export function PublishButton({ head, unsaved, nameOf }: PublishButtonProps) {
  const may = useMay();
  const [opened, setOpened] = useState(false);
  if (!may('schedule.publish')) return null;
  return (
    <>
      <Button
        size="xs"
        disabled={unsaved > 0}
        title={unsaved > 0 ? t('schedule.publishing.unsaved') : ''}
        onClick={() => setOpened(true)}
      >
        {t('schedule.publish')}
      </Button>
      {opened ? <PublishDialog head={head} nameOf={nameOf} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

interface PublishDialogProps {
  readonly head: ScheduleHead;
  readonly nameOf: (agentId: string) => string;
  readonly onClose: () => void;
}

function PublishDialog({ head, nameOf, onClose }: PublishDialogProps) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const preview = useQuery({
    queryKey: ['publication-preview', head.id],
    staleTime: 0,
    gcTime: 0,
    queryFn: async () => {
      const [diff, fresh] = await Promise.all([
        call(ROUTES.previewPublication, { params: { id: head.id } }),
        call(ROUTES.getSchedule, { params: { id: head.id } }),
      ]);
      return { ...diff, revision: fresh.schedule.revision };
    },
  });
  const publish = useMutation({
    mutationFn: (revision: number) =>
      call(ROUTES.publishSchedule, { params: { id: head.id }, ifMatch: String(revision), body: { note } }),
    onSuccess: publication => {
      notifications.show({ message: t('schedule.publishing.published', { version: publication.version }) });
      void client.invalidateQueries({ queryKey: ['schedules'] });
      void client.invalidateQueries({ queryKey: ['progress'] });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('schedule.publishing.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Loaded query={preview} height={160}>
        {({ changes, agentsAffected, hardFindings, revision }) => (
          <Stack gap="sm">
            <p>
              {t('schedule.publishing.changes', { count: changes.length })}{' '}
              {t('schedule.publishing.agents', { count: agentsAffected })}
            </p>
            <ul className={classes.findingList}>
              {changes.slice(0, SHOWN_CHANGES).map(change => (
                <li key={`${change.agentId}${change.date}`}>
                  {nameOf(change.agentId)}, {formatLocalDate(change.date, false)}
                </li>
              ))}
              {changes.length > SHOWN_CHANGES ? (
                <li>{t('schedule.publishing.more', { count: changes.length - SHOWN_CHANGES })}</li>
              ) : null}
            </ul>
            {hardFindings.length > 0 ? (
              <>
                <b>{t('schedule.publishing.breaches', { count: hardFindings.length })}</b>
                <ul className={classes.findingList}>
                  {hardFindings.slice(0, SHOWN_CHANGES).map((finding, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand for two agents
                    <li key={i}>{finding.message}</li>
                  ))}
                </ul>
              </>
            ) : null}
            <Textarea
              label={t(hardFindings.length > 0 ? 'schedule.publishing.reason' : 'schedule.publishing.note')}
              required={hardFindings.length > 0}
              value={note}
              onChange={event => setNote(event.currentTarget.value)}
            />
            {publish.error ? <Failure error={publish.error} /> : null}
            <Button
              disabled={hardFindings.length > 0 && note.trim() === ''}
              loading={publish.isPending}
              onClick={() => publish.mutate(revision)}
            >
              {t('schedule.publishing.confirm')}
            </Button>
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

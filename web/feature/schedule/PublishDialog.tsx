import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleFinding, ScheduleHead } from '../../../api/contract/schedule.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';
import { ShiftDiff } from './ShiftDiff.tsx';

interface PublishButtonProps {
  readonly head: ScheduleHead;
  readonly unsaved: number;
  readonly nameOf: (agentId: string) => string;
  /** Says that it is done. */
  readonly onPublished: (message: string) => void;
}

const SHOWN_FINDINGS = 8;

/** Publishing is explicit: it shows the diff, who is affected, and asks a reason for broken rules. */
export function PublishButton({ unsaved, ...dialog }: PublishButtonProps) {
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
      {opened ? <PublishDialog {...dialog} onClose={() => setOpened(false)} /> : null}
    </>
  );
}

interface PublishDialogProps extends Omit<PublishButtonProps, 'unsaved'> {
  readonly onClose: () => void;
}

function PublishDialog({ head, nameOf, onPublished, onClose }: PublishDialogProps) {
  const client = useQueryClient();
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
    mutationFn: ({ revision, note }: { readonly revision: number; readonly note: string }) =>
      call(ROUTES.publishSchedule, { params: { id: head.id }, ifMatch: String(revision), body: { note } }),
    onSuccess: ({ version }) => {
      onPublished(t('schedule.publishing.published', { version }));
      void client.invalidateQueries({ queryKey: ['schedules'] });
      void client.invalidateQueries({ queryKey: ['progress'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} size={820} title={t('schedule.publishing.title')}>
      <Loaded query={preview} height={160}>
        {({ changes, agentsAffected, hardFindings, revision }) => (
          <Stack gap="sm">
            <p>
              {head.publishedVersion === null
                ? t('schedule.publishing.first')
                : t('schedule.publishing.changes', { count: changes.length })}{' '}
              {agentsAffected > 0 ? t('schedule.publishing.agents', { count: agentsAffected }) : null}
            </p>
            <ShiftDiff
              label={t('schedule.publishing.diff')}
              changes={changes}
              nameOf={nameOf}
              timeZone={head.timeZone}
              fileName={`changes-${head.weekStart}`}
            />
            <BrokenRules findings={hardFindings} />
            {publish.error ? <Failure error={publish.error} /> : null}
            <PublishForm
              needsReason={hardFindings.length > 0}
              isPending={publish.isPending}
              onPublish={note => publish.mutate({ revision, note })}
            />
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

function BrokenRules({ findings }: { readonly findings: readonly ScheduleFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <div>
      <b>{t('schedule.publishing.breaches', { count: findings.length })}</b>
      <ul className={classes.findingList}>
        {findings.slice(0, SHOWN_FINDINGS).map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand for two agents
          <li key={i}>{finding.message}</li>
        ))}
        {findings.length > SHOWN_FINDINGS ? (
          <li>{t('schedule.publishing.more', { count: findings.length - SHOWN_FINDINGS })}</li>
        ) : null}
      </ul>
    </div>
  );
}

function PublishForm(props: {
  readonly needsReason: boolean;
  readonly isPending: boolean;
  readonly onPublish: (note: string) => void;
}) {
  const { needsReason, isPending, onPublish } = props;
  const [note, setNote] = useState('');
  return (
    <>
      <Textarea
        label={t(needsReason ? 'schedule.publishing.reason' : 'schedule.publishing.note')}
        required={needsReason}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Button
        disabled={needsReason && note.trim() === ''}
        loading={isPending}
        onClick={() => onPublish(note.trim())}
      >
        {t('schedule.publishing.confirm')}
      </Button>
    </>
  );
}

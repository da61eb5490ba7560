import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDate, formatNumber, formatPercent } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import type { BasisQueue } from './basis.ts';
import { PromoteDialog } from './PromoteDialog.tsx';
import classes from './WhatIf.module.css';

interface SavedScenariosProps {
  readonly siteId: string;
  readonly queues: readonly BasisQueue[];
  /** `null` while four stand side by side. */
  readonly onOpen: ((scenario: Scenario) => void) | null;
}

interface SharedLink {
  readonly name: string;
  readonly url: string;
}

/** Scenarios on the server: open beside the others, share, make one the plan. */
export function SavedScenarios({ siteId, queues, onOpen }: SavedScenariosProps) {
  const [link, setLink] = useState<SharedLink | null>(null);
  const [promoting, setPromoting] = useState<Scenario | null>(null);
  const { saved, share, remove } = useSaved(siteId, setLink);
  const failed = share.error ?? remove.error;
  const actions: TableColumn<Scenario> = {
    id: 'actions',
    header: t('whatIf.actions'),
    value: scenario => scenario.id,
    cell: scenario => (
      <Group gap="xs" wrap="nowrap">
        {onOpen ? (
          <Button size="compact-xs" variant="default" onClick={() => onOpen(scenario)}>
            {t('whatIf.open')}
          </Button>
        ) : null}
        <ManageButtons
          isSharing={share.isPending && share.variables.id === scenario.id}
          onShare={() => share.mutate(scenario)}
          onPromote={() => setPromoting(scenario)}
          onRemove={() => remove.mutate(scenario)}
        />
      </Group>
    ),
  };
  return (
    <Card title={t('whatIf.savedList')} note={t('whatIf.savedNote')}>
      {failed ? <Failure error={failed} /> : null}
      {link ? <LinkField link={link} /> : null}
      <Loaded query={saved} height={80}>
        {({ items }) => (
          <DataTable
            caption={t('whatIf.savedList')}
            columns={[...figureColumns(queues[0]?.timeZone ?? 'UTC'), actions]}
            rows={items}
            rowKey={scenario => scenario.id}
            empty={<p>{t('whatIf.savedNone')}</p>}
          />
        )}
      </Loaded>
      {promoting ? (
        <PromoteDialog scenario={promoting} queues={queues} onClose={() => setPromoting(null)} />
      ) : null}
    </Card>
  );
}

/** The site's scenarios on the server, and what can be done with one. */
function useSaved(siteId: string, onLink: (link: SharedLink) => void) {
  const client = useQueryClient();
  const saved = useQuery({
    queryKey: ['scenarios', siteId],
    queryFn: () => call(ROUTES.listScenarios, { query: { siteId } }),
  });
  const share = useMutation({
    mutationFn: async (scenario: Scenario) => {
      const { path } = await call(ROUTES.shareScenario, { params: { id: scenario.id } });
      return { name: scenario.name, url: `${location.origin}${path}` };
    },
    onSuccess: onLink,
  });
  const remove = useMutation({
    mutationFn: (scenario: Scenario) => call(ROUTES.removeScenario, { params: { id: scenario.id } }),
    onSuccess: (_, scenario) => {
      notifications.show({ message: t('whatIf.removed', { name: scenario.name }) });
      void client.invalidateQueries({ queryKey: ['scenarios'] });
    },
  });
  return { saved, share, remove };
}

function figureColumns(timeZone: string): readonly TableColumn<Scenario>[] {
  return [
    { id: 'name', header: t('whatIf.name'), value: scenario => scenario.name },
    {
      id: 'days',
      header: t('whatIf.period'),
      value: scenario => scenario.start ?? null,
      cell: scenario =>
        scenario.start === undefined
          ? '–'
          : t('whatIf.periodFrom', {
              date: formatDate(scenario.start, timeZone),
              days: scenario.days ?? '–',
            }),
    },
    {
      id: 'level',
      header: t('whatIf.result.serviceLevel'),
      align: 'end',
      value: scenario => scenario.result?.serviceLevel ?? null,
      cell: scenario => formatPercent(scenario.result?.serviceLevel, 1),
    },
    {
      id: 'hours',
      header: t('whatIf.result.hours'),
      align: 'end',
      value: scenario => scenario.result?.hours ?? null,
      cell: scenario => formatNumber(scenario.result?.hours),
    },
  ];
}

interface ManageButtonsProps {
  readonly isSharing: boolean;
  readonly onShare: () => void;
  readonly onPromote: () => void;
  readonly onRemove: () => void;
}

function ManageButtons({ isSharing, onShare, onPromote, onRemove }: ManageButtonsProps) {
  const may = useMay();
  if (!may('scenario.manage')) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" loading={isSharing} onClick={onShare}>
        {t('whatIf.share')}
      </Button>
      {may('scenario.promote') ? (
        <Button size="compact-xs" variant="default" onClick={onPromote}>
          {t('whatIf.promote')}
        </Button>
      ) : null}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onRemove}>
        {t('action.remove')}
      </Button>
    </>
  );
}

function LinkField({ link }: { readonly link: SharedLink }) {
  return (
    <Group align="flex-end" gap="xs" mb="sm" className={classes.link ?? ''}>
      <TextInput
        size="xs"
        readOnly
        autoFocus
        label={t('whatIf.linkOf', { name: link.name })}
        description={t('whatIf.linkNote')}
        value={link.url}
        onFocus={event => event.currentTarget.select()}
      />
      <CopyButton value={link.url}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {t(copied ? 'whatIf.copied' : 'whatIf.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

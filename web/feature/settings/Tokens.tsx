import { Button, Code, Group, MultiSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PERMISSIONS } from '../../../api/contract/permission.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { tokenSchema } from '../../../api/contract/user.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { useMe } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

type Token = (typeof tokenSchema)['_zod']['output'];

/** Keys for programs. */
export function Tokens() {
  const client = useQueryClient();
  const { site } = useWorkplace();
  const timeZone = site?.timeZone ?? 'UTC';
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => call(ROUTES.listTokens, {}) });
  const revoke = useMutation({
    mutationFn: (id: string) => call(ROUTES.revokeToken, { params: { id } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const columns: readonly TableColumn<Token>[] = [
    { id: 'name', header: t('settings.tokens.column.name'), value: token => token.name },
    { id: 'may', header: t('settings.tokens.column.may'), value: token => token.permissions.join(', ') },
    {
      id: 'expires',
      header: t('settings.tokens.column.expires'),
      value: token => token.expiresAt,
      cell: token => formatDate(token.expiresAt, timeZone),
    },
    {
      id: 'used',
      header: t('settings.tokens.column.used'),
      value: token => token.lastUsedAt,
      cell: token =>
        token.lastUsedAt === null ? t('settings.accounts.never') : formatDate(token.lastUsedAt, timeZone),
    },
    {
      id: 'revoke',
      header: t('settings.tokens.revoke'),
      value: () => null,
      cell: token => (
        <Button size="compact-xs" variant="default" onClick={() => revoke.mutate(token.id)}>
          {t('settings.tokens.revoke')}
        </Button>
      ),
    },
  ];
  return (
    <Stack>
      <NewToken />
      <Card title={t('settings.tabs.tokens')} note={t('settings.tokens.note')}>
        {revoke.error ? <Failure error={revoke.error} /> : null}
        <Loaded query={tokens} height={120}>
          {({ items }) => (
            <DataTable
              caption={t('settings.tabs.tokens')}
              columns={columns}
              rows={items}
              rowKey={token => token.id}
              empty={<p>{t('settings.tokens.none')}</p>}
            />
          )}
        </Loaded>
      </Card>
    </Stack>
  );
}

function NewToken() {
  const client = useQueryClient();
  const { data: me } = useMe();
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<string[]>([]);
  const [days, setDays] = useState(90);
  const create = useMutation({
    mutationFn: () =>
      call(ROUTES.createToken, {
        body: {
          name,
          permissions: PERMISSIONS.filter(permission => permissions.includes(permission)),
          siteIds: null,
          expiresInDays: days,
        },
      }),
    onSuccess: () => {
      setName('');
      setPermissions([]);
      void client.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  return (
    <Card title={t('settings.tokens.add')}>
      <form
        onSubmit={event => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Group align="flex-end">
          <TextInput
            required
            label={t('settings.tokens.name')}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <MultiSelect
            required
            searchable
            miw={260}
            label={t('settings.tokens.permissions')}
            data={me?.permissions ?? []}
            value={permissions}
            onChange={setPermissions}
          />
          <NumberInput
            label={t('settings.tokens.days')}
            min={1}
            max={365}
            allowDecimal={false}
            value={days}
            onChange={value => typeof value === 'number' && setDays(value)}
          />
          <Button
            type="submit"
            loading={create.isPending}
            disabled={name.trim() === '' || permissions.length === 0}
          >
            {t('settings.tokens.create')}
          </Button>
        </Group>
      </form>
      {create.error ? <Failure error={create.error} /> : null}
      {create.data ? (
        <div role="status">
          <p>{t('settings.tokens.secret')}</p>
          <Code block>{create.data.secret}</Code>
        </div>
      ) : null}
    </Card>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { User } from '../../../api/contract/user.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';

import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { AccountForm } from './AccountForm.tsx';
import { stampOf } from './stamp.ts';

/** Who may sign in, as what. */
export function Accounts() {
  const { site } = useWorkplace();
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  const users = useQuery({ queryKey: ['users'], queryFn: () => call(ROUTES.listUsers, {}) });
  const timeZone = site?.timeZone ?? 'UTC';
  const columns: readonly TableColumn<User>[] = [
    {
      id: 'name',
      header: t('settings.accounts.column.name'),
      value: user => user.name,
      cell: user => (
        <Button size="compact-sm" variant="subtle" onClick={() => setEditing(user)}>
          {user.name}
        </Button>
      ),
    },
    { id: 'email', header: t('settings.accounts.column.email'), value: user => user.email },
    {
      id: 'roles',
      header: t('settings.accounts.column.roles'),
      value: user => user.grants.map(grant => t(`role.${grant.role}`)).join(', '),
    },
    { id: 'state', header: t('settings.accounts.column.state'), value: stateOf },
    instantColumn({
      id: 'seen',
      header: t('settings.accounts.column.seen'),
      at: user => user.lastSignInAt,
      timeZone,
      format: stampOf,
      absent: t('settings.accounts.never'),
    }),
  ];
  return (
    <Loaded query={users}>
      {({ items }) => (
        <>
          <Button size="xs" mb="sm" onClick={() => setEditing('new')}>
            {t('settings.accounts.add')}
          </Button>
          <DataTable
            caption={t('settings.tabs.accounts')}
            columns={columns}
            rows={items}
            rowKey={user => user.id}
            fileName="accounts"
          />
          {items.length === 1 ? <p>{t('settings.accounts.none')}</p> : null}
          {editing ? (
            <AccountForm user={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function stateOf(user: User): string {
  if (user.disabled) return t('settings.accounts.disabled');
  return user.secondFactor ? t('settings.accounts.withCodes') : t('settings.accounts.active');
}

import { Tabs } from '@mantine/core';
import type { ComponentType } from 'react';
import type { Permission } from '../../../api/contract/permission.ts';
import { Page } from '../../component/Page.tsx';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { Accounts } from './Accounts.tsx';
import { AuditTrail } from './AuditTrail.tsx';
import { General } from './General.tsx';
import { MyAccess } from './MyAccess.tsx';
import { Tokens } from './Tokens.tsx';
import { Upkeep } from './Upkeep.tsx';

const TABS = [
  { id: 'access', needs: null, content: MyAccess },
  { id: 'general', needs: 'setting.manage', content: General },
  { id: 'accounts', needs: 'user.manage', content: Accounts },
  { id: 'tokens', needs: 'token.manage', content: Tokens },
  { id: 'audit', needs: 'audit.read', content: AuditTrail },
  { id: 'upkeep', needs: 'job.read', content: Upkeep },
] as const satisfies readonly { id: string; needs: Permission | null; content: ComponentType }[];

/** Everything about the installation and the own account; a tab appears only to those who may use it. */
export function SettingsPage() {
  const may = useMay();
  const tabs = TABS.filter(tab => tab.needs === null || may(tab.needs));
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      <Tabs defaultValue="access" keepMounted={false}>
        <Tabs.List>
          {tabs.map(tab => (
            <Tabs.Tab key={tab.id} value={tab.id}>
              {t(`settings.tabs.${tab.id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ id, content: Content }) => (
          <Tabs.Panel key={id} value={id} pt="md">
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

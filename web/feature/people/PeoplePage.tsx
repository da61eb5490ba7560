import { Tabs } from '@mantine/core';
import { Card } from '../../component/Card.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { SiteForm } from '../../component/SiteForm.tsx';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { Agents } from './Agents.tsx';
import { Rules } from './Rules.tsx';
import { Skills } from './Skills.tsx';
import { Templates } from './Templates.tsx';
import { TimeOffList } from './TimeOffList.tsx';

const TABS = ['agents', 'skills', 'templates', 'rules', 'timeOff'] as const;

/** People and what binds their shifts. */
export function PeoplePage() {
  const { site, isLoading } = useWorkplace();
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      {isLoading ? <Loading height={360} /> : null}
      {!isLoading && !site ? (
        <Card title={t('import.source.noSite')}>
          <SiteForm />
        </Card>
      ) : null}
      {site ? (
        <Tabs defaultValue="agents" keepMounted={false}>
          <Tabs.List>
            {TABS.map(tab => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`people.tabs.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="agents" pt="md">
            <Agents siteId={site.id} />
          </Tabs.Panel>
          <Tabs.Panel value="skills" pt="md">
            <Skills siteId={site.id} />
          </Tabs.Panel>
          <Tabs.Panel value="templates" pt="md">
            <Templates siteId={site.id} />
          </Tabs.Panel>
          <Tabs.Panel value="rules" pt="md">
            <Rules siteId={site.id} />
          </Tabs.Panel>
          <Tabs.Panel value="timeOff" pt="md">
            <TimeOffList siteId={site.id} timeZone={site.timeZone} />
          </Tabs.Panel>
        </Tabs>
      ) : null}
    </Page>
  );
}

import { Button, Group, TextInput } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { Icon } from '../../component/Icon.tsx';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { MonthSheet } from './MonthSheet.tsx';
import { readPlace } from './place.ts';

/** One page for one month, to be printed for a board or an accreditation. */
export function MonthPage() {
  const { site, week, isLoading } = useWorkplace();
  const [params, setParams] = useSearchParams();
  const month = readPlace(params).month ?? week.slice(0, 7);
  return (
    <Page
      title={t('attainment.month.title')}
      lead={<span className="noPrint">{t('attainment.month.lead')}</span>}
      actions={
        <Group gap="xs">
          <TextInput
            size="xs"
            type="month"
            aria-label={t('attainment.month.choose')}
            value={month}
            onChange={event => {
              if (event.currentTarget.value !== '') setParams({ month: event.currentTarget.value });
            }}
          />
          <Button size="xs" leftSection={<Icon name="print" size={15} />} onClick={() => window.print()}>
            {t('attainment.month.print')}
          </Button>
          <Button size="xs" variant="default" component={Link} to="/attainment">
            {t('attainment.month.back')}
          </Button>
        </Group>
      }
    >
      {site ? <MonthSheet key={site.id} site={site} month={month} /> : null}
      {isLoading ? <Loading height={600} /> : null}
    </Page>
  );
}

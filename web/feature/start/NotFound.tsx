import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Page } from '../../component/Page.tsx';
import { t } from '../../locale/i18n.ts';

export function NotFound() {
  return (
    <Page title={t('shell.notFound')} layout="narrow">
      <EmptyState
        icon="start"
        title={t('shell.notFound')}
        actions={
          <Button component={Link} to="/">
            {t('shell.toStart')}
          </Button>
        }
      >
        {t('shell.notFoundText')}
      </EmptyState>
    </Page>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../component/EmptyState.tsx';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

/** No actuals in the period: look further, or bring some in. */
export function NoAttainment({ children }: { readonly children?: ReactNode }) {
  const may = useMay();
  return (
    <EmptyState
      icon="attainment"
      title={t('attainment.none')}
      actions={
        <>
          {children}
          {may('history.manage') ? (
            <Button component={Link} to="/import" variant="default">
              {t('attainment.toImport')}
            </Button>
          ) : null}
        </>
      }
    >
      {t(may('history.manage') ? 'attainment.noneText' : 'attainment.noneAsk')}
    </EmptyState>
  );
}

import { Button } from '@mantine/core';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { connection } from '../../lib/connection.ts';
import { t } from '../../locale/i18n.ts';
import { Icon } from '../Icon.tsx';
import classes from './Shell.module.css';

/** Says above every page that the server is out of reach, for as long as it is: what is shown may be old. */
export function ConnectionLost() {
  const client = useQueryClient();
  const isUp = useSyncExternalStore(connection.listen, connection.isUp);
  const isAsking = useIsFetching() > 0;
  if (isUp) return null;
  return (
    <div className={classes.lost} role="alert">
      <Icon name="warning" size={18} />
      <span>{t('shell.lost')}</span>
      <Button
        size="compact-sm"
        variant="default"
        loading={isAsking}
        onClick={() => void client.refetchQueries({ type: 'active' })}
      >
        {t('action.retry')}
      </Button>
    </div>
  );
}

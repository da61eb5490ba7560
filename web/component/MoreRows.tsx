import { Button } from '@mantine/core';
import { t } from '../locale/i18n.ts';

/** Asks for the next page of a list that comes page by page; nothing on the last. */
export function MoreRows({
  query,
}: {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}) {
  if (!query.hasNextPage) return null;
  return (
    <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {t('action.older')}
    </Button>
  );
}

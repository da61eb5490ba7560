import { Button, Code, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

/** Revocable addresses under which a phone's calendar reads the own shifts. */
export function CalendarLinks() {
  const client = useQueryClient();
  const links = useQuery({ queryKey: ['calendarLinks'], queryFn: () => call(ROUTES.listCalendarLinks, {}) });
  const refresh = () => void client.invalidateQueries({ queryKey: ['calendarLinks'] });
  const create = useMutation({
    mutationFn: () => call(ROUTES.createCalendarLink, {}),
    onSuccess: refresh,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => call(ROUTES.revokeCalendarLink, { params: { id } }),
    onSuccess: refresh,
  });
  const error = create.error ?? revoke.error;
  return (
    <Card
      title={t('mySchedule.calendar')}
      note={t('mySchedule.calendarNote')}
      actions={
        <Button size="xs" loading={create.isPending} onClick={() => create.mutate()}>
          {t('mySchedule.calendarCreate')}
        </Button>
      }
    >
      {error ? <Failure error={error} /> : null}
      {create.data ? (
        <div role="status">
          <p>{t('mySchedule.calendarShown')}</p>
          <Code block>{`${window.location.origin}${create.data.path}`}</Code>
        </div>
      ) : null}
      <Loaded query={links} height={60}>
        {({ items }) => (
          <ul>
            {items.map(link => (
              <li key={link.id}>
                <Group gap="xs">
                  {t('mySchedule.calendarSince', { when: formatDate(link.createdAt, 'UTC') })}
                  <Button size="compact-xs" variant="default" onClick={() => revoke.mutate(link.id)}>
                    {t('mySchedule.revoke')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

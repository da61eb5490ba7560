import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { Link } from 'react-router';
import { SERVICE_LEVEL_DEFINITIONS } from '../../../api/contract/centre.ts';
import { urlOf } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { DownloadMenu, type FileFormat } from '../../component/DownloadMenu.tsx';
import { Icon } from '../../component/Icon.tsx';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type Days, type Place, RANGES } from './place.ts';

interface AttainmentActionsProps {
  readonly place: Place;
  readonly days: Days;
  readonly onGo: (place: Place) => void;
}

/** Period, definition and ways out of the page. */
export function AttainmentActions({ place, days, onGo }: AttainmentActionsProps) {
  const { site } = useWorkplace();
  const { definition } = place;
  const report = (format: FileFormat) =>
    urlOf(ROUTES.downloadReport, {
      query: {
        ...days,
        ...(place.site !== 'all' && site && { siteId: site.id }),
        ...(place.queue !== null && { queueIds: [place.queue] }),
        ...(definition && { definition }),
        by: 'day',
        format,
      },
    });
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('attainment.range')}
        value={place.range}
        onChange={value => {
          const range = RANGES.find(name => name === value);
          if (range) onGo({ ...place, range, month: null, week: null, day: null });
        }}
        data={RANGES.map(value => ({ value, label: t(`attainment.ranges.${value}`) }))}
      />
      <NativeSelect
        size="xs"
        aria-label={t('attainment.definition')}
        value={definition ?? ''}
        onChange={event =>
          onGo({
            ...place,
            definition: SERVICE_LEVEL_DEFINITIONS.find(name => name === event.currentTarget.value) ?? null,
          })
        }
        data={[
          { value: '', label: t('attainment.ownDefinition') },
          ...SERVICE_LEVEL_DEFINITIONS.map(value => ({ value, label: t(`staffing.definitions.${value}`) })),
        ]}
      />
      <Button
        size="xs"
        variant="default"
        component={Link}
        to={`/attainment/month?month=${days.from.slice(0, 7)}`}
        leftSection={<Icon name="print" size={15} />}
      >
        {t('attainment.monthPage')}
      </Button>
      <DownloadMenu href={report} />
    </Group>
  );
}

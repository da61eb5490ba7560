import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { downloadText, type Figures, toCsv } from '../lib/csv.ts';
import { downloadXlsx } from '../lib/xlsx.ts';
import { t } from '../locale/i18n.ts';
import { Icon } from './Icon.tsx';

interface ExportButtonsProps {
  /** Without its ending. */
  readonly fileName: string;
  /** Asked for when a button is pressed. */
  readonly figures: () => Figures;
  readonly size?: 'compact-xs' | 'compact-sm';
}

/** A table to take away, as CSV and as a workbook. */
export function ExportButtons({ fileName, figures, size = 'compact-xs' }: ExportButtonsProps) {
  const workbook = useMutation({ mutationFn: () => downloadXlsx(`${fileName}.xlsx`, figures()) });
  return (
    <>
      <Button
        size={size}
        variant="subtle"
        leftSection={<Icon name="download" size={14} />}
        onClick={() => downloadText(`${fileName}.csv`, toCsv(figures()))}
      >
        {t('table.csv')}
      </Button>
      <Button
        size={size}
        variant="subtle"
        leftSection={<Icon name="download" size={14} />}
        loading={workbook.isPending}
        onClick={() => workbook.mutate()}
      >
        {t('table.xlsx')}
      </Button>
      {workbook.isError ? <span role="alert">{t('table.xlsxFailed')}</span> : null}
    </>
  );
}

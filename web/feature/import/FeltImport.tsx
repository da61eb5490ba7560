import { Button, FileButton, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FeltReport } from '../../../api/contract/felt.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate, formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';

/** Surveys and tickets from a file: first what it would do and what is wrong in it, then all of it or nothing. */
export function FeltImport() {
  const client = useQueryClient();
  const may = useMay();
  const { site } = useWorkplace();
  const [file, setFile] = useState<File | null>(null);
  const input = (chosen: File) => ({
    query: { siteId: site?.id ?? '', fileName: chosen.name },
    upload: chosen,
  });
  const check = useMutation({ mutationFn: (chosen: File) => call(ROUTES.checkFelt, input(chosen)) });
  const commit = useMutation({
    mutationFn: (chosen: File) => call(ROUTES.importFelt, input(chosen)),
    onSuccess: () => {
      setFile(null);
      check.reset();
      void client.invalidateQueries({ queryKey: ['imports'] });
      void client.invalidateQueries({ queryKey: ['felt'] });
    },
  });
  if (!site || !may('report.manage')) return null;
  const take = (chosen: File | null) => {
    commit.reset();
    check.reset();
    setFile(chosen);
    if (chosen) check.mutate(chosen);
  };
  const error = check.error ?? commit.error;
  return (
    <Card
      title={t('felt.import.title')}
      note={t('felt.import.text')}
      actions={
        <Button
          component="a"
          href={ROUTES.downloadFeltTemplate.path}
          download
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="download" size={15} />}
        >
          {t('felt.import.template')}
        </Button>
      }
    >
      {error ? <Failure error={error} onRetry={() => take(null)} /> : null}
      {commit.data ? (
        <p role="status">
          {t('felt.import.done', {
            added: formatNumber(commit.data.valuesNew),
            changed: formatNumber(commit.data.valuesChanged),
          })}
        </p>
      ) : null}
      {file && check.data ? <Findings report={check.data} fileName={file.name} /> : null}
      <Group mt={8}>
        {file && check.data?.problemsTotal === 0 && check.data.from !== null ? (
          <Button loading={commit.isPending} onClick={() => commit.mutate(file)}>
            {t('felt.import.commit')}
          </Button>
        ) : null}
        <FileButton onChange={take} accept=".csv,.txt,.tsv,.xlsx">
          {props => (
            <Button {...props} variant="default" loading={check.isPending}>
              {t(file ? 'felt.import.cancel' : 'felt.import.choose')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Card>
  );
}

type Problem = FeltReport['problems'][number];

const COLUMNS: readonly TableColumn<Problem>[] = [
  { id: 'line', header: t('felt.import.column.line'), align: 'end', value: row => row.line },
  { id: 'column', header: t('felt.import.column.column'), value: row => row.column },
  { id: 'found', header: t('felt.import.column.found'), value: row => row.found },
  { id: 'expected', header: t('felt.import.column.expected'), value: row => row.expected },
];

function Findings({ report, fileName }: { readonly report: FeltReport; readonly fileName: string }) {
  const { from, to, problems, problemsTotal, ignoredColumns } = report;
  return (
    <div aria-live="polite">
      <p>
        {from === null || to === null
          ? t('felt.import.nothing', { file: fileName })
          : t('felt.import.found', {
              file: fileName,
              added: formatNumber(report.valuesNew),
              changed: formatNumber(report.valuesChanged),
              same: formatNumber(report.valuesSame),
              from: formatLocalDate(from),
              to: formatLocalDate(to),
            })}
        {ignoredColumns.length > 0
          ? ` ${t('felt.import.ignored', { columns: ignoredColumns.join(', ') })}`
          : ''}
      </p>
      {problemsTotal > 0 ? (
        <>
          <h3 className={classes.hint}>{t('felt.import.problems', { count: problemsTotal })}</h3>
          <DataTable
            caption={t('felt.import.problems', { count: problemsTotal })}
            columns={COLUMNS}
            rows={problems}
            rowKey={row => `${row.line}:${row.column}`}
            fileName="survey-problems"
            maxHeight={320}
          />
          {problemsTotal > problems.length ? (
            <p className={classes.hint}>{t('felt.import.problemsShown', { count: problems.length })}</p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}

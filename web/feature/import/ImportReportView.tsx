import { Alert, Badge } from '@mantine/core';
import type { ImportReport } from '../../../api/contract/import.ts';
import { type LocalDay, localDaysBetween } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { Stat, Stats } from '../../component/Stat.tsx';
import { formatLocalDate, formatNumber } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';

interface ImportReportViewProps {
  readonly report: ImportReport;
  readonly timeZone: string | null;
}

/** Counts, problems grouped by repair, and the clock changes inside the file. */
export function ImportReportView({ report, timeZone }: ImportReportViewProps) {
  const { site } = useWorkplace();
  const clockChanges = clockChangesIn(report, timeZone ?? site?.timeZone ?? 'UTC');
  const { rowsRead, rowsNew, rowsChanged, rowsSame, rowsRejected } = report;
  // Rows that nobody misses: totals, hours that the clocks skipped, queues that are left out.
  const leftOut = rowsRead - rowsNew - rowsChanged - rowsSame - rowsRejected;
  if (report.unreadable) {
    const { line, reason } = report.unreadable;
    return (
      <Alert color="red">
        {line === null
          ? t('import.check.unreadable', { reason })
          : t('import.check.unreadableLine', { line, reason })}
      </Alert>
    );
  }
  return (
    <>
      <Stats>
        <Stat label={t('import.counts.read')} value={formatNumber(report.rowsRead)} />
        <Stat label={t('import.counts.new')} value={formatNumber(report.rowsNew)} tone="good" />
        <Stat label={t('import.counts.changed')} value={formatNumber(report.rowsChanged)} />
        <Stat label={t('import.counts.same')} value={formatNumber(report.rowsSame)} />
        <Stat
          label={t('import.counts.rejected')}
          value={formatNumber(report.rowsRejected)}
          tone={report.rowsRejected > 0 ? 'error' : 'plain'}
        />
        {leftOut > 0 ? (
          <Stat label={t('import.counts.leftOut')} value={formatNumber(leftOut)} tone="under" />
        ) : null}
      </Stats>
      <Card title={t('import.check.problems')}>
        {report.problems.length === 0 ? <p>{t('import.check.none')}</p> : null}
        {report.problems.map(problem => (
          <article key={`${problem.code}${problem.column}`} className={classes.problem}>
            <h3>
              <Badge
                tt="none"
                variant="default"
                c={`var(--cl-${problem.severity === 'error' ? 'error' : problem.severity === 'warning' ? 'warning' : 'accent'})`}
              >
                {t(`import.check.severity.${problem.severity}`)}
              </Badge>{' '}
              {sentenceCase(problem.repair)} ({t('import.check.rows', { count: problem.rows })}
              {problem.column ? `, ${t('import.check.column', { name: problem.column })}` : ''})
            </h3>
            <ul>
              {problem.examples.slice(0, 3).map(example => (
                <li key={example.line}>
                  {t('import.check.example', {
                    line: example.line,
                    expected: problem.expected,
                    found: example.found,
                  })}
                </li>
              ))}
            </ul>
          </article>
        ))}
      </Card>
      <Card title={t('import.check.clock')}>
        {clockChanges.length === 0 ? <p>{t('import.check.clockNone')}</p> : null}
        <ul className={classes.list}>
          {clockChanges.map(day => (
            <li key={day.date}>
              {t(
                day.endEpochSeconds - day.startEpochSeconds < 86_400
                  ? 'import.check.clockMissing'
                  : 'import.check.clockDoubled',
                { date: formatLocalDate(day.date) },
              )}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function clockChangesIn(report: ImportReport, timeZone: string): readonly LocalDay[] {
  const from = Math.min(...report.ranges.map(range => range.from));
  const to = Math.max(...report.ranges.map(range => range.to));
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
  return localDaysBetween(from, to, timeZone).filter(day => day.shifts.length > 0);
}

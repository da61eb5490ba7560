import { Button } from '@mantine/core';
import { ApiError } from '../../api/contract/client.ts';
import { isUnreachable } from '../lib/api.ts';
import { t } from '../locale/i18n.ts';
import classes from './Failure.module.css';
import { Icon } from './Icon.tsx';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, in the server's words where it has some, and how to mend it. */
export function Failure({ error, onRetry }: FailureProps) {
  const told = describeError(error);
  return (
    <div className={classes.failure} role="alert">
      <Icon name="warning" size={20} />
      <div className={classes.words}>
        <p className={classes.title}>{told.title}</p>
        {told.detail ? <p className={classes.detail}>{told.detail}</p> : null}
        {told.issues.length > 0 ? (
          <ul className={classes.issues}>
            {told.issues.map(issue => (
              <li key={issue}>{issue}</li>
            ))}
          </ul>
        ) : null}
        <p className={classes.mend}>{told.mend}</p>
        {told.requestId ? (
          <p className={classes.request}>{t('failure.request', { id: told.requestId })}</p>
        ) : null}
      </div>
      {onRetry ? (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      ) : null}
    </div>
  );
}

interface ToldError {
  readonly title: string;
  readonly detail: string | null;
  readonly issues: readonly string[];
  readonly mend: string;
  readonly requestId: string | null;
}

/** Any error as words: title, detail, and the way out. */
export function describeError(error: unknown): ToldError {
  if (error instanceof ApiError) {
    const { problem } = error;
    const issues = (problem.issues ?? []).map(issue =>
      issue.path ? `${issue.path}: ${issue.message}` : issue.message,
    );
    return {
      title: problem.title,
      detail: problem.detail ?? null,
      issues: issues.slice(0, 12),
      mend: mendOf(error.id),
      requestId: problem.requestId ?? null,
    };
  }
  const unreachable = isUnreachable(error);
  return {
    title: unreachable ? t('failure.unreachable') : t('failure.unexpected'),
    detail: unreachable ? null : error instanceof Error ? error.message : String(error),
    issues: [],
    mend: unreachable ? t('failure.mend.unreachable') : t('failure.mend.unexpected'),
    requestId: null,
  };
}

const MENDS = {
  signInRequired: 'failure.mend.signIn',
  forbidden: 'failure.mend.forbidden',
  notFound: 'failure.mend.notFound',
  conflict: 'failure.mend.conflict',
  stale: 'failure.mend.conflict',
  tooLarge: 'failure.mend.tooLarge',
  tooManyRequests: 'failure.mend.wait',
  unavailable: 'failure.mend.unreachable',
  diskFull: 'failure.mend.diskFull',
  invalid: 'failure.mend.input',
  unprocessable: 'failure.mend.input',
} as const;

function mendOf(id: string): string {
  const key = Object.entries(MENDS).find(([known]) => known === id)?.[1];
  return t(key ?? 'failure.mend.unexpected');
}

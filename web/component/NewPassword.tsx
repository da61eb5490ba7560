import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { ApiError } from '../../api/contract/client.ts';
import { t } from '../locale/i18n.ts';

interface NewPasswordProps extends PasswordInputProps {
  /** What went wrong when it was sent, if anything did. */
  readonly refusal: unknown;
}

/** A password to be chosen, and under it why the server finds it weak. */
export function NewPassword({ refusal, error, ...input }: NewPasswordProps) {
  return (
    <PasswordInput
      autoComplete="new-password"
      description={t('firstRun.passwordHelp')}
      {...input}
      error={error ?? weaknessIn(refusal)}
    />
  );
}

/** Why the server finds the password weak; null for any other error. */
export function weaknessIn(error: unknown): string | null {
  const issues = error instanceof ApiError ? error.problem.issues : undefined;
  const weak = issues?.find(issue => issue.path === 'body.password');
  return weak ? t('firstRun.passwordWeak', { reason: weak.message }) : null;
}

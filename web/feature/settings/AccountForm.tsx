import { Button, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Grant, ROLES, type Role } from '../../../api/contract/permission.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { LEAST_PASSWORD_LENGTH } from '../../../api/contract/session.ts';
import type { User } from '../../../api/contract/user.ts';
import { Failure } from '../../component/Failure.tsx';
import { NewPassword, weaknessIn } from '../../component/NewPassword.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

const form = 'settings.accounts.form' as const;

interface AccountFormProps {
  /** `null` makes a new account. */
  readonly user: User | null;
  readonly onClose: () => void;
}

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Empty for every site. */
  readonly siteId: string;
  readonly agentId: string;
  readonly password: string;
  readonly disabled: boolean;
  readonly resetCodes: boolean;
}

/** One account: name, role and reach, the agent behind it, password, disabling. */
export function AccountForm({ user, onClose }: AccountFormProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(user));
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: () => store(user, draft),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const passwordOk = user
    ? draft.password === '' || draft.password.length >= LEAST_PASSWORD_LENGTH
    : draft.password.length >= LEAST_PASSWORD_LENGTH;
  return (
    <Modal
      opened
      onClose={onClose}
      title={user ? t(`${form}.change`, { name: user.name }) : t(`${form}.create`)}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <AccountFields draft={draft} onChange={set} />
          <NewPassword
            required={user === null}
            label={t(user ? `${form}.newPassword` : `${form}.password`)}
            refusal={save.error}
            value={draft.password}
            onChange={event => set({ password: event.currentTarget.value })}
          />
          {user ? (
            <Switch
              label={t(`${form}.disable`)}
              description={t(`${form}.endsSessions`)}
              checked={draft.disabled}
              onChange={event => set({ disabled: event.currentTarget.checked })}
            />
          ) : null}
          {user?.secondFactor ? (
            <Switch
              label={t(`${form}.resetCodes`)}
              checked={draft.resetCodes}
              onChange={event => set({ resetCodes: event.currentTarget.checked })}
            />
          ) : null}
          {save.error && !weaknessIn(save.error) ? <Failure error={save.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!passwordOk}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface AccountFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Who it is, what they may do where, and the agent behind the account. */
function AccountFields({ draft, onChange }: AccountFieldsProps) {
  const { sites, site } = useWorkplace();
  const agents = useQuery({
    queryKey: ['agents', site?.id],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId: site?.id ?? '' } }),
    enabled: site !== null && site !== undefined,
  });
  return (
    <>
      <TextInput
        required
        data-autofocus
        label={t(`${form}.name`)}
        value={draft.name}
        onChange={event => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        required
        type="email"
        label={t(`${form}.email`)}
        value={draft.email}
        onChange={event => onChange({ email: event.currentTarget.value })}
      />
      <Select
        allowDeselect={false}
        label={t(`${form}.role`)}
        data={ROLES.map(role => ({ value: role, label: t(`settings.accounts.role.${role}`) }))}
        value={draft.role}
        onChange={value => onChange({ role: ROLES.find(role => role === value) ?? draft.role })}
      />
      <Select
        allowDeselect={false}
        disabled={draft.role === 'agent'}
        label={t(`${form}.reach`)}
        data={[
          { value: '', label: t(`${form}.everySite`) },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.siteId}
        onChange={value => onChange({ siteId: value ?? '' })}
      />
      <Select
        clearable
        searchable
        label={t(`${form}.agent`)}
        description={t(`${form}.agentHelp`)}
        data={(agents.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.agentId === '' ? null : draft.agentId}
        onChange={value => onChange({ agentId: value ?? '' })}
      />
    </>
  );
}

function draftOf(user: User | null): Draft {
  const grant = user?.grants[0];
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: grant?.role ?? 'planner',
    siteId: grant?.reach.kind === 'site' ? grant.reach.siteId : '',
    agentId: user?.agentId ?? '',
    password: '',
    disabled: user?.disabled ?? false,
    resetCodes: false,
  };
}

function reachOf(draft: Draft): Grant['reach'] {
  if (draft.role === 'agent') return { kind: 'self' };
  return draft.siteId === '' ? { kind: 'all' } : { kind: 'site', siteId: draft.siteId };
}

function store(user: User | null, draft: Draft): Promise<User> {
  const grant: Grant = { role: draft.role, reach: reachOf(draft) };
  const fields = {
    name: draft.name,
    email: draft.email,
    agentId: draft.agentId === '' ? null : draft.agentId,
  };
  if (!user)
    return call(ROUTES.createUser, { body: { ...fields, grants: [grant], password: draft.password } });
  const [first, ...others] = user.grants;
  const sameGrant = first !== undefined && JSON.stringify(first) === JSON.stringify(grant);
  return call(ROUTES.updateUser, {
    params: { id: user.id },
    body: {
      ...fields,
      ...(!sameGrant && { grants: [grant, ...others] }),
      ...(draft.disabled !== user.disabled && { disabled: draft.disabled }),
      ...(draft.password !== '' && { password: draft.password }),
      ...(draft.resetCodes && { resetSecondFactor: true as const }),
    },
  });
}

import { Button, Chip, Group, MultiSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiError } from '../../../api/contract/client.ts';
import type { Agent } from '../../../api/contract/people.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { Proposal, ScheduleHead } from '../../../api/contract/schedule.ts';
import type { LocalDay } from '../../../forecasting/index.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { changedDays } from '../../../forecasting/scheduling/shiftChanges.ts';
import { Card, Columns } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';
import { ShiftDiff } from './ShiftDiff.tsx';
import { assignmentsOf } from './shiftColumns.ts';
import type { Editor } from './useEditor.ts';

interface ProposalCardProps {
  readonly head: ScheduleHead;
  readonly proposalId: string;
  readonly days: readonly LocalDay[];
  readonly agents: readonly Agent[];
  readonly editor: Editor;
  readonly onClose: () => void;
}

/** Which part of a proposal is wanted; nothing chosen is all of it. */
interface Part {
  readonly dates: string[];
  readonly agentIds: string[];
}

/** What a generation would change, to be taken whole, in part, or not at all. */
export function ProposalCard({ head, proposalId, days, agents, editor, onClose }: ProposalCardProps) {
  const [part, setPart] = useState<Part>({ dates: [], agentIds: [] });
  const params = { id: head.id, proposalId };
  const query = useQuery({
    queryKey: ['proposal', proposalId],
    queryFn: async () => {
      const { proposal, shifts } = await call(ROUTES.getProposal, { params });
      return { proposal, shifts: assignmentsOf(shifts) };
    },
  });
  const { accept, discard } = useDecision(params, part, editor, onClose);
  const isPart = part.dates.length > 0 || part.agentIds.length > 0;
  return (
    <Card
      tone="accent"
      title={t('schedule.proposal.title')}
      note={t('schedule.proposal.text')}
      actions={
        <>
          <Button
            size="xs"
            disabled={editor.draft.unsaved > 0}
            loading={accept.isPending}
            onClick={() => accept.mutate(false)}
          >
            {t(isPart ? 'schedule.proposal.acceptPart' : 'schedule.proposal.accept')}
          </Button>
          <Button size="xs" variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('schedule.proposal.discard')}
          </Button>
        </>
      }
    >
      <Refused error={accept.error ?? discard.error} onOverwrite={() => accept.mutate(true)} />
      <Loaded query={query} height={90}>
        {({ proposal, shifts }) => (
          <>
            <Columns min={360}>
              <Comparison proposal={proposal} />
              <PartChoice part={part} days={days} agents={agents} onPart={setPart} />
            </Columns>
            <Reasons sentences={proposal.explanation} />
            <ProposalDiff shifts={shifts} part={part} head={head} editor={editor} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** Accepting takes the chosen part over as one edit that can be undone. */
function useDecision(
  params: { readonly id: string; readonly proposalId: string },
  { dates, agentIds }: Part,
  { draft, say }: Editor,
  onClose: () => void,
) {
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: (overwrite: boolean) => {
      const body = {
        ...(dates.length > 0 && { dates }),
        ...(agentIds.length > 0 && { agentIds }),
        ...(overwrite && { overwrite }),
      };
      return draft.takeOver(() => call(ROUTES.acceptProposal, { params, body }));
    },
    onSuccess: () => {
      say(t('schedule.proposal.accepted'));
      onClose();
      void client.invalidateQueries({ queryKey: ['schedules'] });
      void client.invalidateQueries({ queryKey: ['progress'] });
    },
  });
  const discard = useMutation({
    mutationFn: () => call(ROUTES.discardProposal, { params }),
    onSuccess: onClose,
  });
  return { accept, discard };
}

function Refused({ error, onOverwrite }: { readonly error: unknown; readonly onOverwrite: () => void }) {
  if (!error) return null;
  if (!(error instanceof ApiError) || error.problem.status !== 409) return <Failure error={error} />;
  return (
    <Group>
      <span>{t('schedule.proposal.overwrite')}</span>
      <Button size="compact-xs" variant="default" onClick={onOverwrite}>
        {t('schedule.proposal.overwriteYes')}
      </Button>
    </Group>
  );
}

function PartChoice(props: {
  readonly part: Part;
  readonly days: readonly LocalDay[];
  readonly agents: readonly Agent[];
  readonly onPart: (part: Part) => void;
}) {
  const { part, days, agents, onPart } = props;
  return (
    <div>
      <Chip.Group multiple value={part.dates} onChange={dates => onPart({ ...part, dates })}>
        <Group gap={4} aria-label={t('schedule.proposal.chooseDays')} role="group">
          {days.map(day => (
            <Chip key={day.date} size="xs" value={day.date}>
              {formatLocalDate(day.date, false)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <MultiSelect
        mt={8}
        size="xs"
        searchable
        clearable
        label={t('schedule.proposal.people')}
        placeholder={part.agentIds.length === 0 ? t('schedule.proposal.everyone') : ''}
        value={part.agentIds}
        onChange={agentIds => onPart({ ...part, agentIds })}
        data={agents.map(agent => ({ value: agent.id, label: agent.name }))}
      />
    </div>
  );
}

/** Why the proposal is not better, hidden until somebody asks: the schedule below is what people look at. */
function Reasons({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <details className={classes.reasons}>
      <summary>{t('schedule.proposal.reasons', { count: sentences.length })}</summary>
      <ul className={classes.findingList}>
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}

/** The days that the chosen part changes, hidden until somebody asks. */
function ProposalDiff(props: {
  readonly shifts: readonly Assignment[];
  readonly part: Part;
  readonly head: ScheduleHead;
  readonly editor: Editor;
}) {
  const { shifts, part, head, editor } = props;
  const [isShown, setShown] = useState(false);
  const draft = editor.draft.shifts;
  const changes = useMemo(() => {
    const all = changedDays(draft.values(), shifts, head.timeZone);
    return all.filter(
      ({ agentId, date }) =>
        (part.agentIds.length === 0 || part.agentIds.includes(agentId)) &&
        (part.dates.length === 0 || part.dates.includes(date)),
    );
  }, [draft, shifts, part, head.timeZone]);
  if (changes.length === 0) return null;
  return (
    <details className={classes.reasons} onToggle={event => setShown(event.currentTarget.open)}>
      <summary>{t('schedule.proposal.days', { count: changes.length })}</summary>
      {isShown ? (
        <ShiftDiff
          label={t('schedule.proposal.diff')}
          changes={changes}
          nameOf={editor.nameOf}
          timeZone={head.timeZone}
          fileName={`proposal-${head.weekStart}`}
        />
      ) : null}
    </details>
  );
}

function Comparison({ proposal }: { readonly proposal: Proposal }) {
  const { before, after } = proposal;
  const rows: readonly (readonly [string, number, number, number])[] = [
    [t('schedule.proposal.under'), before.underHours, after.underHours, 1],
    [t('schedule.proposal.over'), before.overHours, after.overHours, 1],
    [t('schedule.proposal.breaches'), before.hardBreaches, after.hardBreaches, 0],
    [t('schedule.proposal.cost'), before.cost, after.cost, 0],
  ];
  return (
    <div>
      <table className={classes.versions}>
        <thead>
          <tr>
            <th aria-label={t('schedule.proposal.title')} />
            <th scope="col" data-align="end">
              {t('schedule.proposal.before')}
            </th>
            <th scope="col" data-align="end">
              {t('schedule.proposal.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, was, becomes, digits]) => (
            <tr key={name}>
              <td>{name}</td>
              <td data-align="end">{formatNumber(was, digits)}</td>
              <td data-align="end">{formatNumber(becomes, digits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {proposal.bound !== null ? (
        <p className={classes.saved}>
          {t('schedule.proposal.bound', { bound: formatNumber(proposal.bound) })}
        </p>
      ) : null}
    </div>
  );
}

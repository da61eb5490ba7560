import { NativeSelect, Switch } from '@mantine/core';
import { type CampaignLever, campaignEffect } from '../../../forecasting/index.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { formatDay, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis, BasisQueue } from './basis.ts';
import { type DraftScenario, leversShown, withLevers } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface CampaignEditorProps {
  readonly basis: Basis;
  readonly scenario: DraftScenario;
  readonly queueId: string | null;
  readonly onChange: (scenario: DraftScenario) => void;
}

const DAY_SECONDS = 86_400;
const NINE_O_CLOCK = 9 * 3600;
const USUAL = {
  messages: 1000,
  responseShare: 0.05,
  halfLifeMinutes: 120,
  avoidedShare: 0.05,
  avoidedDays: 5,
} as const;

/** Reminders that go out on a day: what they bring and what they save, in the user's own figures. */
export function CampaignEditor({ basis, scenario, queueId, onChange }: CampaignEditorProps) {
  const owner = basis.queues.find(queue => leversShown(scenario, queue.queueId).campaign);
  const target =
    queueId === null ? (owner ?? basis.queues[0]) : basis.queues.find(q => q.queueId === queueId);
  if (!target) return null;
  const { campaign } = leversShown(scenario, target.queueId);
  const put = (next: CampaignLever | undefined) =>
    onChange(withLevers(scenario, target.queueId, { campaign: next }));
  const moveTo = (other: string) =>
    onChange(withLevers(withLevers(scenario, target.queueId, { campaign: undefined }), other, { campaign }));
  return (
    <>
      <Switch
        size="xs"
        mt={16}
        label={t('whatIf.campaign.title')}
        description={t('whatIf.campaign.note')}
        checked={campaign !== undefined}
        onChange={event =>
          put(event.currentTarget.checked ? { ...USUAL, at: basis.start + NINE_O_CLOCK } : undefined)
        }
      />
      {campaign ? (
        <>
          <div className={classes.pair}>
            {queueId === null ? (
              <NativeSelect
                size="xs"
                label={t('whatIf.campaign.queue')}
                value={target.queueId}
                onChange={event => moveTo(event.currentTarget.value)}
                data={basis.queues.map(queue => ({ value: queue.queueId, label: queue.name }))}
              />
            ) : null}
            <CampaignFields basis={basis} queue={target} campaign={campaign} onChange={put} />
          </div>
          <Effect queue={target} campaign={campaign} />
        </>
      ) : null}
    </>
  );
}

interface CampaignFieldsProps {
  readonly basis: Basis;
  readonly queue: BasisQueue;
  readonly campaign: CampaignLever;
  readonly onChange: (campaign: CampaignLever) => void;
}

const FIELDS = [
  { field: 'messages', words: 'messages', min: 0, max: 10_000_000, whole: true },
  { field: 'responseShare', words: 'responseShare', min: 0, max: 100, percent: true },
  { field: 'halfLifeMinutes', words: 'halfLife', min: 5, max: 10_000 },
  { field: 'avoidedShare', words: 'avoidedShare', min: 0, max: 500, percent: true },
  { field: 'avoidedDays', words: 'avoidedDays', min: 1, max: 60, whole: true },
] as const;

function CampaignFields({ basis, queue, campaign, onChange }: CampaignFieldsProps) {
  const nineOn = (day: number) => basis.start + day * DAY_SECONDS + NINE_O_CLOCK;
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('whatIf.campaign.at')}
        value={String(Math.floor((campaign.at - basis.start) / DAY_SECONDS))}
        onChange={event => onChange({ ...campaign, at: nineOn(Number(event.currentTarget.value)) })}
        data={Array.from({ length: basis.days }, (_, day) => ({
          value: String(day),
          label: `${formatDay(nineOn(day), queue.timeZone)}, 09:00`,
        }))}
      />
      {FIELDS.map(({ field, words, ...range }) => (
        <NumberField
          key={field}
          {...range}
          label={t(`whatIf.campaign.${words}`)}
          value={campaign[field] ?? USUAL[field]}
          onChange={value => onChange({ ...campaign, [field]: value })}
        />
      ))}
    </>
  );
}

function Effect({ queue, campaign }: { readonly queue: BasisQueue; readonly campaign: CampaignLever }) {
  const { added, avoided } = campaignEffect(queue, campaign);
  return (
    <p className={classes.effect} role="status">
      {t('whatIf.campaign.effect', {
        added: formatNumber(added),
        avoided: formatNumber(avoided),
        queue: queue.name,
      })}
    </p>
  );
}

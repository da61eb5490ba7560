import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { type CampaignLever, campaignEffect } from '../../../forecasting/index.ts';
import { formatDay, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
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

/** Reminders that go out on a day: what they bring and what they save, in the user's own figures. */
export function CampaignEditor({ basis, scenario, queueId, onChange }: CampaignEditorProps) {
  const owner = basis.queues.find(queue => leversShown(scenario, queue.queueId).campaign);
  const target =
    queueId === null ? (owner ?? basis.queues[0]) : basis.queues.find(q => q.queueId === queueId);
  if (!target) return null;
  const campaign = leversShown(scenario, target.queueId).campaign;
  const set = (part: Partial<CampaignLever>) => {
    if (campaign) onChange(withLevers(scenario, target.queueId, { campaign: { ...campaign, ...part } }));
  };
  const percentField = (name: 'responseShare' | 'avoidedShare', most: number) => (
    <NumberInput
      size="xs"
      label={t(`whatIf.campaign.${name}`)}
      min={0}
      max={most}
      decimalScale={1}
      value={Math.round((campaign?.[name] ?? 0) * 1000) / 10}
      onChange={value => {
        if (typeof value === 'number' && value >= 0 && value <= most) set({ [name]: value / 100 });
      }}
    />
  );
  const effect = campaign ? campaignEffect(target, campaign) : null;
  return (
    <>
      <Switch
        size="xs"
        mt={16}
        label={t('whatIf.campaign.title')}
        description={t('whatIf.campaign.note')}
        checked={campaign !== undefined}
        onChange={event =>
          onChange(
            withLevers(scenario, target.queueId, {
              campaign: event.currentTarget.checked
                ? {
                    at: basis.start + NINE_O_CLOCK,
                    messages: 1000,
                    responseShare: 0.05,
                    halfLifeMinutes: 120,
                    avoidedShare: 0.05,
                    avoidedDays: 5,
                  }
                : undefined,
            }),
          )
        }
      />
      {campaign && effect ? (
        <>
          <div className={classes.pair}>
            {queueId === null ? (
              <NativeSelect
                size="xs"
                label={t('whatIf.campaign.queue')}
                value={target.queueId}
                onChange={event => {
                  const without = withLevers(scenario, target.queueId, { campaign: undefined });
                  onChange(withLevers(without, event.currentTarget.value, { campaign }));
                }}
                data={basis.queues.map(queue => ({ value: queue.queueId, label: queue.name }))}
              />
            ) : null}
            <NativeSelect
              size="xs"
              label={t('whatIf.campaign.at')}
              value={String(Math.floor((campaign.at - basis.start) / DAY_SECONDS))}
              onChange={event =>
                set({ at: basis.start + Number(event.currentTarget.value) * DAY_SECONDS + NINE_O_CLOCK })
              }
              data={Array.from({ length: basis.days }, (_, day) => ({
                value: String(day),
                label: `${formatDay(basis.start + day * DAY_SECONDS + NINE_O_CLOCK, target.timeZone)}, 09:00`,
              }))}
            />
            <NumberInput
              size="xs"
              label={t('whatIf.campaign.messages')}
              min={0}
              max={10_000_000}
              allowDecimal={false}
              value={campaign.messages}
              onChange={value => {
                if (typeof value === 'number' && value >= 0) set({ messages: value });
              }}
            />
            {percentField('responseShare', 100)}
            <NumberInput
              size="xs"
              label={t('whatIf.campaign.halfLife')}
              min={5}
              max={10_000}
              value={campaign.halfLifeMinutes}
              onChange={value => {
                if (typeof value === 'number' && value >= 5) set({ halfLifeMinutes: value });
              }}
            />
            {percentField('avoidedShare', 500)}
            <NumberInput
              size="xs"
              label={t('whatIf.campaign.avoidedDays')}
              min={1}
              max={60}
              allowDecimal={false}
              value={campaign.avoidedDays ?? 7}
              onChange={value => {
                if (typeof value === 'number' && value >= 1) set({ avoidedDays: value });
              }}
            />
          </div>
          <p className={classes.effect} role="status">
            {t('whatIf.campaign.effect', {
              added: formatNumber(effect.added),
              avoided: formatNumber(effect.avoided),
              queue: target.name,
            })}
          </p>
        </>
      ) : null}
    </>
  );
}

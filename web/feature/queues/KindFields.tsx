import { NumberInput } from '@mantine/core';
import { isDeferred, type Queue } from '../../../api/contract/centre.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { PromiseField } from '../../component/PromiseField.tsx';
import { t } from '../../locale/i18n.ts';

interface Kind {
  readonly channel: Queue['channel'];
  readonly concurrency: number;
  readonly promiseSeconds: number;
  readonly shortAbandonSeconds: number;
}

interface KindFieldsProps {
  readonly draft: Kind;
  readonly onChange: (change: Partial<Kind>) => void;
}

/** What only some queues have: a promise where work waits for its turn, in line a short abandon, in chat places. */
export function KindFields({ draft, onChange }: KindFieldsProps) {
  if (isDeferred(draft.channel)) {
    return (
      <PromiseField
        size="sm"
        seconds={draft.promiseSeconds}
        onChange={promiseSeconds => onChange({ promiseSeconds })}
      />
    );
  }
  return (
    <>
      {draft.channel === 'chat' ? (
        <div>
          <NumberField
            size="sm"
            label={t('staffing.kind.concurrency')}
            description={t('staffing.kind.concurrencyHelp')}
            min={1}
            max={8}
            whole
            value={draft.concurrency}
            onChange={concurrency => onChange({ concurrency })}
          />
        </div>
      ) : null}
      <NumberInput
        label={t('queues.form.shortAbandon')}
        description={t('queues.form.shortAbandonHelp')}
        min={0}
        max={120}
        value={draft.shortAbandonSeconds}
        onChange={value => {
          if (typeof value === 'number') onChange({ shortAbandonSeconds: value });
        }}
      />
    </>
  );
}

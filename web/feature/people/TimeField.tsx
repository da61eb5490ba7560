import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatMinuteOfDay } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

interface TimeFieldProps {
  readonly size: 'xs';
  readonly w: number;
  readonly label: string;
  readonly disabled?: boolean;
  readonly minute: number | null;
  /** Null while what stands there is no time. */
  readonly onMinute: (minute: number | null) => void;
}

/** Hours and minutes up to 24:00, which a browser's own time field does not know. */
export function TimeField({ minute, onMinute, ...shared }: TimeFieldProps) {
  const [text, setText] = useState(minute === null ? '' : formatMinuteOfDay(minute));
  return (
    <TextInput
      {...shared}
      value={text}
      error={readMinute(text) === null ? t('people.timeWrong') : null}
      onChange={event => {
        const typed = event.currentTarget.value;
        setText(typed);
        onMinute(readMinute(typed));
      }}
    />
  );
}

function readMinute(text: string): number | null {
  const found = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim());
  const minute = Number(found?.[1]) * 60 + Number(found?.[2]);
  return minute <= 1440 ? minute : null;
}

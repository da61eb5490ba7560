import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface NumberFieldProps {
  readonly label: ReactNode;
  readonly description?: ReactNode;
  /** `undefined` stands for no number: an empty field. */
  readonly value: number | undefined;
  /** The value is a share of 0 to 1 and shows as per cent; `min` and `max` are per cent. */
  readonly percent?: boolean;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly whole?: boolean;
  readonly placeholder?: string;
  readonly suffix?: string;
  readonly readOnly?: boolean;
  readonly width?: number;
  /** Absent: `xs`. */
  readonly size?: 'xs' | 'sm';
  readonly onChange: (value: number) => void;
  /** What emptying the field does; absent: nothing, the last number stands. */
  readonly onClear?: () => void;
}

/** A number that counts once it is in range: what is half typed changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    description,
    value,
    percent,
    min,
    max,
    whole,
    width,
    size = 'xs',
    onChange,
    onClear,
    ...others
  } = props;
  const shown = value !== undefined && percent ? Math.round(value * 1000) / 10 : value;
  return (
    <NumberInput
      size={size}
      style={{ alignSelf: 'end' }}
      label={label}
      {...(description !== undefined && { description })}
      {...(width !== undefined && { w: width })}
      min={min}
      max={max}
      allowDecimal={!whole}
      decimalScale={1}
      value={shown ?? ''}
      onChange={typed => {
        if (typed === '') onClear?.();
        else if (typeof typed === 'number' && typed >= min && typed <= max)
          onChange(percent ? typed / 100 : typed);
      }}
      {...others}
    />
  );
}

import { CloseButton, Slider } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../locale/i18n.ts';
import classes from './WhatIf.module.css';

interface LeverSliderProps {
  readonly name: string;
  /** The name as shown, such as a term that explains itself. */
  readonly label?: ReactNode;
  /** `undefined`: as in the plan. */
  readonly value: number | undefined;
  /** Where the slider stands while the plan decides. */
  readonly planned: number;
  /** The plan's value in words, where it is not one number. */
  readonly plannedText?: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly show: (value: number) => string;
  readonly onChange: (value: number | undefined) => void;
}

/** A lever with its name and value in words, and a way back to the plan. */
export function LeverSlider(props: LeverSliderProps) {
  const { name, label, value, planned, plannedText, min, max, step, show, onChange } = props;
  return (
    <div className={classes.lever}>
      <div className={classes.leverName}>
        <span>{label ?? name}</span>
        {value === undefined ? (
          <span className={classes.planned}>
            {t('whatIf.asPlanned', { value: plannedText ?? show(planned) })}
          </span>
        ) : (
          <span className={classes.moved}>
            <b>{show(value)}</b>
            <CloseButton
              size="xs"
              aria-label={t('whatIf.backToPlan', { name })}
              onClick={() => onChange(undefined)}
            />
          </span>
        )}
      </div>
      <Slider
        size="sm"
        thumbLabel={name}
        label={null}
        min={min}
        max={max}
        step={step}
        value={value ?? planned}
        onChange={onChange}
        color={value === undefined ? 'gray' : ''}
      />
    </div>
  );
}

import { Slider } from '@mantine/core';
import classes from './WhatIf.module.css';

interface LeverSliderProps {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly show: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A lever with its name and value in words. */
export function LeverSlider({ name, value, min, max, step, show, onChange }: LeverSliderProps) {
  return (
    <div className={classes.lever}>
      <div className={classes.leverName}>
        <span>{name}</span>
        <b>{show(value)}</b>
      </div>
      <Slider
        size="sm"
        thumbLabel={name}
        label={null}
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GlossaryTerm } from '../locale/en/glossary.ts';
import { t } from '../locale/i18n.ts';
import classes from './Term.module.css';

interface TermProps {
  readonly id: GlossaryTerm;
  /** The words to show; the glossary's own name otherwise. */
  readonly children?: ReactNode;
}

/** A word of the field that explains itself on hover, focus and touch. */
export function Term({ id, children }: TermProps) {
  return (
    <Tooltip
      label={t(`glossary.${id}.meaning`)}
      multiline
      w={320}
      withArrow
      events={{ hover: true, focus: true, touch: true }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
      <span className={classes.term} tabIndex={0}>
        {children ?? t(`glossary.${id}.name`)}
      </span>
    </Tooltip>
  );
}

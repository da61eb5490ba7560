import { Button, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from './Failure.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** What the button does with the fields: it is busy meanwhile, and what went wrong stands above it. */
  readonly save: {
    readonly label: string;
    readonly ready: boolean;
    readonly run: () => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly children: ReactNode;
}

/** A dialog of fields that are saved together, by the button or by Enter. */
export function FormDialog({ title, onClose, save, children }: FormDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={event => {
          event.preventDefault();
          if (save.ready) save.run();
        }}
      >
        <Stack gap="sm">
          {children}
          {save.error ? <Failure error={save.error} /> : null}
          <Button type="submit" disabled={!save.ready} loading={save.isPending}>
            {save.label}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

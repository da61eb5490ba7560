import { ActionIcon } from '@mantine/core';
import { Icon } from '../../component/Icon.tsx';

/** Takes a row of fields away. */
export function RemoveRow({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" mt={24} aria-label={label} onClick={onRemove}>
      <Icon name="trash" size={15} />
    </ActionIcon>
  );
}

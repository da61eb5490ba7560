import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../locale/i18n.ts';
import { Icon } from './Icon.tsx';

const FILE_FORMATS = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

interface DownloadMenuProps {
  /** Where the server gives the file in a format. */
  readonly href: (format: FileFormat) => string;
  /** More ways out, such as print. */
  readonly children?: ReactNode;
}

/** Files that the server makes, behind one button. A table that is all here has `ExportButtons`. */
export function DownloadMenu({ href, children }: DownloadMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Icon name="download" size={15} />}>
          {t('action.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILE_FORMATS.map(format => (
          <Menu.Item key={format} component="a" href={href(format)} download>
            {format.toUpperCase()}
          </Menu.Item>
        ))}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}

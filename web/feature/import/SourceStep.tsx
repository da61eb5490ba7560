import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Import } from '../../../api/contract/import.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loading } from '../../component/Loading.tsx';
import { SiteForm } from '../../component/SiteForm.tsx';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Import.module.css';

/** A file, or rows pasted from a spreadsheet. A centre without a site gets one first. */
export function SourceStep({ onUploaded }: { readonly onUploaded: (upload: Import) => void }) {
  const { site, sites, isLoading } = useWorkplace();
  const own = sites.find(candidate => !candidate.isSample) ?? null;
  const target = site?.isSample ? own : site;
  const upload = useMutation({
    mutationFn: (file: File) =>
      call(ROUTES.uploadImport, { query: { fileName: file.name, siteId: target?.id ?? '' }, upload: file }),
    onSuccess: onUploaded,
  });
  if (isLoading) return <Loading height={260} />;
  if (!target) {
    return (
      <Card title={t('import.source.noSite')}>
        <SiteForm />
      </Card>
    );
  }
  const take = (file: File | null) => {
    if (file) upload.mutate(file);
  };
  return (
    <Card
      title={t('import.stepOf', { n: 1, name: t('import.stepNames.source') })}
      note={`${t('import.source.site')}: ${target.name} (${target.timeZone})`}
      actions={
        <Button
          component="a"
          href={ROUTES.downloadImportTemplate.path}
          download
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="download" size={15} />}
        >
          {t('import.source.template')}
        </Button>
      }
    >
      {upload.error ? <Failure error={upload.error} onRetry={() => upload.reset()} /> : null}
      <DropZone isPending={upload.isPending} onFile={take} />
      <Paste isPending={upload.isPending} onFile={take} />
    </Card>
  );
}

interface TakeFileProps {
  readonly isPending: boolean;
  readonly onFile: (file: File | null) => void;
}

function DropZone({ isPending, onFile }: TakeFileProps) {
  const [dragging, setDragging] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience; the button inside does the same
    <div
      className={classes.drop}
      data-dragging={dragging || undefined}
      onDragOver={event => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={event => {
        event.preventDefault();
        setDragging(false);
        onFile(event.dataTransfer.files[0] ?? null);
      }}
    >
      <Icon name="import" size={34} />
      <p>{t('import.source.drop')}</p>
      <FileButton onChange={onFile} accept=".csv,.txt,.tsv,.xlsx">
        {props => (
          <Button {...props} loading={isPending}>
            {t('import.source.choose')}
          </Button>
        )}
      </FileButton>
      <p className={classes.hint}>{t('import.source.limit')}</p>
    </div>
  );
}

function Paste({ isPending, onFile }: TakeFileProps) {
  const [pasted, setPasted] = useState('');
  return (
    <>
      <Textarea
        mt="md"
        label={t('import.source.paste')}
        minRows={3}
        autosize
        maxRows={8}
        value={pasted}
        onChange={event => setPasted(event.currentTarget.value)}
      />
      {pasted.trim() === '' ? null : (
        <Group mt={8}>
          <Button
            size="xs"
            loading={isPending}
            onClick={() => onFile(new File([pasted], 'pasted.csv', { type: 'text/csv' }))}
          >
            {t('import.source.pasteUse')}
          </Button>
        </Group>
      )}
    </>
  );
}

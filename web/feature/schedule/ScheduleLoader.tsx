import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { ScheduleEditor } from './ScheduleEditor.tsx';
import { useSetting } from './useSetting.ts';

/** Opens the editor when everything that it measures against is there. */
export function ScheduleLoader({ head }: { readonly head: ScheduleHead }) {
  const { content, setting, requirements, readAt, failed } = useSetting(head);
  if (failed) return <Failure error={failed.error} onRetry={failed.retry} />;
  if (!setting || !content) return <Loading height={520} />;
  return (
    <ScheduleEditor
      key={`${content.schedule.id}@${readAt}`}
      content={content}
      head={head}
      setting={setting}
      requirements={requirements}
    />
  );
}

import type { Permission } from '../../../api/contract/permission.ts';
import type { IconName } from '../Icon.tsx';

/** One entry of the side navigation; `words` is the key of its label. */
export interface NavigationEntry {
  readonly path: string;
  readonly words:
    | 'start'
    | 'import'
    | 'history'
    | 'forecast'
    | 'staffing'
    | 'schedule'
    | 'whatIf'
    | 'today'
    | 'review'
    | 'attainment'
    | 'capacity'
    | 'queues'
    | 'people'
    | 'settings'
    | 'me';
  readonly icon: IconName;
  readonly needs: Permission | null;
}

export interface NavigationGroup {
  readonly id: 'plan' | 'run' | 'decide' | 'setUp';
  readonly entries: readonly NavigationEntry[];
}

/** A new screen gets its line here, its route in `routes.tsx` and its folder under `feature/`. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    id: 'plan',
    entries: [
      { path: '/', words: 'start', icon: 'start', needs: 'centre.read' },
      { path: '/import', words: 'import', icon: 'import', needs: 'history.manage' },
      { path: '/history', words: 'history', icon: 'history', needs: 'history.read' },
      { path: '/forecast', words: 'forecast', icon: 'forecast', needs: 'forecast.read' },
      { path: '/staffing', words: 'staffing', icon: 'staffing', needs: 'staffing.read' },
      { path: '/schedule', words: 'schedule', icon: 'schedule', needs: 'schedule.read' },
    ],
  },
  {
    id: 'run',
    entries: [
      { path: '/today', words: 'today', icon: 'today', needs: 'report.read' },
      { path: '/review', words: 'review', icon: 'review', needs: 'report.read' },
    ],
  },
  {
    id: 'decide',
    entries: [
      { path: '/attainment', words: 'attainment', icon: 'attainment', needs: 'report.read' },
      { path: '/compare', words: 'whatIf', icon: 'compare', needs: 'scenario.read' },
      { path: '/capacity', words: 'capacity', icon: 'capacity', needs: 'capacity.read' },
    ],
  },
  {
    id: 'setUp',
    entries: [
      { path: '/queues', words: 'queues', icon: 'queues', needs: 'centre.read' },
      { path: '/people', words: 'people', icon: 'people', needs: 'people.read' },
      { path: '/settings', words: 'settings', icon: 'settings', needs: 'token.manage' },
      { path: '/me', words: 'me', icon: 'me', needs: 'schedule.readOwn' },
    ],
  },
];
